-- Archives of call recordings that should never have been made (law rows E13 to E15, E17). What tells of a person (the path, the number, who held the phone, the key of the
-- recording itself) is sealed under a key of the archive that the keyring holds; in plain there are marks, counts, classes and codes of reasons.
CREATE TABLE archives (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- in the words of whoever took it in: no name and no number
  title text NOT NULL,
  -- the folder in which it was collected, by its name
  collected_as text NOT NULL,
  state text NOT NULL CHECK (state IN ('taking_in', 'taken_in', 'matching', 'matched', 'closed')),
  opened_by text NOT NULL REFERENCES people,
  opened_at timestamptz NOT NULL,
  -- how far the work behind the pages has got, and why it ended where it failed
  progress jsonb NOT NULL DEFAULT '{}',
  failure text,
  taken_in_at timestamptz,
  -- counts of the inventory, with its root; counts of the last matching
  summary jsonb,
  counts jsonb,
  matched_at timestamptz,
  -- one more with every matching: what was proposed before it is asked again
  matching integer NOT NULL DEFAULT 0,
  -- stands for all that the last matching went by: whoever asks later learns whether anything has come in since
  inputs text,
  -- one more whenever something of it is destroyed: under which key its rows are sealed
  generation integer NOT NULL DEFAULT 1,
  closed_at timestamptz
);

CREATE TABLE archive_items (
  archive_id uuid NOT NULL REFERENCES archives,
  -- a mark under the archive's own key: it tells nothing of the path
  id text NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  -- the phone, counted within the archive from 1; absent where none is known
  phone integer,
  -- YYYY-MM by British clocks; absent where nothing says when it was
  month text,
  recorder text,
  container text,
  audio text NOT NULL CHECK (audio IN ('whole', 'damaged', 'empty', 'not_recognised')),
  duration_ms integer,
  -- what it is called, what is known of the call, and the key of the recording; null once it is destroyed
  generation integer,
  sealed bytea,
  -- of the last matching
  class text CHECK (class IN ('A', 'B', 'C', 'D', 'E', 'F')),
  codes text[] NOT NULL DEFAULT '{}',
  follows text,
  likely_copies integer NOT NULL DEFAULT 0,
  -- from when it waits for somebody, and until when at most (classes C and D)
  waits_since timestamptz,
  deadline timestamptz,
  state text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'kept', 'destroyed')),
  PRIMARY KEY (archive_id, id)
);
-- Rows are wide by what is sealed in them: what is counted, and what lists are asked for, is found without reading them.
CREATE INDEX archive_items_class ON archive_items (archive_id, state, class, id) INCLUDE (codes);
CREATE INDEX archive_items_phone ON archive_items (archive_id, phone, id);
CREATE INDEX archive_items_month ON archive_items (archive_id, month, id);
CREATE INDEX archive_items_deadline ON archive_items (archive_id, deadline, id) WHERE state = 'held' AND deadline IS NOT NULL;
CREATE INDEX archive_items_follows ON archive_items (archive_id, follows) WHERE follows IS NOT NULL;

-- What it is matched with, as the force exported it: sealed on disk by its id; here only how much it was and how its columns were read.
CREATE TABLE archive_registers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  kind text NOT NULL,
  -- column by column, as peel-columns says; null until somebody has said what its columns are
  mapping jsonb,
  digest text NOT NULL,
  bytes bigint NOT NULL,
  -- rows that count; rows with something that could not be read, how often by code, and the first of their lines
  rows integer NOT NULL,
  problems integer NOT NULL,
  oddities jsonb NOT NULL DEFAULT '{}',
  given_by text NOT NULL REFERENCES people,
  given_at timestamptz NOT NULL,
  taken_back_at timestamptz
);
CREATE INDEX archive_registers_archive ON archive_registers (archive_id, kind);

-- How an export of that shape was read the last time: by the digest of its heading.
CREATE TABLE register_columns (
  kind text NOT NULL,
  heading text NOT NULL,
  mapping jsonb NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  PRIMARY KEY (kind, heading)
);

-- How names of an archive are read that no built-in rule knows: learnt by one person, approved by another.
CREATE TABLE name_templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  template jsonb NOT NULL,
  -- of all names of the archive, how many it reads; of these, how many were read to say something else before
  read integer NOT NULL,
  of integer NOT NULL,
  otherwise integer NOT NULL,
  proposed_by text NOT NULL REFERENCES people,
  proposed_at timestamptz NOT NULL,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  approved boolean
);

-- What those who held the phones say of their own recordings, in closed words.
CREATE TABLE owner_statements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  person_id text NOT NULL REFERENCES people,
  says text NOT NULL,
  from_day date,
  to_day date,
  stated_at timestamptz NOT NULL
);
CREATE INDEX owner_statements_archive ON owner_statements (archive_id);

-- What forbids destruction until it is lifted. A target may be a number, and is sealed as rows are.
CREATE TABLE archive_holds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  thing text NOT NULL CHECK (thing IN ('archive', 'device', 'holder', 'number', 'case', 'item')),
  generation integer,
  target bytea,
  reason text NOT NULL,
  -- on how many it was when it was set
  recordings integer NOT NULL DEFAULT 0,
  set_by text NOT NULL REFERENCES people,
  set_at timestamptz NOT NULL,
  lifted_by text REFERENCES people,
  lifted_at timestamptz,
  lifted_because text
);
CREATE INDEX archive_holds_archive ON archive_holds (archive_id);

-- Who is recorded as holding a phone of it, by marks: whoever comes is asked what their recordings are, and nobody else learns that they are in it.
CREATE TABLE archive_holders (
  archive_id uuid NOT NULL REFERENCES archives,
  mark text NOT NULL,
  PRIMARY KEY (archive_id, mark)
);

-- What was decided of one recording: it stays held for what ties it, or what kept it unresolved is settled. A release names the codes that it settles, and no other; and by
-- marks the targets that they had, so that another case under the same code is not settled.
CREATE TABLE recording_decisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL,
  item_id text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('hold', 'release')),
  codes text[] NOT NULL,
  targets text[] NOT NULL DEFAULT '{}',
  reasons text NOT NULL,
  -- that the route for privileged and confidential material was followed before
  privileged_route boolean NOT NULL DEFAULT false,
  decided_by text NOT NULL REFERENCES people,
  decided_at timestamptz NOT NULL,
  FOREIGN KEY (archive_id, item_id) REFERENCES archive_items
);
CREATE INDEX recording_decisions_item ON recording_decisions (archive_id, item_id, decided_at);

-- Nobody listens but for a reason, to one file, when somebody else has allowed it; what was heard is written down to the second.
CREATE TABLE listenings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL,
  item_id text NOT NULL,
  reason text NOT NULL,
  asked_by text NOT NULL REFERENCES people,
  asked_at timestamptz NOT NULL,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  allowed boolean,
  -- why not; absent where it was allowed
  refused_because text,
  ends_at timestamptz,
  -- where somebody ended it before its time
  ended_by text REFERENCES people,
  FOREIGN KEY (archive_id, item_id) REFERENCES archive_items
);
CREATE INDEX listenings_item ON listenings (archive_id, item_id);
CREATE INDEX listenings_undecided ON listenings (asked_at) WHERE decided_at IS NULL AND ended_by IS NULL;
CREATE TABLE heard (
  listening_id uuid NOT NULL REFERENCES listenings,
  -- to the second: what is sent again within it is written down once
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sound', 'file')),
  from_s integer NOT NULL,
  to_s integer NOT NULL,
  -- what was counted; the seconds follow from the length of the whole
  from_byte bigint NOT NULL,
  to_byte bigint NOT NULL,
  PRIMARY KEY (listening_id, at, from_byte)
);

-- A sample of what is proposed for destruction, looked at again in the sources, never heard.
CREATE TABLE archive_samples (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  matching integer NOT NULL,
  -- so many were of class E when it was drawn
  of integer NOT NULL,
  seed text NOT NULL,
  drawn_by text NOT NULL REFERENCES people,
  drawn_at timestamptz NOT NULL,
  finished_at timestamptz
);
-- One a matching: nobody draws again until the result pleases.
CREATE UNIQUE INDEX archive_samples_matching ON archive_samples (archive_id, matching);
CREATE TABLE sampled_items (
  sample_id uuid NOT NULL REFERENCES archive_samples,
  item_id text NOT NULL,
  at integer NOT NULL,
  outcome text CHECK (outcome IN ('right', 'wrong')),
  -- of a wrong one: what it is tied to after all, in words without a name or a number
  says text,
  looked_by text REFERENCES people,
  looked_at timestamptz,
  PRIMARY KEY (sample_id, item_id)
);

-- Where copies were or may be, and what was found there: phones, clouds, backups, the folder in which it was collected.
CREATE TABLE archive_places (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  kind text NOT NULL CHECK (kind IN ('collected_folder', 'phone', 'cloud', 'backup', 'other')),
  title text NOT NULL,
  found text NOT NULL CHECK (found IN ('not_checked', 'gone', 'nothing_there', 'still_there', 'not_reached')),
  evidence text NOT NULL DEFAULT '',
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  superseded_at timestamptz
);
CREATE INDEX archive_places_archive ON archive_places (archive_id);

-- What happened and who was told, day by day (law row E17).
CREATE TABLE archive_milestones (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  kind text NOT NULL,
  on_day date NOT NULL,
  says text NOT NULL DEFAULT '',
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  taken_back_by text REFERENCES people,
  taken_back_at timestamptz
);
CREATE INDEX archive_milestones_archive ON archive_milestones (archive_id, on_day);

-- What no file of the archive tells, and a regulator asks all the same: each with where it is from.
CREATE TABLE archive_figures (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  figure text NOT NULL CHECK (figure IN ('downloads', 'installs', 'trials', 'people_told')),
  value integer NOT NULL CHECK (value >= 0),
  source text NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  superseded_at timestamptz
);
CREATE INDEX archive_figures_archive ON archive_figures (archive_id);

-- What is proposed for destruction, frozen by its root.
CREATE TABLE batches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  matching integer NOT NULL,
  sample_id uuid REFERENCES archive_samples,
  proposed_by text NOT NULL REFERENCES people,
  proposed_at timestamptz NOT NULL,
  reasons text NOT NULL,
  approvals integer NOT NULL CHECK (approvals IN (1, 2)),
  root text NOT NULL,
  items integer NOT NULL,
  bytes bigint NOT NULL,
  duration_ms bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'stopped', 'destroying', 'destroyed')),
  -- why it was not destroyed although it was approved, by code, with how many had to come out
  stopped jsonb,
  -- matched again for the last time, just before, and what was found then: for the certificate, whoever goes on after an interruption
  matched_at timestamptz,
  began_at timestamptz,
  keys_destroyed_at timestamptz,
  found jsonb,
  destroyed_at timestamptz,
  certificate bytea,
  signature bytea,
  failure text,
  UNIQUE (id, proposed_by)
);
CREATE INDEX batches_archive ON batches (archive_id, proposed_at);
CREATE TABLE batch_items (
  batch_id uuid NOT NULL REFERENCES batches,
  item_id text NOT NULL,
  mark text NOT NULL,
  class text NOT NULL CHECK (class IN ('E', 'F')),
  rule text NOT NULL,
  -- by which its class was settled: the matching, or the release
  decision text NOT NULL,
  follows text,
  PRIMARY KEY (batch_id, item_id)
);
CREATE INDEX batch_items_item ON batch_items (item_id);
-- Recordings that stay while others of their archive are destroyed, sealed anew: beside the rows until nothing speaks against it any more, so that there is a way back.
CREATE TABLE batch_survivors (
  batch_id uuid NOT NULL REFERENCES batches,
  item_id text NOT NULL,
  -- SHA-256 of what stands in the row: what was written since is sealed anew once more
  source bytea NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (batch_id, item_id)
);
-- Whoever proposed it decides nothing, whatever the program says.
CREATE TABLE batch_decisions (
  batch_id uuid NOT NULL,
  proposed_by text NOT NULL,
  person_id text NOT NULL REFERENCES people CHECK (person_id <> proposed_by),
  says text NOT NULL CHECK (says IN ('approve', 'refuse')),
  root text NOT NULL,
  reason text NOT NULL DEFAULT '',
  at timestamptz NOT NULL,
  PRIMARY KEY (batch_id, person_id),
  FOREIGN KEY (batch_id, proposed_by) REFERENCES batches (id, proposed_by)
);

-- Recordings that stay, for a case: proposed by one, approved by another, then a sealed holding like any other.
CREATE TABLE recording_keeps (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  case_id uuid NOT NULL REFERENCES cases,
  -- what they may show in the case, and why they must be kept for it: whoever decides reads it, and signs it
  relevance text NOT NULL,
  necessity text NOT NULL,
  item_ids text[] NOT NULL,
  -- over the archive's id and every recording's id and digest: what is authorised is these, and no other
  set_digest text NOT NULL,
  bytes bigint NOT NULL,
  proposed_by text NOT NULL REFERENCES people,
  proposed_at timestamptz NOT NULL,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  approved boolean,
  -- of a refusal; an approval has its reasons with the grant
  refused_because text,
  request_id uuid REFERENCES requests,
  extraction_id uuid REFERENCES extractions,
  done_at timestamptz,
  failure text,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX recording_keeps_archive ON recording_keeps (archive_id, proposed_at);
CREATE INDEX recording_keeps_waiting ON recording_keeps (proposed_at) WHERE approved IS NULL;

-- What is kept of an archive is held as if a device had been read, and no device it is: neither custody nor a receipt goes with it.
ALTER TABLE devices ADD COLUMN from_archive uuid REFERENCES archives;
CREATE INDEX devices_from_archive ON devices (from_archive) WHERE from_archive IS NOT NULL;

-- What phones really hold, what has to be seen to on them, what staff read of apps, and what they say themselves of apps on their phones (law rows E8 to E11, E14, H17). Names of phones
-- and of whoever holds them rest sealed under the keyring's key `fleet`; what phones hold rests in a sealed file beside the database. In plain there are kinds, codes, days and counts.
CREATE TABLE fleet_imports (
  id uuid PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('android_management', 'intune_graph', 'intune_export', 'google_workspace', 'apple_mdm', 'columns')),
  -- when the management system was asked
  at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('collecting', 'queued', 'done', 'failed', 'taken_back')),
  -- what was handed in so far; it rests sealed, and is removed when it has been read
  files integer NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  -- of a CSV with columns of its own: its heading, that heading's digest, and how it is read
  headings text[],
  heading text,
  columns jsonb,
  begun_by text NOT NULL REFERENCES people,
  begun_at timestamptz NOT NULL,
  queued_at timestamptz,
  finished_at timestamptz,
  -- a code, where it could not be read
  failure text,
  -- counts; and of rows that are odd their places and codes, the first thousand
  summary jsonb,
  odd jsonb
);
CREATE INDEX fleet_imports_begun ON fleet_imports (begun_at);

-- Which sealed file holds what phones hold: one row, changed with the tickets in one step; none before the first import.
CREATE TABLE fleet_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  import_id uuid NOT NULL REFERENCES fleet_imports,
  at timestamptz NOT NULL,
  -- phones of which nothing is heard any more, sealed
  quiet bytea NOT NULL
);

-- Which role a phone has, and who holds it where the force says so: sealed as a whole. The newest counts, and only it is kept.
CREATE TABLE fleet_rosters (
  id uuid PRIMARY KEY,
  sealed bytea NOT NULL,
  phones integer NOT NULL,
  roles text[] NOT NULL,
  holders integer NOT NULL,
  given_by text NOT NULL REFERENCES people,
  given_at timestamptz NOT NULL
);

-- How a CSV with such a heading was read the last time, by the digest of the heading.
CREATE TABLE fleet_columns (
  heading text PRIMARY KEY,
  columns jsonb NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL
);

-- That a name stands for an app: proposed by the machine, of effect when somebody has confirmed it.
CREATE TABLE fleet_aliases (
  id uuid PRIMARY KEY,
  platform text NOT NULL CHECK (platform IN ('android', 'ios')),
  name text NOT NULL,
  publisher text NOT NULL DEFAULT '',
  package text NOT NULL,
  proposed_at timestamptz NOT NULL,
  confirmed boolean,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  UNIQUE (platform, name, publisher, package)
);

CREATE TABLE fleet_tickets (
  id uuid PRIMARY KEY,
  -- a keyed digest of phone, app and kind
  mark text NOT NULL,
  kind text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  -- phone, app, reasons and times
  sealed bytea NOT NULL,
  opened timestamptz NOT NULL,
  deadline timestamptz NOT NULL,
  closed timestamptz,
  because text CHECK (because IN ('gone', 'settled')),
  -- how long it was so before it was found, between two bounds; the second is null where nobody had looked before
  at_least_ms bigint NOT NULL,
  at_most_ms bigint,
  -- what somebody did about it; the next import shows whether it was enough
  settled_by text REFERENCES people,
  settled_at timestamptz
);
CREATE UNIQUE INDEX fleet_tickets_open ON fleet_tickets (mark) WHERE closed IS NULL;
CREATE INDEX fleet_tickets_deadline ON fleet_tickets (deadline, id) WHERE closed IS NULL;

CREATE TABLE fleet_ticket_notes (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES fleet_tickets,
  kind text NOT NULL CHECK (kind IN ('note', 'done')),
  text text NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL
);
CREATE INDEX fleet_ticket_notes_ticket ON fleet_ticket_notes (ticket_id, at);

-- What staff read before they get an app, every version; who said that they read it, and how they answered.
CREATE TABLE instructions (
  app_id uuid NOT NULL REFERENCES apps,
  version integer NOT NULL,
  document jsonb NOT NULL,
  digest text NOT NULL UNIQUE,
  issued_by text NOT NULL REFERENCES people,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (app_id, version)
);
CREATE TABLE instruction_receipts (
  instruction text NOT NULL REFERENCES instructions (digest),
  person_id text NOT NULL REFERENCES people,
  on_day date NOT NULL,
  PRIMARY KEY (instruction, person_id)
);
CREATE TABLE instruction_attempts (
  id uuid PRIMARY KEY,
  instruction text NOT NULL REFERENCES instructions (digest),
  person_id text NOT NULL REFERENCES people,
  on_day date NOT NULL,
  chosen jsonb NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX instruction_attempts_person ON instruction_attempts (instruction, person_id);

-- What somebody says themselves of an app on their phone, in closed words but for the app's name.
CREATE TABLE self_reports (
  id uuid PRIMARY KEY,
  on_day date NOT NULL,
  -- null: without a name
  person_id text REFERENCES people,
  app text NOT NULL,
  installed text NOT NULL,
  since date,
  phone text NOT NULL,
  data text NOT NULL,
  deleted text NOT NULL,
  evidence text NOT NULL,
  told boolean NOT NULL,
  -- what was done, once somebody saw to it
  done text,
  done_by text REFERENCES people,
  done_at timestamptz
);
CREATE INDEX self_reports_day ON self_reports (on_day);
CREATE TABLE amnesties (
  id uuid PRIMARY KEY,
  from_day date NOT NULL,
  until_day date NOT NULL,
  -- empty: every app
  apps text[] NOT NULL,
  set_by text NOT NULL REFERENCES people,
  set_at timestamptz NOT NULL
);

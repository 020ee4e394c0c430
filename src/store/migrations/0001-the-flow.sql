-- The acts of the service, from a case to a certificate. Nothing that was taken from a phone stands here, and no key.

CREATE TABLE people (
  id text PRIMARY KEY,
  name text NOT NULL,
  rank text,
  roles text[] NOT NULL DEFAULT '{}',
  -- PCSC Act 2022 Schedule 3: the Part by which this person may use the powers
  schedule_3_part integer CHECK (schedule_3_part BETWEEN 1 AND 3),
  last_signed_in timestamptz
);

CREATE TABLE authenticators (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES people,
  public_key bytea NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL
);

CREATE TABLE sign_ins (
  -- SHA-256 of what the cookie holds: who reads this table cannot sign in with it
  id bytea PRIMARY KEY,
  person_id text NOT NULL REFERENCES people,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  stepped_up_at timestamptz,
  state jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX sign_ins_ends ON sign_ins (ends_at);

CREATE TABLE cases (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reference text NOT NULL UNIQUE,
  -- what the log calls it (docs/formats/log.md)
  pseudonym text NOT NULL UNIQUE,
  offence text NOT NULL,
  retention_group text NOT NULL,
  outcome text,
  outcome_on date,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL REFERENCES people,
  -- PCSC Act 2022 s.39(3)(d)-(e): soon after a refusal a supervisor closes it, and says why
  closing_asked_by text REFERENCES people,
  closing_asked_at timestamptz,
  closing_reason text,
  closed_at timestamptz
);
CREATE INDEX cases_opened ON cases (opened_at DESC);
CREATE INDEX cases_opened_by ON cases (opened_by) WHERE closed_at IS NULL;
CREATE INDEX cases_to_close ON cases (closing_asked_at) WHERE closing_asked_at IS NOT NULL AND closed_at IS NULL;

-- Need to know: who is not here does not see that there is a case.
CREATE TABLE case_members (
  case_id uuid NOT NULL REFERENCES cases,
  person_id text NOT NULL REFERENCES people,
  capacity text NOT NULL,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL REFERENCES people,
  PRIMARY KEY (case_id, person_id)
);
CREATE INDEX case_members_person ON case_members (person_id, case_id);

CREATE TABLE devices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES cases,
  exhibit text NOT NULL,
  description text NOT NULL,
  serial text,
  imei text,
  condition text,
  user_role text NOT NULL,
  user_name text NOT NULL,
  user_is text NOT NULL DEFAULT 'adult' CHECK (user_is IN ('adult', 'child', 'adult-without-capacity')),
  -- absent: the user is also the owner, or provided it
  owner_name text,
  provider_name text,
  provided_by text NOT NULL DEFAULT 'user' CHECK (provided_by IN ('user', 'owner', 'parent-or-guardian', 'other')),
  -- others who ordinarily use it: each of them is a user (PCSC Act 2022 s.37(13))
  other_users text,
  -- of an adult without capacity: who assessed it, when (Mental Capacity Act 2005)
  capacity_assessment text,
  -- words of a closed list, with commas between
  adjustments text,
  adjustments_note text,
  created_at timestamptz NOT NULL,
  UNIQUE (case_id, exhibit)
);

CREATE TABLE custody_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES devices,
  kind text NOT NULL CHECK (kind IN ('received', 'moved', 'loan_given', 'loan_returned', 'returned')),
  happened_at timestamptz NOT NULL,
  person_id text NOT NULL REFERENCES people,
  place text NOT NULL,
  -- of moves: why; of loans: the mark of the phone lent; of what was received or returned: from or to whom
  about text,
  -- the seal as it was found, and the one that is on it since
  seal_found text,
  seal text,
  condition text,
  recorded_at timestamptz
);
CREATE INDEX custody_events_device ON custody_events (device_id, happened_at);
-- What comes back after it was returned is received anew.
CREATE UNIQUE INDEX custody_events_returned ON custody_events (device_id) WHERE kind = 'returned';

-- What somebody has answered so far, page by page.
CREATE TABLE drafts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES cases,
  person_id text NOT NULL REFERENCES people,
  kind text NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}',
  updated_at timestamptz NOT NULL,
  UNIQUE (case_id, person_id, kind)
);

CREATE TABLE requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES cases,
  device_id uuid NOT NULL REFERENCES devices,
  reference text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  -- the version before, whose grant this one ends
  supersedes uuid REFERENCES requests,
  status text NOT NULL DEFAULT 'draft' CHECK (status IN
    ('draft', 'notice_served', 'agreed', 'refused_by_user', 'submitted', 'granted', 'narrowed', 'refused', 'returned',
     'withdrawn', 'superseded', 'expired', 'no_phone_needed')),
  -- somebody is acting on it until then: what is logged is done before another may begin
  taken_until timestamptz,
  -- the members of a peel-authorisation/1 document that are known so far
  document jsonb NOT NULL DEFAULT '{}',
  -- what is believed, and why, and has no member in that document
  beliefs jsonb NOT NULL DEFAULT '{}',
  requested_by text NOT NULL REFERENCES people,
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  UNIQUE (reference, version)
);
CREATE INDEX requests_case ON requests (case_id);
CREATE INDEX requests_status ON requests (status);
CREATE INDEX requests_device ON requests (device_id);
CREATE INDEX requests_requested_by ON requests (requested_by, status);
CREATE INDEX requests_submitted ON requests (submitted_at DESC) WHERE submitted_at IS NOT NULL;

CREATE TABLE notices (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  served_at timestamptz NOT NULL,
  served_by text NOT NULL REFERENCES people,
  served_on text NOT NULL,
  language text NOT NULL,
  format text NOT NULL,
  channel text NOT NULL,
  -- of the canonical scope that part (a) was made from: PCSC Act 2022 s.39(3)(a)
  scope_digest text NOT NULL,
  -- of the paper itself, as it was handed over
  digest text NOT NULL,
  -- who helped and how: PCSC Act 2022 s.39, DPA 2018 s.52
  adjustments text[] NOT NULL DEFAULT '{}',
  document jsonb NOT NULL
);
CREATE INDEX notices_request ON notices (request_id);

CREATE TABLE agreements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  outcome text NOT NULL CHECK (outcome IN ('agreed', 'refused')),
  -- as in a peel-authorisation/1 document
  given_by text NOT NULL,
  given_by_name text NOT NULL,
  authority text,
  confirmed text NOT NULL CHECK (confirmed IN ('written', 'electronic', 'oral')),
  happened_at timestamptz NOT NULL,
  taken_by text NOT NULL REFERENCES people,
  -- of an agreement, what makes it one (PCSC Act 2022 s.39(2)); of a refusal nobody declares anything
  no_undue_pressure boolean CHECK (outcome = 'refused' OR no_undue_pressure IS TRUE),
  own_words text,
  views_of_child text,
  why_no_other_person text,
  -- where it was said aloud: why it was not written
  why_oral text,
  copy_given_at timestamptz,
  -- PCSC Act 2022 s.38(5): where a responsible adult agreed, a parent is told, or it is said why not
  guardian_told boolean,
  guardian_reason text,
  guardian_at timestamptz,
  guardian_by text REFERENCES people
);
CREATE INDEX agreements_request ON agreements (request_id);
CREATE INDEX agreements_guardian ON agreements (request_id)
  WHERE outcome = 'agreed' AND given_by = 'responsible-adult' AND guardian_told IS NULL;

CREATE TABLE withdrawals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  happened_at timestamptz NOT NULL,
  taken_by text REFERENCES people,
  channel text NOT NULL,
  stage text NOT NULL CHECK (stage IN ('before', 'during', 'after')),
  letter jsonb NOT NULL
);
CREATE INDEX withdrawals_request ON withdrawals (request_id);

CREATE TABLE decisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  outcome text NOT NULL CHECK (outcome IN ('granted', 'narrowed', 'refused', 'returned')),
  necessity text NOT NULL,
  proportionality text NOT NULL,
  decided_by text NOT NULL REFERENCES people,
  decided_at timestamptz NOT NULL,
  -- of grants: the authorisation signed by both, and its digest
  envelope text,
  digest text,
  valid_until timestamptz,
  -- index in the log of the grant: what is done under it points there
  leaf bigint,
  ended_at timestamptz,
  ended_because text CHECK (ended_because IN ('agreement-withdrawn', 'no-longer-necessary', 'mistake', 'other', 'expired', 'varied'))
);
-- A request is granted once, whoever decides at the same time.
CREATE UNIQUE INDEX decisions_granted ON decisions (request_id) WHERE outcome = 'granted';
CREATE INDEX decisions_request ON decisions (request_id);

CREATE TABLE uploads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  person_id text NOT NULL REFERENCES people,
  bytes bigint NOT NULL CHECK (bytes > 0),
  received bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- its key is gone, and what lay on the disk with it
  destroyed_at timestamptz
);
CREATE INDEX uploads_there ON uploads (request_id) WHERE destroyed_at IS NULL;

CREATE TABLE extractions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'sealed', 'failed', 'cancelled', 'withdrawn', 'expired')),
  source jsonb NOT NULL,
  queued_by text NOT NULL REFERENCES people,
  queued_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  -- why it must stop, as soon as somebody asks for it
  stop text CHECK (stop IN ('person', 'agreement-withdrawn', 'authorisation-expired', 'authorisation-ended', 'service-stopped')),
  stop_by text,
  progress jsonb NOT NULL DEFAULT '{}',
  -- counts, root, problems' codes: what `peel extract --json` ends with, without the paths
  result jsonb,
  failure text,
  -- SHA-256 of the code on the receipt
  receipt_digest bytea UNIQUE
);
CREATE INDEX extractions_request ON extractions (request_id);
CREATE INDEX extractions_state ON extractions (state, queued_at);
CREATE INDEX extractions_receipt ON extractions (finished_at) WHERE state = 'sealed' AND receipt_digest IS NULL;
-- One at a time under a grant, whoever starts it.
CREATE UNIQUE INDEX extractions_going_on ON extractions (request_id) WHERE state IN ('queued', 'running');

CREATE TABLE holdings (
  extraction_id uuid PRIMARY KEY REFERENCES extractions,
  case_id uuid NOT NULL REFERENCES cases,
  object_class text NOT NULL,
  retention_group text NOT NULL,
  person_role text NOT NULL,
  child boolean NOT NULL,
  created_on date NOT NULL,
  -- DPA 2018 s.39(2): nothing is held without a date of review and somebody to answer for it
  review_on date NOT NULL,
  owner_id text NOT NULL REFERENCES people,
  relevance text NOT NULL DEFAULT 'undecided' CHECK (relevance IN ('undecided', 'relevant', 'not_relevant')),
  evidence boolean NOT NULL DEFAULT false,
  reviewed_on date,
  review_outcome text CHECK (review_outcome IN ('retain', 'dispose')),
  review_reasons text,
  restricted_at timestamptz,
  destroyed_at timestamptz
);
CREATE INDEX holdings_review ON holdings (review_on, extraction_id) WHERE destroyed_at IS NULL;
CREATE INDEX holdings_case ON holdings (case_id) WHERE destroyed_at IS NULL;
CREATE INDEX holdings_to_go ON holdings (review_on, extraction_id) WHERE destroyed_at IS NULL AND review_outcome = 'dispose';
CREATE INDEX holdings_restricted ON holdings (review_on, extraction_id) WHERE destroyed_at IS NULL AND restricted_at IS NOT NULL;

CREATE TABLE holds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES holdings,
  kind text NOT NULL,
  says text NOT NULL,
  review_on date NOT NULL,
  set_by text NOT NULL REFERENCES people,
  set_at timestamptz NOT NULL,
  lifted_by text REFERENCES people,
  lifted_at timestamptz
);
CREATE INDEX holds_extraction ON holds (extraction_id);
CREATE INDEX holds_review ON holds (review_on) WHERE lifted_at IS NULL;

CREATE TABLE openings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES extractions,
  person_id text NOT NULL REFERENCES people,
  purpose text NOT NULL,
  -- what is set apart is opened for itself, by those whose part it is
  compartment text NOT NULL DEFAULT 'main' CHECK (compartment IN ('main', 'privileged', 'excess')),
  opened_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  closed_at timestamptz
);
CREATE INDEX openings_person ON openings (person_id, ends_at);
CREATE INDEX openings_live ON openings (ends_at) WHERE closed_at IS NULL;
CREATE INDEX openings_read ON openings (person_id, extraction_id);

-- Records by their ids, which are digests; what stands in them stands in the extract alone.
CREATE TABLE tags (
  extraction_id uuid NOT NULL REFERENCES extractions,
  record_id text NOT NULL,
  tag text NOT NULL CHECK (tag IN ('relevant', 'not_relevant', 'privileged', 'confidential', 'third_party', 'excess')),
  person_id text NOT NULL REFERENCES people,
  tagged_at timestamptz NOT NULL,
  -- of what is set apart: what whoever decides on it decided; absent while it waits
  decided text CHECK (decided IN ('privileged', 'destroy', 'restrict')),
  decided_by text REFERENCES people,
  decided_at timestamptz,
  PRIMARY KEY (extraction_id, record_id, tag)
);

-- What was set apart and waits for whoever decides on it.
CREATE INDEX tags_to_decide ON tags (tag, extraction_id) WHERE decided IS NULL AND tag IN ('privileged', 'excess');

-- How an extract was examined (Attorney General's Guidelines on Disclosure 2024, Annex A): which words, and how much they found.
CREATE TABLE searches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES extractions,
  person_id text NOT NULL REFERENCES people,
  compartment text NOT NULL,
  -- age, to the extract's own key: words that somebody looked for tell of what is in it
  sealed bytea NOT NULL,
  found integer NOT NULL,
  searched_at timestamptz NOT NULL
);
CREATE INDEX searches_extraction ON searches (extraction_id, searched_at);

CREATE TABLE notes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES extractions,
  record_id text NOT NULL,
  -- DPA 2018 s.38(2)
  kind text NOT NULL CHECK (kind IN ('fact', 'assessment')),
  -- age, to the extract's own key: it goes when the extract goes
  sealed bytea NOT NULL,
  person_id text NOT NULL REFERENCES people,
  written_at timestamptz NOT NULL
);
CREATE INDEX notes_record ON notes (extraction_id, record_id);

CREATE TABLE destructions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES holdings,
  proposed_by text NOT NULL REFERENCES people,
  proposed_at timestamptz NOT NULL,
  reason text NOT NULL,
  approved_by text REFERENCES people,
  approved_at timestamptz,
  refused_by text REFERENCES people,
  done_at timestamptz,
  certificate jsonb,
  CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
CREATE INDEX destructions_proposed ON destructions (proposed_at DESC);
CREATE INDEX destructions_extraction ON destructions (extraction_id);
CREATE UNIQUE INDEX destructions_open ON destructions (extraction_id) WHERE done_at IS NULL AND refused_by IS NULL;

-- What is logged, waiting for its place in the log (leaf) and then with it. Envelopes say who; leaves do not.
CREATE TABLE statements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- no foreign key: that a case is opened is written down before there is one
  case_id uuid,
  -- absent for what concerns no case
  pseudonym text,
  n integer,
  leaf bigint UNIQUE,
  authorisation_leaf bigint,
  actor text NOT NULL,
  happened_at timestamptz NOT NULL,
  digest text NOT NULL UNIQUE,
  envelope text NOT NULL,
  UNIQUE (pseudonym, n)
);
CREATE INDEX statements_waiting ON statements (id) WHERE leaf IS NULL;
CREATE INDEX statements_case ON statements (case_id, id);
-- What oversight asks: whom, and what.
CREATE INDEX statements_actor ON statements (actor, leaf);
CREATE INDEX statements_kind ON statements (kind, happened_at);

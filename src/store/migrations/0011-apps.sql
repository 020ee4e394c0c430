-- The catalogue of apps, its assessments and the policies of roles (law rows C25, C26, E9 to E12, H17). What an app or an assessment is stands in its document, by the form that
-- src/apps/ gives it; the columns beside it are for finding it. Every version of a document stays.
CREATE TABLE apps (
  id uuid PRIMARY KEY,
  -- the last of app_versions
  version integer NOT NULL,
  title text NOT NULL,
  state text NOT NULL CHECK (state IN ('requested', 'screened', 'dpia', 'trial', 'approved', 'suspended', 'withdrawn', 'removed', 'refused')),
  record jsonb NOT NULL,
  -- what whoever asked for it said besides: why, and on how many phones
  asked_because text NOT NULL,
  asked_phones integer NOT NULL,
  -- what management systems ask of it besides, by platform: it is no part of what is decided on
  further jsonb NOT NULL DEFAULT '{}',
  -- why it was suspended, withdrawn or refused by hand, the last time
  why text,
  requested_by text NOT NULL REFERENCES people,
  requested_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX apps_state ON apps (state, title);

CREATE TABLE app_versions (
  app_id uuid NOT NULL REFERENCES apps,
  version integer NOT NULL,
  digest text NOT NULL,
  record jsonb NOT NULL,
  act text NOT NULL,
  -- null where nobody did it: a version or a day
  person_id text REFERENCES people,
  at timestamptz NOT NULL,
  PRIMARY KEY (app_id, version)
);

-- What one person asks and another decides: a trial, an approval with the board's minutes, that it is gone from all phones.
CREATE TABLE app_askings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  app_id uuid NOT NULL REFERENCES apps,
  act text NOT NULL CHECK (act IN ('begin_trial', 'approve', 'remove')),
  -- what is decided on, by the form of the act
  asks jsonb NOT NULL,
  asked_by text NOT NULL REFERENCES people,
  asked_at timestamptz NOT NULL,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  outcome text CHECK (outcome IN ('agreed', 'refused', 'taken_back')),
  reasons text
);
CREATE UNIQUE INDEX app_askings_open ON app_askings (app_id) WHERE outcome IS NULL;

-- What was found in a package that was looked into. The package itself is not kept.
CREATE TABLE app_packages (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  app_id uuid NOT NULL REFERENCES apps,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  -- null where it was refused; then its code
  found jsonb,
  refused text,
  tracker_list text,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL
);
CREATE INDEX app_packages_app ON app_packages (app_id, at);

-- Lists of trackers as the force brings them in; the newest counts.
CREATE TABLE tracker_lists (
  digest text PRIMARY KEY,
  trackers integer NOT NULL,
  list text NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL
);

CREATE TABLE dpias (
  id uuid PRIMARY KEY,
  -- the last of dpia_versions
  version integer NOT NULL,
  reference text NOT NULL UNIQUE,
  title text NOT NULL,
  revision integer NOT NULL,
  document jsonb NOT NULL,
  -- the export of the CNIL's tool that it came from, with what has no field here
  kept text,
  written_by text NOT NULL REFERENCES people,
  changed_at timestamptz NOT NULL
);

CREATE TABLE dpia_versions (
  dpia_id uuid NOT NULL REFERENCES dpias,
  version integer NOT NULL,
  revision integer NOT NULL,
  digest text NOT NULL,
  document jsonb NOT NULL,
  act text NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  PRIMARY KEY (dpia_id, version)
);
CREATE INDEX dpia_versions_digest ON dpia_versions (digest);

-- The data protection officer's advice: asked for, given, and accepted or overruled by somebody else.
CREATE TABLE dpia_advice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  dpia_id uuid NOT NULL REFERENCES dpias,
  -- assessedDigest of what advice is asked on
  assessed text NOT NULL,
  asked_by text NOT NULL REFERENCES people,
  asked_at timestamptz NOT NULL,
  advised_by text REFERENCES people,
  advised_at timestamptz,
  advises text CHECK (advises IN ('go_ahead', 'not_to_go_ahead')),
  summary text,
  decided_by text REFERENCES people,
  decided_at timestamptz
);
CREATE INDEX dpia_advice_dpia ON dpia_advice (dpia_id, asked_at);

-- What the phones of a role may hold, every version; and what was written out for device management.
CREATE TABLE role_policies (
  role text NOT NULL,
  version integer NOT NULL,
  policy jsonb NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL,
  PRIMARY KEY (role, version)
);
CREATE TABLE policy_exports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  role text NOT NULL,
  form text NOT NULL CHECK (form IN ('android', 'intune', 'csv', 'sheet')),
  digest text NOT NULL,
  content text NOT NULL,
  person_id text NOT NULL REFERENCES people,
  at timestamptz NOT NULL
);
CREATE INDEX policy_exports_role ON policy_exports (role, form, at);

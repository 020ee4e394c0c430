-- What somebody advised on a request; whoever decides reads it, and decides for themselves.
CREATE TABLE advice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  person_id text NOT NULL REFERENCES people,
  role text NOT NULL,
  says text NOT NULL,
  -- as the log has it
  digest text NOT NULL,
  written_at timestamptz NOT NULL
);
CREATE INDEX advice_request ON advice (request_id, written_at);

-- PCSC Act 2022 s.43(1)(a): confidential journalistic material is decided on by itself, of the very request that was sent, before it can be granted.
CREATE TABLE journalistic_decisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests,
  -- of everything that was written
  document text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('allowed', 'refused')),
  reasons text NOT NULL,
  sources text NOT NULL,
  decided_by text NOT NULL REFERENCES people,
  decided_at timestamptz NOT NULL
);
CREATE INDEX journalistic_decisions_request ON journalistic_decisions (request_id, decided_at);

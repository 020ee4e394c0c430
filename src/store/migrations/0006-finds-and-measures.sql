-- Something else came to light while an extract was read (law row G15): reading stops until somebody decides. Own words stand here alone, never in the log.
CREATE TABLE finds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  extraction_id uuid NOT NULL REFERENCES extractions,
  kind text NOT NULL CHECK (kind IN ('another-crime', 'risk-to-life', 'safeguarding')),
  says text NOT NULL,
  reasons text NOT NULL,
  found_by text NOT NULL REFERENCES people,
  found_at timestamptz NOT NULL,
  -- absent while it waits
  outcome text CHECK (outcome IN ('new-request', 'go-on', 'pass-on')),
  decision_reasons text,
  passed_to text,
  decided_by text REFERENCES people,
  decided_at timestamptz
);
CREATE INDEX finds_extraction ON finds (extraction_id, found_at);
CREATE INDEX finds_waiting ON finds (extraction_id) WHERE decided_at IS NULL;

-- Sexual history of a complainant (law row G13) is a tag like the others.
ALTER TABLE tags DROP CONSTRAINT tags_tag_check;
ALTER TABLE tags ADD CONSTRAINT tags_tag_check
  CHECK (tag IN ('relevant', 'not_relevant', 'privileged', 'confidential', 'third_party', 'sexual_history', 'excess'));

-- Which records were shown to anybody who reviews, once each: how much of what was taken was looked at (law row C5). Neither who nor when: that is the log's.
CREATE TABLE seen_records (
  extraction_id uuid NOT NULL REFERENCES extractions,
  record_id text NOT NULL,
  PRIMARY KEY (extraction_id, record_id)
);

-- The same measures of what was destroyed since: numbers, and no record.
CREATE TABLE measures_gone (
  extraction_id uuid PRIMARY KEY REFERENCES extractions,
  seen integer NOT NULL,
  relevant integer NOT NULL,
  not_relevant integer NOT NULL,
  excess integer NOT NULL
);

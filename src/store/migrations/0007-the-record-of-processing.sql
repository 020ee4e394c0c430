-- What the force says of itself in its record of processing (DPA 2018 s.61(2)): every version stays, and the newest counts. No name of anybody in a case stands here.
CREATE TABLE processing_facts (
  version integer PRIMARY KEY CHECK (version > 0),
  facts jsonb NOT NULL,
  changed_by text NOT NULL REFERENCES people,
  changed_at timestamptz NOT NULL
);

-- An archive of which nothing is left to decide is closed: proposed by one person, approved by another. With that its last key goes, and so what still tells whose a mark was.
ALTER TABLE archives DROP CONSTRAINT archives_state_check;
ALTER TABLE archives ADD CONSTRAINT archives_state_check
  CHECK (state IN ('taking_in', 'taken_in', 'matching', 'matched', 'closing', 'closed'));

CREATE TABLE archive_closings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  archive_id uuid NOT NULL REFERENCES archives,
  proposed_by text NOT NULL REFERENCES people,
  proposed_at timestamptz NOT NULL,
  decided_by text REFERENCES people,
  decided_at timestamptz,
  approved boolean,
  CHECK (decided_by <> proposed_by),
  CHECK ((approved IS NULL) = (decided_by IS NULL))
);
-- One at a time, and none after one that was approved.
CREATE UNIQUE INDEX archive_closings_one ON archive_closings (archive_id) WHERE approved IS DISTINCT FROM false;

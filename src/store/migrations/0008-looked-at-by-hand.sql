-- Looking at a device by hand is an extraction like any other (PCSC Act 2022 s.37(13), (14)): begun under a grant, and what came of it is on record.
ALTER TABLE extractions DROP CONSTRAINT extractions_state_check;
ALTER TABLE extractions ADD CONSTRAINT extractions_state_check
  CHECK (state IN ('queued', 'running', 'sealed', 'failed', 'cancelled', 'withdrawn', 'expired', 'looking', 'recorded'));
-- One at a time under a grant, whoever starts it and however.
DROP INDEX extractions_going_on;
CREATE UNIQUE INDEX extractions_going_on ON extractions (request_id) WHERE state IN ('queued', 'running', 'looking');
DROP INDEX extractions_receipt;
CREATE INDEX extractions_receipt ON extractions (finished_at) WHERE state IN ('sealed', 'recorded') AND receipt_digest IS NULL;

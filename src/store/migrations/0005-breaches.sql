-- Every breach of personal data is recorded: its facts, its effects and what was done (DPA 2018 s.67(6)). No name and nothing from a phone stands here.
CREATE TABLE breaches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text NOT NULL CHECK (kind IN ('confidentiality', 'integrity', 'availability')),
  -- from when the 72 hours run (s.67(1))
  aware_at timestamptz NOT NULL,
  facts text NOT NULL,
  effects text NOT NULL,
  remedy text NOT NULL,
  reported_by text NOT NULL REFERENCES people,
  reported_at timestamptz NOT NULL
);
CREATE INDEX breaches_aware ON breaches (aware_at DESC);

-- What was decided of it; the newest counts, because what is not known at once is told later (s.67(5)).
CREATE TABLE breach_decisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  breach_id uuid NOT NULL REFERENCES breaches,
  commissioner text NOT NULL CHECK (commissioner IN ('told', 'no-likely-risk')),
  commissioner_reasons text NOT NULL,
  -- s.67(3): where it was later than 72 hours
  late_reasons text,
  people text NOT NULL CHECK (people IN ('told', 'no-high-risk', 'unintelligible', 'measures-taken', 'public-notice', 'restricted')),
  people_reasons text NOT NULL,
  decided_by text NOT NULL REFERENCES people,
  decided_at timestamptz NOT NULL
);
CREATE INDEX breach_decisions_breach ON breach_decisions (breach_id, decided_at);

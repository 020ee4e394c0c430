-- Whoever reads a hold that was lifted reads why, as whoever reads one that stands does.
ALTER TABLE holds ADD COLUMN lifted_because text;

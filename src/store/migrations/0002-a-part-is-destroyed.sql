-- A part of an extract is destroyed: the rest is sealed anew under another key.

ALTER TABLE destructions
  -- absent: all of it; else the ids of the records that go, and none once they are gone
  ADD COLUMN records text[],
  -- since when nobody may open the extract, because one container takes the place of another
  ADD COLUMN sealing_at timestamptz,
  -- what the new container is, from the moment when there is no way back: counts and digests
  ADD COLUMN resealed jsonb,
  -- why the last try came to nothing, by a word that does not change
  ADD COLUMN failure text;

import type { Decoy } from '../story/types.ts'
import { makeDatabase } from './phone-database.ts'

/** Writes the database of an app that nothing here reads and nobody may open. */
export function writeDecoy(path: string, decoy: Decoy): void {
  const db = makeDatabase(path, 3, ['CREATE TABLE entries (_id INTEGER PRIMARY KEY, created INTEGER, body TEXT)'])
  db.run('INSERT INTO entries VALUES (1, 1772000000000, ?)', decoy.text)
  db.settle({})
  db.run('INSERT INTO entries VALUES (2, 1773000000000, ?)', decoy.text)
  db.close()
}

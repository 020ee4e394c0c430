import { randomBytes } from 'node:crypto'
import type { SealedStore } from '../../../vault/index.ts'
import type { Item } from '../match/item.ts'
import { type Match, matchArchive } from '../match/match.ts'
import type { Class } from '../match/reason.ts'
import type { Registers } from '../match/rows.ts'
import { itemsOf } from './inventory.ts'
import { itemFrom, itemIdOf } from './item-from.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS item_match (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,
  facts TEXT NOT NULL,
  reasons TEXT NOT NULL,
  follows TEXT,
  likely_copies TEXT NOT NULL
) WITHOUT ROWID`

/**
 * Matches everything in an inventory with the registers, and keeps what came of it in the inventory, instead of what was kept
 * before: all of it, or nothing. `now`: milliseconds since 1970. Throws MatchError and what the store throws.
 */
export function matchInventory(store: SealedStore, registers: Registers, now: number): Match[] {
  const key = archiveKey(store)
  const paths = new Map<string, string>()
  const items: Item[] = []
  for (const found of itemsOf(store)) {
    const item = itemFrom(found, itemIdOf(found.path, key))
    paths.set(item.id, found.path)
    items.push(item)
  }
  const matches = matchArchive(items, registers, now)
  store.atOnce(() => {
    store.run(SCHEMA)
    store.run('DELETE FROM item_match')
    store.run("INSERT OR REPLACE INTO about VALUES ('matched_at', ?)", new Date(now).toISOString())
    for (const match of matches) keep(store, match, paths.get(match.item.id) ?? '')
  })
  return matches
}

function keep(
  store: SealedStore,
  { item, facts, class: found, reasons, follows, likelyCopies }: Match,
  path: string,
): void {
  const followed = follows === undefined ? null : JSON.stringify(follows)
  const [known, why, alike] = [facts, reasons, likelyCopies].map((value) => JSON.stringify(value))
  store.run('INSERT INTO item_match VALUES (?, ?, ?, ?, ?, ?, ?)', item.id, path, found, known, why, followed, alike)
}

interface Kept {
  readonly path: string
  readonly class: Class
  readonly facts: string
  readonly reasons: string
  readonly follows: string | null
  readonly likely_copies: string
}

/** What came of the last matching, in the order of ids; undefined where nothing was matched yet. */
export function matchesOf(store: SealedStore): Match[] | undefined {
  const there = store.get("SELECT 1 FROM sqlite_schema WHERE name = 'item_match'")
  if (there === undefined) return undefined
  const key = archiveKey(store)
  const items = new Map([...itemsOf(store)].map((found) => [found.path, itemFrom(found, itemIdOf(found.path, key))]))
  return store.all<Kept>('SELECT * FROM item_match ORDER BY id').flatMap((row) => {
    const item = items.get(row.path)
    if (item === undefined) return []
    return [
      {
        item,
        class: row.class,
        facts: JSON.parse(row.facts) as Match['facts'],
        reasons: JSON.parse(row.reasons) as Match['reasons'],
        ...(row.follows !== null && { follows: JSON.parse(row.follows) as NonNullable<Match['follows']> }),
        likelyCopies: JSON.parse(row.likely_copies) as string[],
      },
    ]
  })
}

/** When the last matching was done, RFC 3339 in UTC; undefined where nothing was matched yet. */
export function matchedAt(store: SealedStore): string | undefined {
  return store.get<{ value: string }>("SELECT value FROM about WHERE key = 'matched_at'")?.value
}

/** The key of an archive's marks: it lies in the inventory alone, and is made when it is first wanted. 32 bytes. */
export function archiveKey(store: SealedStore): Buffer {
  store.run("INSERT OR IGNORE INTO about VALUES ('archive_key', ?)", randomBytes(32).toString('hex'))
  const found = store.get<{ value: string }>("SELECT value FROM about WHERE key = 'archive_key'")
  return Buffer.from(found?.value ?? '', 'hex')
}

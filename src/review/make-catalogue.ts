import { hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { type PeelRecord, person, RECORD_KINDS } from '../records/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import { CATALOGUE_VERSION, catalogueIndexes, catalogueTables } from './catalogue-tables.ts'
import { NO_TIME } from './filter.ts'
import { partiesOf } from './parties.ts'
import { Sums, type Write } from './sums.ts'

/** Records that are catalogued before others have their turn. */
const SLICE = 500
const NEXT = 'SELECT seq, id, json FROM record WHERE seq >= ? ORDER BY seq LIMIT ?'

/**
 * Writes the catalogue of a container, reading every record once, a slice at a time so that nobody else waits for it. `stop` ends it early. Throws
 * VaultError DAMAGED, what `write` throws, and what `stop` was fired with.
 */
export async function makeCatalogue(
  reader: ContainerReader,
  write: Write,
  { schema, manifest, stop }: { schema: 'main' | 'temp'; manifest: string; stop?: AbortSignal | undefined },
): Promise<void> {
  for (const sql of catalogueTables(schema)) write(sql)
  const sums = new Sums()
  // One transaction: at the end of each every page that was touched is sealed, and a slice touches pages everywhere.
  write('BEGIN')
  for (let from = 0; ; ) {
    stop?.throwIfAborted()
    const rows = reader.ask<Row>(NEXT, from, SLICE)
    for (const row of rows) add(row, sums, write)
    from = (rows.at(-1)?.seq ?? 0) + 1
    if (rows.length < SLICE) break
    await turn()
  }
  for (const sql of catalogueIndexes(schema)) {
    write(sql)
    await turn()
    stop?.throwIfAborted()
  }
  sums.write(write)
  write('INSERT INTO made VALUES (?,?)', CATALOGUE_VERSION, manifest)
  write('COMMIT')
}

interface Row {
  readonly seq: number
  readonly id: string
  readonly json: string
}

function add({ seq, id, json }: Row, sums: Sums, write: Write): void {
  const record = JSON.parse(json) as PeelRecord
  const at = record.time === undefined ? NO_TIME : Date.parse(record.time)
  const kind = RECORD_KINDS.indexOf(record.kind)
  const app = sums.app(record.app)
  const thread = record.kind === 'message' ? sums.thread(record, at) : undefined
  const media = record.attachments.some(({ taken }) => taken) ? 1 : 0
  sums.count(kind, at)
  const place = record.place ? 1 : 0
  const own =
    record.kind === 'message' && record.message_id !== undefined ? ownKey(record.app, record.message_id) : null
  write('INSERT INTO item VALUES (?,?,?,?,?,?,?,?,?)', seq, kind, app, thread ?? null, at, media, place, keyOf(id), own)
  const seen = new Set<number>()
  for (const { address, name } of partiesOf(record)) {
    const party = sums.party(person(address))
    if (seen.has(party)) continue
    seen.add(party)
    sums.names(party, thread)
    write('INSERT INTO item_party VALUES (?,?,?)', party, name === undefined ? 0 : 1, seq)
  }
}

/** The first 50 bits of an id, which is base32: an index over these is a third of one over the ids. Whoever asks by it compares the id too. */
export function keyOf(id: string): number {
  let key = 0
  for (const letter of id.slice(0, 10)) key = key * 32 + (DIGITS.get(letter) ?? 0)
  return key
}

/** What stands for the key by which an app knows a message: 48 bits of a digest. Whoever asks by it compares the key too. */
export function ownKey(app: string, key: string): number {
  return hash('sha256', JSON.stringify([app, key]), 'buffer').readUIntBE(0, 6)
}

const DIGITS = new Map([...'abcdefghijklmnopqrstuvwxyz234567'].map((letter, at) => [letter, at]))

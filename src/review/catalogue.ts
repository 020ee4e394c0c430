import { setImmediate as turn } from 'node:timers/promises'
import { type Party, type PeelRecord, person, RECORD_KINDS } from '../records/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import { COMPARTMENTS, type Compartment, compartmentOf, type TagOn } from './compartment.ts'
import { NO_TIME } from './filter.ts'

/** Somebody on the other side of the device user, known by a number inside one open extract. */
export interface KnownParty {
  readonly person: string
  /** as the phone spells it, where it was first seen */
  readonly address: string
}

/** One conversation, known by a number inside one open extract. */
export interface KnownThread {
  readonly app: string
  readonly file: string
  /** whether the phone gives it a key of its own */
  readonly threaded: boolean
}

// In memory, beside the container and never in it: where each record is, and nothing of what it says.
const TABLES = [
  `CREATE TEMP TABLE item (
    seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, lane INTEGER NOT NULL, kind INTEGER NOT NULL, app INTEGER NOT NULL, thread INTEGER,
    at INTEGER NOT NULL, media INTEGER NOT NULL, lat REAL, lon REAL)`,
  'CREATE TEMP TABLE item_party (party INTEGER, named INTEGER, seq INTEGER, PRIMARY KEY (party, named, seq)) WITHOUT ROWID',
  'CREATE TEMP TABLE item_tag (tag TEXT, seq INTEGER, PRIMARY KEY (tag, seq)) WITHOUT ROWID',
  'CREATE TEMP TABLE thread_party (thread INTEGER, lane INTEGER, party INTEGER, n INTEGER, PRIMARY KEY (thread, lane, party)) WITHOUT ROWID',
]
const INDEXES = [
  'CREATE INDEX temp.item_key ON item (key)',
  'CREATE INDEX temp.item_at ON item (lane, at)',
  'CREATE INDEX temp.item_kind ON item (lane, kind, at)',
  'CREATE INDEX temp.item_thread ON item (lane, thread, at) WHERE thread IS NOT NULL',
  'CREATE INDEX temp.item_media ON item (lane, at) WHERE media = 1',
  'CREATE INDEX temp.item_place ON item (lane, at) WHERE lat IS NOT NULL',
  'CREATE INDEX temp.item_tag_seq ON item_tag (seq)',
]
const NEXT = 'SELECT seq, id, json FROM record WHERE seq >= ? ORDER BY seq LIMIT ?'
const ADD = 'INSERT INTO item VALUES (?,?,0,?,?,?,?,?,?,?)'
const ADD_PARTY = 'INSERT OR IGNORE INTO item_party VALUES (?,?,?)'
const ADD_THREAD_PARTY =
  'INSERT INTO thread_party VALUES (?,?,?,?) ON CONFLICT (thread, lane, party) DO UPDATE SET n = n + excluded.n'

/** Records that are catalogued before others have their turn. */
const SLICE = 500
const MOST_REMEMBERED = 200

/**
 * Where everything is in one open container: made once when it is opened, in memory, a slice at a time so that nobody else waits for it.
 * Afterwards every page is a question to it and the records of that page alone are read.
 */
export class Catalogue {
  readonly reader: ContainerReader
  readonly #apps = new Map<string, number>()
  readonly #threads: KnownThread[] = []
  readonly #threadNumbers = new Map<string, number>()
  readonly #parties: KnownParty[] = []
  readonly #partyNumbers = new Map<string, number>()
  #tags = ''
  /** by conversation, how many of its messages name each person; only while the catalogue is made */
  #said: Map<number, number>[] = []
  readonly #remembered = new Map<string, unknown>()

  private constructor(reader: ContainerReader) {
    this.reader = reader
  }

  /** Makes the catalogue of a container. `stop` ends it early. Throws VaultError DAMAGED, and what `stop` was fired with. */
  static async of(reader: ContainerReader, stop?: AbortSignal): Promise<Catalogue> {
    const catalogue = new Catalogue(reader)
    for (const sql of TABLES) reader.ask(sql)
    for (let from = 0; ; ) {
      stop?.throwIfAborted()
      const rows = reader.ask<{ seq: number; id: string; json: string }>(NEXT, from, SLICE)
      if (rows.length > 0) {
        reader.ask('BEGIN')
        for (const row of rows) catalogue.#add(row)
        reader.ask('COMMIT')
      }
      from = (rows.at(-1)?.seq ?? 0) + 1
      if (rows.length < SLICE) break
      await turn()
    }
    // Afterwards: an index that grows with its table takes four times as long.
    for (const sql of INDEXES) {
      reader.ask(sql)
      await turn()
      stop?.throwIfAborted()
    }
    reader.ask('BEGIN')
    for (const [thread, people] of catalogue.#said.entries())
      for (const [party, n] of people) reader.ask(ADD_THREAD_PARTY, thread, 0, party, n)
    reader.ask('COMMIT')
    catalogue.#said = []
    return catalogue
  }

  party(number: number): KnownParty | undefined {
    return this.#parties[number]
  }

  thread(number: number): KnownThread | undefined {
    return this.#threads[number]
  }

  /** The number of a person, by the address that stands for them; undefined where nobody here is that. */
  partyNumber(address: string): number | undefined {
    return this.#partyNumbers.get(person(address))
  }

  /** The number of an app; of none here, one that no record has. */
  appNumber(app: string): number {
    return this.#apps.get(app) ?? -1
  }

  appNamed(number: number): string {
    for (const [app, one] of this.#apps) if (one === number) return app
    return ''
  }

  /** The number of a record by its id; undefined where there is none. */
  seqOf(id: string): number | undefined {
    return this.reader.ask<{ seq: number }>(
      'SELECT i.seq FROM item i JOIN record r ON r.seq = i.seq WHERE i.key = ? AND r.id = ?',
      keyOf(id),
      id,
    )[0]?.seq
  }

  /** Gives what was found before under a name, until a record changes its compartment or its tags. Bounded, because filters come from addresses. */
  remember<T>(name: string, find: () => T): T {
    if (this.#remembered.has(name)) return this.#remembered.get(name) as T
    const found = find()
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(name, found)
    return found
  }

  /** Puts every record into the compartment that its tags say. All tags, each time: what is not named has none. */
  setTags(tags: readonly TagOn[]): void {
    const sorted = tags.map(({ id, tag }) => `${id} ${tag}`).sort()
    const now = sorted.join('\n')
    if (now === this.#tags) return
    const { reader } = this
    const byRecord = new Map<number, Set<string>>()
    for (const { id, tag } of tags) {
      const seq = this.seqOf(id)
      if (seq === undefined) continue
      byRecord.set(seq, (byRecord.get(seq) ?? new Set()).add(tag))
    }
    reader.ask('BEGIN')
    try {
      for (const { seq } of reader.ask<{ seq: number }>('SELECT seq FROM item WHERE lane > 0'))
        if (!byRecord.has(seq)) this.#move(seq, 0)
      reader.ask('DELETE FROM item_tag')
      for (const [seq, its] of byRecord) {
        for (const tag of its) reader.ask('INSERT INTO item_tag VALUES (?,?)', tag, seq)
        this.#move(seq, laneNumber(compartmentOf(its)))
      }
      reader.ask('COMMIT')
    } catch (error) {
      reader.ask('ROLLBACK')
      throw error
    }
    this.#tags = now
    this.#remembered.clear()
  }

  /** Moves one record into another compartment, with those that its conversation counts. */
  #move(seq: number, lane: number): void {
    const { reader } = this
    const [row] = reader.ask<{ lane: number; thread: number | null; json: string }>(
      'SELECT i.lane, i.thread, r.json FROM item i JOIN record r ON r.seq = i.seq WHERE i.seq = ? AND i.lane <> ?',
      seq,
      lane,
    )
    if (row === undefined) return
    reader.ask('UPDATE item SET lane = ? WHERE seq = ?', lane, seq)
    if (row.thread === null) return
    const named = partiesOf(JSON.parse(row.json) as PeelRecord).map(({ address }) => this.partyNumber(address))
    for (const party of new Set(named)) {
      reader.ask(ADD_THREAD_PARTY, row.thread, lane, party, 1)
      reader.ask(ADD_THREAD_PARTY, row.thread, row.lane, party, -1)
      reader.ask('DELETE FROM thread_party WHERE thread = ? AND lane = ? AND n = 0', row.thread, row.lane)
    }
  }

  #add({ seq, id, json }: { seq: number; id: string; json: string }): void {
    const record = JSON.parse(json) as PeelRecord
    const { reader } = this
    const thread = record.kind === 'message' ? this.#threadOf(record) : null
    const at = record.time === undefined ? NO_TIME : Date.parse(record.time)
    const media = record.attachments.some(({ taken }) => taken) ? 1 : 0
    reader.ask(
      ADD,
      seq,
      keyOf(id),
      RECORD_KINDS.indexOf(record.kind),
      numberOf(this.#apps, record.app),
      thread,
      at,
      media,
      record.place?.lat ?? null,
      record.place?.lon ?? null,
    )
    const said = thread === null ? undefined : this.#said[thread]
    const seen = new Set<number>()
    for (const party of partiesOf(record)) {
      const number = this.#partyOf(party)
      if (seen.has(number)) continue
      seen.add(number)
      reader.ask(ADD_PARTY, number, party.name === undefined ? 0 : 1, seq)
      if (thread !== null) said?.set(number, (said.get(number) ?? 0) + 1)
    }
  }

  #threadOf(record: Extract<PeelRecord, { kind: 'message' }>): number {
    const { app, provenance, thread } = record
    const key = JSON.stringify([app, provenance.file, thread ?? null])
    const known = this.#threadNumbers.get(key)
    if (known !== undefined) return known
    const number = this.#threads.push({ app, file: provenance.file, threaded: thread !== undefined }) - 1
    this.#threadNumbers.set(key, number)
    this.#said[number] = new Map()
    return number
  }

  #partyOf({ address }: Party): number {
    const who = person(address)
    const known = this.#partyNumbers.get(who)
    if (known !== undefined) return known
    const number = this.#parties.push({ person: who, address }) - 1
    this.#partyNumbers.set(who, number)
    return number
  }
}

/** Everybody that a record names beside the device user. */
export function partiesOf(record: PeelRecord): readonly Party[] {
  switch (record.kind) {
    case 'message':
    case 'call':
      return record.from ? [record.from, ...record.to] : record.to
    case 'contact':
      return record.addresses.map(({ address }) => ({
        address,
        ...(record.name !== undefined && { name: record.name }),
      }))
    default:
      return []
  }
}

export function laneNumber(compartment: Compartment): number {
  return COMPARTMENTS.indexOf(compartment)
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

/** The first 50 bits of an id, which is base32: an index over these is a third of one over the ids. Whoever asks by it compares the id too. */
function keyOf(id: string): number {
  let key = 0
  for (const letter of id.slice(0, 10)) key = key * 32 + (DIGITS.get(letter) ?? 0)
  return key
}

const DIGITS = new Map([...'abcdefghijklmnopqrstuvwxyz234567'].map((letter, at) => [letter, at]))

import { hash } from 'node:crypto'
import { type PeelRecord, person } from '../records/index.ts'
import { type CompanionWriter, type ContainerReader, VaultError } from '../vault/index.ts'
import { CATALOGUE, CATALOGUE_VERSION, OVERLAY } from './catalogue-tables.ts'
import { COMPARTMENTS, type Compartment, compartmentOf, type TagOn } from './compartment.ts'
import { dayOf } from './british-day.ts'
import { NO_TIME } from './filter.ts'
import { keyOf, makeCatalogue, ownKey } from './make-catalogue.ts'
import { partiesOf } from './parties.ts'

/** One conversation, known by a number inside one extract. */
export interface KnownThread {
  readonly app: string
  readonly file: string
  /** whether the phone gives it a key of its own */
  readonly threaded: boolean
}

/** Where a catalogue comes from. */
export interface CatalogueOptions {
  /** the manifest of the container, as it stands there: a catalogue of another is none of this one */
  readonly manifest: string
  /** where it is kept between openings, sealed; absent: it is made in memory and goes with the reader */
  readonly file?: string
  /** ends the making early */
  readonly stop?: AbortSignal
}

const MOST_REMEMBERED = 200

/**
 * Where everything is in one open container. Every page is a question to it, and the records of that page alone are read. It is made once of each
 * container, by reading all of it, and kept beside it under a key that follows from the container's own; what was set apart since, and tags, are laid
 * over it in memory.
 */
export class Catalogue {
  readonly reader: ContainerReader
  readonly #isFile: boolean
  #tags = ''
  readonly #remembered = new Map<string, unknown>()

  private constructor(reader: ContainerReader, isFile: boolean) {
    this.reader = reader
    this.#isFile = isFile
    for (const sql of OVERLAY) reader.ask(sql)
  }

  /**
   * Opens the catalogue that is kept of a container; where there is none, or none of this container and this version, makes it and keeps it. Where it
   * cannot be kept it is made in memory. Throws VaultError DAMAGED, and what `stop` was fired with.
   */
  static async open(reader: ContainerReader, { manifest, file, stop }: CatalogueOptions): Promise<Catalogue> {
    const digest = hash('sha256', manifest)
    if (file !== undefined) {
      if (isOpened(reader, file, digest)) return new Catalogue(reader, true)
      if ((await isKept(reader, file, digest, stop)) && isOpened(reader, file, digest))
        return new Catalogue(reader, true)
    }
    await makeCatalogue(reader, (sql, ...values) => void reader.ask(sql, ...values), {
      schema: 'temp',
      manifest: digest,
      stop,
    })
    return new Catalogue(reader, false)
  }

  /** Whether a page of it that cannot be read is the container's own fault; looks at every page of the file. */
  isSound(): boolean {
    return !this.#isFile || this.reader.integrity(CATALOGUE) === 'ok'
  }

  /** What stands for a person, by their number. */
  person(number: number): string | undefined {
    return this.reader.ask<{ person: string }>('SELECT person FROM party WHERE number = ?', number)[0]?.person
  }

  thread(number: number): KnownThread | undefined {
    const [row] = this.reader.ask<{ app: string; file: string; threaded: number }>(
      'SELECT app, file, threaded FROM thread WHERE number = ?',
      number,
    )
    return row && { app: row.app, file: row.file, threaded: row.threaded === 1 }
  }

  /** The number of a person, by the address that stands for them; undefined where nobody here is that. */
  partyNumber(address: string): number | undefined {
    return this.reader.ask<{ number: number }>('SELECT number FROM party WHERE person = ?', person(address))[0]?.number
  }

  /** The number of an app; of none here, one that no record has. */
  appNumber(app: string): number {
    return this.reader.ask<{ number: number }>('SELECT number FROM app WHERE name = ?', app)[0]?.number ?? -1
  }

  /** The number of a record by its id; undefined where there is none. */
  seqOf(id: string): number | undefined {
    return this.reader.ask<{ seq: number }>(
      'SELECT i.seq FROM item i JOIN record r ON r.seq = i.seq WHERE i.key = ? AND r.id = ?',
      keyOf(id),
      id,
    )[0]?.seq
  }

  /** The numbers of messages that an app knows by this key: more than one where the phone holds a message twice. */
  seqsOf(app: string, key: string): number[] {
    return this.reader
      .ask<{ seq: number }>(
        `SELECT i.seq FROM item i JOIN record r ON r.seq = i.seq
         WHERE i.own = ? AND r.json ->> '$.app' = ? AND r.json ->> '$.message_id' = ? ORDER BY i.seq`,
        ownKey(app, key),
        app,
        key,
      )
      .map(({ seq }) => seq)
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
      for (const { seq } of reader.ask<{ seq: number }>('SELECT seq FROM apart'))
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

  /** Moves one record into another compartment, with everybody whom it names. */
  #move(seq: number, lane: number): void {
    const { reader } = this
    const [was] = reader.ask<{ lane: number }>('SELECT lane FROM apart WHERE seq = ?', seq)
    if ((was?.lane ?? 0) === lane) return
    if (lane === 0) {
      reader.ask('DELETE FROM apart_party WHERE seq = ?', seq)
      reader.ask('DELETE FROM apart WHERE seq = ?', seq)
      return
    }
    if (was !== undefined) {
      reader.ask('UPDATE apart_party SET lane = ? WHERE seq = ?', lane, seq)
      reader.ask('UPDATE apart SET lane = ? WHERE seq = ?', lane, seq)
      return
    }
    const [row] = reader.ask<{ thread: number | null; at: number; json: string }>(
      'SELECT i.thread, i.at, r.json FROM item i JOIN record r ON r.seq = i.seq WHERE i.seq = ?',
      seq,
    )
    if (row === undefined) return
    reader.ask(
      'INSERT INTO apart SELECT seq, ?, kind, app, thread, at, media, place, ? FROM item WHERE seq = ?',
      lane,
      row.at < NO_TIME ? dayOf(row.at) : null,
      seq,
    )
    for (const { address, name } of partiesOf(JSON.parse(row.json) as PeelRecord))
      reader.ask(
        // Whoever is named twice counts once, as in the catalogue.
        'INSERT INTO apart_party SELECT ?,?,?,?,? WHERE NOT EXISTS (SELECT 1 FROM apart_party WHERE party = ? AND seq = ?)',
        this.partyNumber(address),
        name === undefined ? 0 : 1,
        seq,
        lane,
        row.thread,
        this.partyNumber(address),
        seq,
      )
  }
}

/** Opens the catalogue that is kept; false where it is not there, not whole, not of this container or of another version. */
function isOpened(reader: ContainerReader, file: string, digest: string): boolean {
  if (!reader.openCompanion(CATALOGUE, file)) return false
  try {
    const [made] = reader.ask<{ version: number; manifest: string }>(
      `SELECT version, manifest FROM "${CATALOGUE}".made`,
    )
    if (made?.version === CATALOGUE_VERSION && made.manifest === digest) return true
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  }
  reader.closeCompanion(CATALOGUE)
  return false
}

/** Makes a catalogue and keeps it; false where it cannot be kept. */
async function isKept(
  reader: ContainerReader,
  file: string,
  digest: string,
  stop: AbortSignal | undefined,
): Promise<boolean> {
  let companion: CompanionWriter | undefined
  try {
    const writer = (companion = reader.newCompanion(CATALOGUE, file))
    await makeCatalogue(reader, (sql, ...values) => writer.run(sql, ...values), {
      schema: 'main',
      manifest: digest,
      stop,
    })
    writer.finish()
    return true
  } catch (error) {
    companion?.abandon()
    if (error instanceof VaultError && error.code === 'NOT_WRITABLE') return false
    throw error
  }
}

export function laneNumber(compartment: Compartment): number {
  return COMPARTMENTS.indexOf(compartment)
}

import { leafHash, MerkleRoot } from '../tlog/index.ts'
import type { ContainerKey } from './container-key.ts'
import { createRecordsDatabase, type RecordsDatabase } from './records-db.ts'

/** A record ready to be sealed. */
export interface SealedRecord {
  readonly id: string
  readonly kind: string
  readonly app: string
  readonly timeMs: number | undefined
  readonly context: boolean
  /** canonical JSON: what the Merkle leaf is over */
  readonly json: string
  /** folded words for the index */
  readonly words: string
}

/** A row of another table than `record`, by the name of the table. */
export type OtherRow =
  | { readonly table: 'about'; readonly values: readonly [key: string, value: string] }
  | { readonly table: 'problem'; readonly values: readonly [code: string, file: string | null, detail: string] }
  | { readonly table: 'source_file'; readonly values: readonly [path: string, bytes: number, sha256: Uint8Array] }
  | {
      readonly table: 'payload'
      readonly values: readonly [
        id: string,
        sha256: Uint8Array,
        bytes: number,
        sealedSha256: Uint8Array,
        sealedBytes: number,
        header: string,
      ]
    }

/** What a finished tree says. */
export interface TreeHead {
  readonly size: number
  /** lower-case hex */
  readonly root: string
}

/** Writes the database of one container, and grows the tree over its records as it goes. */
export class RecordsWriter {
  readonly #database: RecordsDatabase
  readonly #tree = new MerkleRoot()
  readonly #insert: (record: SealedRecord) => void

  constructor(path: string, key: ContainerKey) {
    this.#database = createRecordsDatabase(path, key)
    const record = this.#database.prepare('INSERT INTO record VALUES (?,?,?,?,?,?,?,?)')
    const words = this.#database.prepare('INSERT INTO record_words (rowid, words) VALUES (?,?)')
    this.#insert = (one) => {
      const seq = this.#tree.size
      const leaf = leafHash(one.json)
      record.run(seq, one.id, one.kind, one.app, one.timeMs ?? null, one.context ? 1 : 0, leaf, one.json)
      if (one.words !== '') words.run(seq, one.words)
      this.#tree.add(leaf)
    }
    this.#database.exec('BEGIN')
  }

  /** Adds the next records. Their order is the order of the Merkle leaves. */
  add(records: Iterable<SealedRecord>): void {
    for (const record of records) this.#insert(record)
  }

  addRow({ table, values }: OtherRow): void {
    this.#database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(',')})`).run(...values)
  }

  close(): TreeHead {
    this.#database.exec('COMMIT')
    this.#database.close()
    return { size: this.#tree.size, root: this.#tree.root().toString('hex') }
  }
}

import { type PeelRecord, wordsOf } from '../records/index.ts'
import { hashLeaf, MerkleRoot } from '../tlog/index.ts'
import type { ContainerKey } from './container-key.ts'
import { leavesOf } from './records-batch.ts'
import { createRecordsDatabase, type RecordsDatabase } from './records-db.ts'

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
  readonly #insert: (leaf: Buffer) => void

  constructor(path: string, key: ContainerKey) {
    this.#database = createRecordsDatabase(path, key)
    const record = this.#database.prepare('INSERT INTO record VALUES (?,?,?,?,?,?,?,CAST(? AS TEXT))')
    const words = this.#database.prepare('INSERT INTO record_words (rowid, words) VALUES (?,?)')
    this.#insert = (prefixed) => {
      const seq = this.#tree.size
      const leaf = hashLeaf(prefixed)
      const json = prefixed.subarray(1)
      // Everything in the row beside the JSON is drawn from it, here, where there is time for it, so that the two cannot differ.
      const one = JSON.parse(json.toString()) as PeelRecord
      const timeMs = one.time === undefined ? null : Date.parse(one.time)
      record.run(seq, one.id, one.kind, one.app, timeMs, one.context ? 1 : 0, leaf, json)
      const found = wordsOf(one)
      if (found !== '') words.run(seq, found)
      this.#tree.add(leaf)
    }
    this.#database.exec('BEGIN')
  }

  /** Adds the records of a batch. Their order is the order of the Merkle leaves. */
  add(batch: Uint8Array): void {
    for (const leaf of leavesOf(batch)) this.#insert(leaf)
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

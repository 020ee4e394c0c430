import { createHash } from 'node:crypto'
import { AcquisitionError } from '../errors.ts'
import type { Catalogue, FileFacts } from './catalogue.ts'
import { wrappedKey } from './key-bag.ts'

const MAGIC = Buffer.from('mbdb\x05\x00', 'latin1')
/** mode, inode, user, group, three times, size, protection class, number of properties */
const FIXED = 2 + 8 + 4 + 4 + 3 * 4 + 8 + 1 + 1
const KIND = 0xf000
const REGULAR_FILE = 0x8000
const NONE = 0xffff

interface Entry {
  readonly id: string
  readonly domain: string
  readonly relativePath: string
  readonly facts: FileFacts
}

/** Reads Manifest.mbdb, the list of backups up to iOS 9. Throws AcquisitionError DAMAGED. */
export function readMbdb(bytes: Buffer): Catalogue {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged()
  const entries: Entry[] = []
  const reader = new Reader(bytes)
  while (!reader.ended) {
    const entry = readEntry(reader)
    if (entry) entries.push(entry)
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry.facts]))
  return {
    list: (visit) => {
      for (const { id, domain, relativePath } of entries) visit(id, domain, relativePath)
    },
    facts: (id) => byId.get(id) ?? {},
    close: () => {},
  }
}

function readEntry(reader: Reader): Entry | undefined {
  const domain = reader.text()
  const relativePath = reader.text()
  // Link target and digest.
  reader.data()
  reader.data()
  const key = reader.data()
  const fixed = reader.take(FIXED)
  for (let i = 0; i < 2 * fixed[FIXED - 1]!; i++) reader.data()
  if ((fixed.readUInt16BE(0) & KIND) !== REGULAR_FILE) return undefined
  const id = createHash('sha1').update(`${domain}-${relativePath}`).digest('hex')
  const facts = { size: Number(fixed.readBigUInt64BE(30)), key: wrappedKey(key) }
  return { id, domain, relativePath, facts }
}

class Reader {
  readonly #bytes: Buffer
  #at = MAGIC.length

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw damaged()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  data(): Buffer {
    const length = this.take(2).readUInt16BE(0)
    return length === NONE ? Buffer.alloc(0) : this.take(length)
  }

  text(): string {
    return this.data().toString('utf8')
  }
}

function damaged(): AcquisitionError {
  return new AcquisitionError('DAMAGED', 'Manifest.mbdb cannot be read', 'get a whole copy of the backup')
}

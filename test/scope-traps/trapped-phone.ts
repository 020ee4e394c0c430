import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { type FileSource, openSource } from '../../src/acquisition/index.ts'
import type { ExtractResult } from '../../src/extraction/index.ts'
import type { PeelRecord } from '../../src/records/index.ts'
import { ContainerReader } from '../../src/vault/index.ts'
import { extractWith, grantFor } from '../extract-with.ts'
import type { OracleClause } from '../oracle.ts'
import { everythingKept } from './everything-kept.ts'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

/** Where the tests themselves work; while an extraction runs, `TMPDIR` is a folder of its own. */
const BASE = tmpdir()

export type Clause = Omit<OracleClause, 'id'> & { id?: string }

/** What an extraction took, and everything that it left anywhere. */
export class Taken {
  readonly records: readonly PeelRecord[]
  readonly result: ExtractResult
  /** paths of the source that were opened, each once, sorted */
  readonly opened: readonly string[]
  readonly manifest: { readonly files: { readonly databases: { path: string }[] } }
  /** of the files taken, computed here over what their payloads hold, in lower-case hex */
  readonly digests: readonly string[]
  readonly #kept: Readonly<Record<string, string>>

  constructor(parts: {
    records: readonly PeelRecord[]
    result: ExtractResult
    opened: readonly string[]
    manifest: Taken['manifest']
    digests: readonly string[]
    kept: Readonly<Record<string, string>>
  }) {
    this.records = parts.records
    this.result = parts.result
    this.opened = parts.opened
    this.manifest = parts.manifest
    this.digests = parts.digests
    this.#kept = parts.kept
  }

  /** The texts of the messages, or the names of what is no message, in order. */
  get bodies(): (string | undefined)[] {
    return this.records.map((record) =>
      record.kind === 'message' ? record.body : record.kind === 'call' ? undefined : record.name,
    )
  }

  /** Where a text stands of all that was left anywhere. */
  placesOf(text: string): string[] {
    const bytes = Buffer.from(text.toLowerCase()).toString('latin1')
    return Object.entries(this.#kept)
      .filter(([, kept]) => kept.includes(bytes))
      .map(([place]) => place)
  }

  nowhere(...texts: string[]): void {
    for (const text of texts) assert.deepEqual(this.placesOf(text), [], 'what was left stands nowhere')
  }
}

/** A folder laid out like a phone, with exactly the trap of one test on it. */
export class TrappedPhone {
  readonly folder = mkdtempSync(join(BASE, 'peel-trap-'))
  readonly phone = join(this.folder, 'phone')

  file(path: string, bytes: Uint8Array | string): this {
    mkdirSync(dirname(join(this.phone, path)), { recursive: true })
    writeFileSync(join(this.phone, path), bytes)
    return this
  }

  database(path: string, sql: string, fill?: (database: DatabaseSync) => void): this {
    mkdirSync(dirname(join(this.phone, path)), { recursive: true })
    const database = new DatabaseSync(join(this.phone, path), { enableForeignKeyConstraints: false })
    database.exec(sql)
    fill?.(database)
    database.close()
    return this
  }

  /** Whether the bytes of a text are on the phone: a trap that is not there catches nobody. */
  holds(...texts: string[]): void {
    const all = globSync('**', { cwd: this.phone, withFileTypes: true })
    const bytes = Buffer.concat([
      ...all.filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name))),
      Buffer.from(all.map(({ name }) => name).join('\n')),
    ])
    for (const text of texts) assert.notEqual(bytes.indexOf(text), -1, 'the trap is on the phone')
  }

  take(...scope: Clause[]): Promise<Taken> {
    return takeFrom(this.phone, scope)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** Extracts by a scope from whatever lies at a place, and looks at everything that this leaves behind. */
export async function takeFrom(place: string, scope: readonly Clause[], password?: string): Promise<Taken> {
  const work = mkdtempSync(join(BASE, 'peel-taken-'))
  const temporary = join(work, 'tmp')
  mkdirSync(temporary)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = temporary
  try {
    const source = await openSource(place, password === undefined ? {} : { password })
    const opened = new Set<string>()
    const watched: FileSource = {
      kind: source.kind,
      device: source.device,
      files: source.files,
      missing: source.missing,
      about: source.about,
      get problems() {
        return source.problems
      },
      open(file) {
        opened.add(file.path)
        return source.open(file)
      },
      close: () => source.close(),
    }
    try {
      const out = join(work, 'taken.peel')
      const clauses = scope.map((clause, at) => ({ id: `C${at + 1}`, ...clause }))
      const result = await extractWith({ source: watched, grant: grantFor(clauses), recipient, out })
      await source.close()
      const reader = await ContainerReader.open(out, [identity])
      const records = [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord)
      const digests: string[] = []
      for (const { sha256 } of reader.payloads()) {
        const hash = createHash('sha256')
        for await (const chunk of reader.payload(Buffer.from(sha256).toString('hex'))) hash.update(chunk)
        digests.push(hash.digest('hex'))
      }
      reader.close()
      const { payload } = JSON.parse(readFileSync(join(out, 'manifest.dsse.json'), 'utf8')) as { payload: string }
      const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { predicate: Taken['manifest'] }
      const kept = await everythingKept(out, identity, temporary)
      return new Taken({ records, result, opened: [...opened].sort(), manifest: predicate, digests, kept })
    } finally {
      await source.close()
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(work, { recursive: true })
  }
}

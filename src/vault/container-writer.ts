import { hash, randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ageHeader, type X25519Public, x25519Public } from './age-header.ts'
import { newFileKey } from './age-payload.ts'
import { type ContainerKey, newContainerKey, payloadId, sealKey } from './container-key.ts'
import { digestFile } from './digest-file.ts'
import { VaultError, writingFailed } from './errors.ts'
import { onDisk, UNFINISHED } from './on-disk.ts'
import { RecordsThread } from './records-thread.ts'
import type { TreeHead } from './records-writer.ts'
import type { SealedFacts } from './sealed-file.ts'
import { type PayloadSource, SealingPool } from './sealing-pool.ts'

/** A file of the finished container, for the manifest. */
export interface ContainerFile {
  readonly path: string
  readonly bytes: number
  /** lower-case hex */
  readonly sha256: string
}

/** A payload that was sealed. */
export interface SealedPayload {
  /** lower-case hex over the plaintext */
  readonly sha256: string
  readonly bytes: number
}

/** Where a container keeps the manifests of those before it; the oldest is number 1. */
export function earlierManifestPath(number: number): string {
  return `earlier/${number}.dsse.json`
}

/**
 * Writes one container. Everything goes into a folder whose name says that it is unfinished; only `finish` gives it its own.
 * Whoever dies in between leaves a folder that nothing takes for an extract, and in it no plaintext and no key.
 */
export class ContainerWriter {
  readonly #out: string
  readonly #dir: string
  readonly #key: ContainerKey
  readonly #recipient: X25519Public
  readonly #sealedKey: Uint8Array
  readonly #records: RecordsThread
  readonly #sealing = new SealingPool()
  readonly #payloads = new Map<string, ContainerFile>()
  readonly #earlier: ContainerFile[] = []
  #discarded = false

  static async create(out: string, recipients: readonly string[]): Promise<ContainerWriter> {
    if (isThere(out))
      throw new VaultError('EXISTS', 'the output is already there', 'give another name, or move it away')
    if (out.endsWith(UNFINISHED))
      throw new VaultError(
        'NOT_WRITABLE',
        `a name that ends in ${UNFINISHED} says that nothing came of it`,
        'give another name',
      )
    const dir = out + UNFINISHED
    if (isThere(dir))
      throw new VaultError(
        'EXISTS',
        'an unfinished extraction lies beside the output',
        `nothing can be read from it; remove ${basename(dir)} and run again`,
      )
    if (recipients.length === 0)
      throw new VaultError(
        'BAD_RECIPIENT',
        'no recipient was given',
        'give the public key that age-keygen printed: age1…',
      )
    const key = newContainerKey()
    const sealed = await sealKey(key, recipients)
    makeFolder(dir)
    return new ContainerWriter(out, dir, key, sealed)
  }

  private constructor(out: string, dir: string, key: ContainerKey, sealedKey: Uint8Array) {
    this.#out = out
    this.#dir = dir
    this.#key = key
    this.#sealedKey = sealedKey
    this.#recipient = x25519Public(key.secret)
    this.#records = new RecordsThread(join(dir, 'records.db'), key)
  }

  /**
   * Adds the next record, as its canonical JSON. Their order is the order of the Merkle leaves. Where a promise comes back, wait for it before
   * the next: writing has fallen behind.
   */
  addRecord(json: string): Promise<void> | undefined {
    this.#unlessDiscarded()
    return this.#records.add(json)
  }

  /**
   * Seals a file; the same content twice is kept once. May be called for the next file before this one is done: several are
   * sealed at once. `open` is called when its turn has come, and what it opens is closed.
   */
  async addPayload(open: () => Promise<PayloadSource>): Promise<SealedPayload> {
    this.#unlessDiscarded()
    const fileKey = newFileKey()
    const temporary = join(this.#dir, `payload-${randomBytes(8).toString('hex')}`)
    const facts = await this.#sealing.seal(temporary, fileKey, open)
    this.#keep(temporary, fileKey, facts)
    return { sha256: Buffer.from(facts.sha256).toString('hex'), bytes: facts.bytes }
  }

  #keep(temporary: string, fileKey: Buffer, { sha256, bytes, sealedSha256, sealedBytes }: SealedFacts): void {
    this.#unlessDiscarded()
    const id = payloadId(this.#key, sha256)
    const path = `payload/${id.slice(0, 2)}/${id}`
    if (this.#payloads.has(path)) {
      rmSync(temporary)
      return
    }
    mkdirSync(join(this.#dir, dirname(path)), { recursive: true, mode: 0o700 })
    renameSync(temporary, join(this.#dir, path))
    this.#records.addRow({
      table: 'payload',
      values: [id, sha256, bytes, sealedSha256, sealedBytes, ageHeader(fileKey, this.#recipient)],
    })
    this.#payloads.set(path, { path, bytes: sealedBytes, sha256: Buffer.from(sealedSha256).toString('hex') })
  }

  /** Notes a file of the source that was read to its end. */
  addSourceFile(path: string, bytes: number, sha256: Uint8Array): void {
    this.#records.addRow({ table: 'source_file', values: [path, bytes, sha256] })
  }

  /** Notes an oddity in full; the manifest outside holds only what names nobody. */
  addProblem(code: string, file: string | undefined, detail: string): void {
    this.#records.addRow({ table: 'problem', values: [code, file ?? null, detail] })
  }

  /** Notes what the container is about, e.g. the signed authorisation. */
  addAbout(key: string, value: string): void {
    this.#records.addRow({ table: 'about', values: [key, value] })
  }

  /** Keeps the manifest of a container that this one takes the place of, as it was: oldest first, one call for each. */
  addEarlierManifest(text: string): void {
    this.#unlessDiscarded()
    const path = earlierManifestPath(this.#earlier.length + 1)
    mkdirSync(join(this.#dir, dirname(path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(this.#dir, path), text, { mode: 0o600, flush: true })
    this.#earlier.push({ path, bytes: Buffer.byteLength(text), sha256: hash('sha256', text) })
  }

  #unlessDiscarded(): void {
    if (this.#discarded) throw new VaultError('UNFINISHED', 'the extraction was stopped', 'run it again')
  }

  /** Closes the contents and lists every file but the manifest. Afterwards only `finish` may be called. */
  async close(): Promise<{ files: ContainerFile[]; tree: TreeHead }> {
    const [tree] = await Promise.all([this.#records.close(), this.#sealing.close()])
    writeFileSync(join(this.#dir, 'key.age'), this.#sealedKey, { mode: 0o600, flush: true })
    const files = [...this.#payloads.values(), ...this.#earlier]
    for (const path of ['key.age', 'records.db'])
      files.push({
        path,
        bytes: statSync(join(this.#dir, path)).size,
        sha256: await digestFile(join(this.#dir, path), { sync: true }),
      })
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), tree }
  }

  /** Writes the manifest and gives the folder its name, after which the container is complete. */
  finish(manifest: string): void {
    writeFileSync(join(this.#dir, 'manifest.dsse.json'), manifest, { mode: 0o600, flush: true })
    onDisk(this.#dir)
    renameSync(this.#dir, this.#out)
    onDisk(dirname(this.#out) || '.')
  }

  /** Throws away everything written so far. */
  async abandon(): Promise<void> {
    await Promise.all([this.#records.abandon(), this.#sealing.abandon()])
    this.discard()
  }

  /** Removes what was written, at once; `abandon` is still due. What other threads write meanwhile, they write into nothing. */
  discard(): void {
    this.#discarded = true
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
  }
}

/** A link that leads nowhere is there too. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // What cannot be asked about cannot be made there either, and making it says why.
    return false
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const cause = writingFailed(error)
    if (cause instanceof VaultError) throw cause
    throw new VaultError(
      'NOT_WRITABLE',
      `the output cannot be made here (${String((error as NodeJS.ErrnoException).code)})`,
      'give a folder that is there and that you may write to',
      { cause },
    )
  }
}

/** Whether a folder is what an extraction leaves that did not come to its end. */
export function isUnfinished(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false
  if (path.replace(/\/+$/, '').endsWith(UNFINISHED)) return true
  const names = readdirSync(path)
  return names.includes('records.db') && !names.includes('manifest.dsse.json')
}

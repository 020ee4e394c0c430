import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Facts, InventoryItem, Reason } from '../../recordings/index.ts'
import { onDisk, openTexts, sealText, unfinishedBeside } from '../../vault/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** What is known of a recording that tells of a person, and the key of its bytes. It stands sealed in its row, and nowhere else. */
export interface RecordingDetails
  extends Pick<InventoryItem, 'path' | 'device' | 'named' | 'audio' | 'said' | 'listed'> {
  /** what `SealedPieces` takes: without it the bytes are noise */
  readonly recordingKey: string
  /** of the last matching */
  readonly facts?: Facts
  readonly reasons?: readonly Reason[]
  readonly likelyCopies?: readonly string[]
}

/** Names the key of an archive in the keyring. */
export function archiveKeyName(archiveId: string): string {
  return `archive:${archiveId}`
}

/** Where everything of an archive lies. Throws ActionError NOT_FOUND for what is no id: it becomes a path. */
export function archiveFolder({ archivesFolder }: Pick<Ops, 'archivesFolder'>, archiveId: string): string {
  if (!isId(archiveId)) throw notFound()
  return join(archivesFolder, archiveId)
}

/** Where the keys of an archive's rows lie, sealed to its key in the keyring. */
export function keysFile(ops: Pick<Ops, 'archivesFolder'>, archiveId: string, generation: number): string {
  return join(archiveFolder(ops, archiveId), `details.${generation}.age`)
}

const NONCE = 12
const TAG = 16

/**
 * The keys of an archive's rows, of one generation, and the key of its marks, which stays the same. Rows are AES-256-GCM (NIST SP 800-38D) with a random
 * nonce each, bound to archive, recording and generation: none can be put in another's place.
 */
export class ArchiveKeys {
  readonly archiveId: string
  readonly generation: number
  /** 32 bytes: of the ids of recordings, and of whatever stands for a number in figures */
  readonly marks: Buffer
  readonly #details: Buffer

  constructor(archiveId: string, generation: number, keys: { readonly details: Buffer; readonly marks: Buffer }) {
    this.archiveId = archiveId
    this.generation = generation
    this.marks = keys.marks
    this.#details = keys.details
  }

  /** New keys. `marks`: those that the archive has already. */
  static fresh(archiveId: string, generation: number, marks: Buffer = randomBytes(32)): ArchiveKeys {
    return new ArchiveKeys(archiveId, generation, { details: randomBytes(32), marks: Buffer.from(marks) })
  }

  /** As they lie in their file, once that is opened. Throws ActionError DAMAGED. */
  static parse(archiveId: string, generation: number, text: string): ArchiveKeys {
    const [details, marks] = text.trim().split(' ')
    const found = { details: Buffer.from(details ?? '', 'hex'), marks: Buffer.from(marks ?? '', 'hex') }
    if (found.details.length !== 32 || found.marks.length !== 32) throw damaged()
    return new ArchiveKeys(archiveId, generation, found)
  }

  /** What their file holds, before it is sealed. */
  format(): string {
    return `${this.#details.toString('hex')} ${this.marks.toString('hex')}\n`
  }

  /** Seals what is known of a recording, for `archive_items.sealed`. */
  sealDetails(itemId: string, details: RecordingDetails): Buffer {
    return this.#seal(`item ${itemId}`, JSON.stringify(details))
  }

  /** Opens it again. Throws ActionError DAMAGED where it is not what was sealed there. */
  openDetails(itemId: string, sealed: Uint8Array): RecordingDetails {
    return JSON.parse(this.#open(`item ${itemId}`, sealed)) as RecordingDetails
  }

  /** Seals another text of the archive, for its row. `about`: the kind of thing and its id, as `hold <id>`. */
  sealText(about: string, text: string): Buffer {
    return this.#seal(about, text)
  }

  /** Opens it again. Throws ActionError DAMAGED. */
  openText(about: string, sealed: Uint8Array): string {
    return this.#open(about, sealed)
  }

  /** Overwrites them. Nothing can be sealed or opened afterwards. */
  forget(): void {
    this.#details.fill(0)
    this.marks.fill(0)
  }

  #seal(about: string, text: string): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#details, nonce, { authTagLength: TAG })
    cipher.setAAD(this.#boundTo(about))
    const sealed = cipher.update(text, 'utf8')
    cipher.final()
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()])
  }

  #open(about: string, sealed: Uint8Array): string {
    if (sealed.length < NONCE + TAG) throw damaged()
    const decipher = createDecipheriv('aes-256-gcm', this.#details, sealed.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(this.#boundTo(about))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
    const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG))
    try {
      decipher.final()
    } catch (cause) {
      plain.fill(0)
      throw damaged(cause)
    }
    const text = plain.toString('utf8')
    plain.fill(0)
    return text
  }

  #boundTo(about: string): Buffer {
    return Buffer.from(`peel archive 1\0${this.archiveId}\0${this.generation}\0${about}`)
  }
}

/**
 * Makes the key of an archive in the keyring, and the first keys of its rows. What was begun before is gone on with: nothing is made twice. Throws
 * KeyringError.
 */
export async function makeArchiveKeys(ops: Ops, archiveId: string): Promise<void> {
  const name = archiveKeyName(archiveId)
  if (!(await ops.keyring.has(name))) await ops.keyring.createExtractKey(name)
  await writeArchiveKeys(ops, ArchiveKeys.fresh(archiveId, 1), await ops.keyring.recipientOf(name))
}

/** Writes keys to their file, sealed to a recipient, unless the file is there: then what is in it stays. The disk has it when this resolves. */
export async function writeArchiveKeys(ops: Ops, keys: ArchiveKeys, recipient: string): Promise<void> {
  const place = keysFile(ops, keys.archiveId, keys.generation)
  if (existsSync(place)) return
  const sealed = await sealText(keys.format(), [recipient])
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  const making = unfinishedBeside(place)
  writeFileSync(making, sealed, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // Of two who make it at once the first has it.
    linkSync(making, place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(making)
  }
  onDisk(dirname(place))
}

/**
 * Lends the keys of an archive's rows to `use`, and takes them back. `keyName`: under which name the keyring holds what opens them, where it is not the
 * archive's own. Throws KeyringError NO_SUCH_KEY or KEY_DESTROYED, VaultError DAMAGED.
 */
export async function withArchiveKeys<T>(
  ops: Ops,
  { id, generation }: { readonly id: string; readonly generation: number },
  use: (keys: ArchiveKeys) => T | Promise<T>,
  keyName: string = archiveKeyName(id),
): Promise<T> {
  const sealed = readFileSync(keysFile(ops, id, generation))
  const [text = ''] = await ops.keyring.useExtractIdentity(keyName, (identity) => openTexts([sealed], identity))
  const keys = ArchiveKeys.parse(id, generation, text)
  try {
    return await use(keys)
  } finally {
    keys.forget()
  }
}

function damaged(cause?: unknown): ActionError {
  return new ActionError(
    'NOT_NOW',
    'DAMAGED',
    'something of the archive is not what was sealed',
    'restore the archive from a backup',
    { cause },
  )
}

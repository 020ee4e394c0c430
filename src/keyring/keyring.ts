import { randomBytes } from 'node:crypto'
import { access } from 'node:fs/promises'
import { type PrivateKey, privateKeyFromSeed, publicKeyOf, publicLine } from '../signature/index.ts'
import { identityOf, recipientOf } from '../vault/index.ts'
import { changeKeyring, type Edit, endOtherEpochs, type Place, settle, writeFirst } from './change.ts'
import { type Contents, type Destruction, wipe } from './contents.ts'
import { type Current, keyringPath, readCurrent } from './current-keyring.ts'
import { makePrivateFolder } from './durable-file.ts'
import { destroyed, exists, KeyringError, noSuchKey } from './errors.ts'
import { checkNothingOpens, type Copies, type NothingOpens } from './nothing-opens.ts'
import { withWriterLock } from './writer-lock.ts'

export interface KeyringPlace extends Place {
  readonly now: () => Date
}

/** Whose signing key: the service's own two, or one person's. */
export type Signer = 'installation' | 'log' | `person:${string}`

/** What a destruction of keys leaves to be certified (integrity.md 5.3). */
export type KeyDestroyed = Required<Destruction>

/**
 * Makes the keyring of a new service, with nothing in it. Throws KeyringError EXISTS or MISSING where a keyring or an epoch of
 * one is there already: what was lost is never quietly replaced by something empty.
 */
export async function createKeyring(place: KeyringPlace): Promise<Keyring> {
  const { folder, epochKeys } = place
  await makePrivateFolder(folder)
  await withWriterLock(folder, async () => {
    const mark = await epochKeys.mark()
    const others = await epochKeys.list()
    if (await isThere(keyringPath(folder)))
      throw new KeyringError('EXISTS', 'there is a keyring already', 'open it; a keyring is never overwritten')
    if (mark === undefined ? others.length > 0 : mark.generation > 0)
      throw new KeyringError(
        'MISSING',
        'there was a keyring here: its epoch key or its mark is there, and it is not',
        'restore the newest copy of the keyring, or give a folder for epoch keys that was never used',
      )
    // From here on an interrupted creation is known by its mark of generation 0, under which no key was ever made.
    await epochKeys.setMark({ generation: 0, digest: '' })
    const { epoch } = await writeFirst(place)
    await endOtherEpochs(epochKeys, epoch)
  })
  return new Keyring(place)
}

/**
 * Opens a keyring and brings to its end whatever was interrupted. Throws KeyringError NOT_FOUND, MISSING, DAMAGED, OLDER,
 * EPOCH_GONE, EPOCH_OLDER, EXPOSED or BUSY.
 */
export async function openKeyring(place: KeyringPlace): Promise<Keyring> {
  // First without the lock, which cannot be taken in a folder that is not there.
  wipe((await readCurrent(place.folder, place.epochKeys)).contents)
  await withWriterLock(place.folder, async () => wipe((await settle(place)).contents))
  return new Keyring(place)
}

/**
 * The keys that the service holds. Holds none of them itself: for each use the newest keyring is read, and wiped from memory
 * afterwards, so that a key which another process destroyed is gone here too. Any number of processes of one machine may have
 * the same keyring open; one at a time changes it.
 *
 * Every method throws KeyringError as `openKeyring` does, and CLOSED after `close`; those that change also BUSY.
 */
export class Keyring {
  readonly #place: KeyringPlace
  #isClosed = false

  /** Use `openKeyring` or `createKeyring`. */
  constructor(place: KeyringPlace) {
    this.#place = place
  }

  /** Makes the key of an extract and returns its recipient, `age1…`. Throws KEY_EXISTS, KEY_DESTROYED or BAD_ID. */
  async createExtractKey(id: string): Promise<string> {
    checkId(id)
    const secret = randomBytes(32)
    const recipient = recipientOf(secret)
    await this.#change(({ contents }) => {
      // Never a second one of one name: a certificate that says it is destroyed would then speak of two.
      if (destructionOf(contents, id)) throw destroyed()
      if (contents.extracts.has(id)) throw exists()
      return {
        newEpoch: false,
        contents: () => ({ ...contents, extracts: new Map(contents.extracts).set(id, secret) }),
      }
    }).finally(() => secret.fill(0))
    return recipient
  }

  /** The recipient of an extract. Throws NO_SUCH_KEY or KEY_DESTROYED. */
  recipientOf(id: string): Promise<string> {
    return this.#read(({ contents }) => recipientOf(extractSecret(contents, id)))
  }

  /**
   * Lends the age identity of an extract to `use`, and returns what that returns. The identity must not be kept, and nothing
   * of it written anywhere. Throws NO_SUCH_KEY or KEY_DESTROYED.
   */
  async useExtractIdentity<T>(id: string, use: (identity: string) => T | Promise<T>): Promise<T> {
    const identity = await this.#read(({ contents }) => identityOf(extractSecret(contents, id)))
    return use(identity)
  }

  /** Whether the key of an extract is there. */
  has(id: string): Promise<boolean> {
    return this.#read(({ contents }) => contents.extracts.has(id))
  }

  /** The ids of all extracts that have a key, in the order in which these were made. */
  extractIds(): Promise<string[]> {
    return this.#read(({ contents }) => [...contents.extracts.keys()])
  }

  /** Destroys the key of one extract; see `destroyExtractKeys`. */
  async destroyExtractKey(id: string): Promise<KeyDestroyed> {
    const [done] = await this.destroyExtractKeys([id])
    return done as KeyDestroyed
  }

  /**
   * Destroys the keys of extracts, all under one change of epoch: the keyring is written without them under a new epoch key,
   * read back, and the old epoch key is destroyed, so that no copy of any older keyring opens again (integrity.md 5.2, 5.3).
   * Returns what was done, and for keys that were destroyed earlier what was done then: whoever was interrupted calls again.
   * Throws NO_SUCH_KEY, where nothing at all is destroyed; EPOCH_REMAINS, where it must be called again.
   */
  async destroyExtractKeys(ids: readonly string[]): Promise<KeyDestroyed[]> {
    const done: Destruction[] = []
    const written = await this.#change((current) => {
      const { contents } = current
      const going = [...new Set(ids)].filter((id) => contents.extracts.has(id))
      for (const id of ids) if (!going.includes(id) && !destructionOf(contents, id)) throw noSuchKey()
      done.push(...contents.destructions.filter((one) => one.ids.some((id) => ids.includes(id))))
      if (going.length === 0) return undefined
      return {
        newEpoch: true,
        contents: (epochAfter) => {
          const extracts = new Map(contents.extracts)
          for (const id of going) extracts.delete(id)
          const destruction = this.#destruction(going, current, epochAfter)
          done.push(destruction)
          return { ...contents, extracts, destructions: [...contents.destructions, destruction] }
        },
      }
    })
    return done.map((one) => ({ ...one, keyringDigestAfter: one.keyringDigestAfter ?? written.digest }))
  }

  /**
   * Puts a key in the place of another: from then on `id` is the name of what `successor` named, and the key that `id` named before is destroyed under a
   * change of epoch as by `destroyExtractKeys`. `successor` is afterwards the name of what was destroyed, and never of anything else. One step: there is
   * no moment at which both open, or neither. Returns what was done, and where it was done earlier what was done then. Throws NO_SUCH_KEY, KEY_DESTROYED,
   * EPOCH_REMAINS as `destroyExtractKeys`.
   */
  async replaceExtractKey(id: string, successor: string): Promise<KeyDestroyed> {
    let done: Destruction | undefined
    const written = await this.#change((current) => {
      const { contents } = current
      done = destructionOf(contents, successor)
      if (done !== undefined && !contents.extracts.has(successor)) return undefined
      const secret = extractSecret(contents, successor)
      extractSecret(contents, id)
      return {
        newEpoch: true,
        contents: (epochAfter) => {
          const extracts = new Map(contents.extracts).set(id, secret)
          extracts.delete(successor)
          const destruction = this.#destruction([successor], current, epochAfter)
          done = destruction
          return { ...contents, extracts, destructions: [...contents.destructions, destruction] }
        },
      }
    })
    return { ...(done as Destruction), keyringDigestAfter: done?.keyringDigestAfter ?? written.digest }
  }

  /** Seals the keyring under a new epoch key and destroys the old one, for when that may have been seen by somebody. */
  async renewEpoch(): Promise<void> {
    await this.#change(({ contents }) => ({ newEpoch: true, contents: () => contents }))
  }

  /** Makes a signer's key and returns the public half as `ed25519:<base64>`. Throws KEY_EXISTS or BAD_ID. */
  async createSigningKey(signer: Signer): Promise<string> {
    checkId(signer)
    const seed = randomBytes(32)
    const line = lineOf(privateKeyFromSeed(seed))
    await this.#change(({ contents }) => {
      if (contents.signers.has(signer)) throw exists()
      return {
        newEpoch: false,
        contents: () => ({ ...contents, signers: new Map(contents.signers).set(signer, seed) }),
      }
    }).finally(() => seed.fill(0))
    return line
  }

  /** A signer's key, to sign with and to let go of: it cannot be written out of this process by mistake. Throws NO_SUCH_KEY. */
  signingKey(signer: Signer): Promise<PrivateKey> {
    return this.#read(({ contents }) => {
      const seed = contents.signers.get(signer)
      if (seed === undefined) throw noSuchKey()
      return privateKeyFromSeed(seed)
    })
  }

  /** The public half of a signer's key as `ed25519:<base64>`; undefined where there is none. */
  publicLineOf(signer: Signer): Promise<string | undefined> {
    return this.#read(({ contents }) => {
      const seed = contents.signers.get(signer)
      return seed && lineOf(privateKeyFromSeed(seed))
    })
  }

  /** Where the keyring has got to: for the page of whoever administers keys, and for certificates. */
  async state(): Promise<{ generation: number; epoch: string; digest: string; otherEpochs: number }> {
    const { generation, epoch, digest } = await this.#read((current) => current)
    const otherEpochs = (await this.#place.epochKeys.list()).filter((id) => id !== epoch).length
    return { generation, epoch, digest, otherEpochs }
  }

  /** Proves of copies of containers, after the destruction of their keys, that nothing held here opens them. */
  checkNothingOpens(copies: Copies): Promise<NothingOpens> {
    this.#unlessClosed()
    return checkNothingOpens(this.#place, copies)
  }

  /** Ends the use of this object. Nothing is held that would have to be given back. */
  close(): void {
    this.#isClosed = true
  }

  #destruction(ids: readonly string[], current: Current, epochAfter: string): Destruction {
    return {
      ids,
      at: this.#place.now().toISOString(),
      epochBefore: current.epoch,
      epochAfter,
      generationBefore: current.generation,
      generationAfter: current.generation + 1,
      keyringDigestBefore: current.digest,
    }
  }

  async #read<T>(look: (current: Current) => T): Promise<T> {
    this.#unlessClosed()
    const current = await readCurrent(this.#place.folder, this.#place.epochKeys)
    try {
      return look(current)
    } finally {
      wipe(current.contents)
    }
  }

  #change(edit: (current: Current) => Edit | undefined) {
    this.#unlessClosed()
    return changeKeyring(this.#place, (current) => edit({ ...current, contents: withDigest(current) }))
  }

  #unlessClosed(): void {
    if (this.#isClosed) throw new KeyringError('CLOSED', 'the keyring was closed', 'open it again')
  }
}

/** The contents, with what the last destruction could not say of itself. */
function withDigest({ contents, generation, digest }: Current): Contents {
  const destructions = contents.destructions.map((one) =>
    one.generationAfter === generation ? { ...one, keyringDigestAfter: digest } : one,
  )
  return { ...contents, destructions }
}

function destructionOf({ destructions }: Contents, id: string): Destruction | undefined {
  return destructions.find(({ ids }) => ids.includes(id))
}

function extractSecret(contents: Contents, id: string): Buffer {
  const secret = contents.extracts.get(id)
  if (secret === undefined) throw destructionOf(contents, id) ? destroyed() : noSuchKey()
  return secret
}

function lineOf(key: PrivateKey): string {
  return publicLine(publicKeyOf(key).key)
}

/** Ids come from the service; they are written as they are, one beside the other. */
function checkId(id: string): void {
  if (!/^[!-~]{1,200}$/.test(id))
    throw new KeyringError('BAD_ID', 'this cannot be the id of a key', 'give 1 to 200 printable ASCII characters')
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { destroyFile, makePrivateFolder, replaceFile, unlessMissing } from './durable-file.ts'
import type { EpochKeys, Mark } from './epoch-keys.ts'
import { damaged, KeyringError } from './errors.ts'

const KEY_NAME = /^([0-9a-f]{32})\.epoch$/
const HEAD = 'peel-epoch/1\n'
const MARK = /^peel-mark\/1\n(0|[1-9][0-9]{0,14}) ([0-9a-f]{64}|-)\n([0-9a-f]{64})\n$/

/** The initial value of RFC 3394 §2.2.3.1: what unwrapping is checked by. */
const WRAP_IV = Buffer.alloc(8, 0xa6)

/**
 * Epoch keys as files of mode 0600 in a folder of their own: `<id>.epoch`, each with a checksum, and `mark`. The folder must
 * lie apart from the keyring's and must never go into a backup.
 */
export class FileEpochKeys implements EpochKeys {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async list(): Promise<string[]> {
    const names = (await readdir(this.#folder).catch(unlessMissing)) ?? []
    return names.flatMap((name) => KEY_NAME.exec(name)?.[1] ?? []).sort()
  }

  async create(): Promise<string> {
    await makePrivateFolder(this.#folder)
    await this.#tidy()
    const id = randomBytes(16).toString('hex')
    const key = randomBytes(32)
    const file = Buffer.concat([Buffer.from(HEAD), key, checksum(id, key)])
    try {
      await replaceFile(this.#path(id), file)
    } finally {
      key.fill(0)
      file.fill(0)
    }
    return id
  }

  wrap(epoch: string, key: Uint8Array): Promise<Buffer> {
    return this.#use(epoch, (epochKey) => {
      const cipher = createCipheriv('aes256-wrap', epochKey, WRAP_IV)
      return Buffer.concat([cipher.update(key), cipher.final()])
    })
  }

  unwrap(epoch: string, wrapped: Uint8Array): Promise<Buffer> {
    return this.#use(epoch, (epochKey) => {
      try {
        const decipher = createDecipheriv('aes256-wrap', epochKey, WRAP_IV)
        return Buffer.concat([decipher.update(wrapped), decipher.final()])
      } catch (cause) {
        throw damaged('the keyring was not sealed under the epoch that it names', cause)
      }
    })
  }

  async destroy(epoch: string): Promise<void> {
    await this.#tidy()
    await destroyFile(this.#path(epoch))
  }

  async mark(): Promise<Mark | undefined> {
    const text = await readFile(join(this.#folder, 'mark'), 'utf8').catch(unlessMissing)
    if (text === undefined) return undefined
    const [, generation, digest, sum] = MARK.exec(text) ?? []
    if (generation === undefined || digest === undefined || sum !== markSum(generation, digest))
      throw damaged('the mark beside the epoch key cannot be read')
    return { generation: Number(generation), digest: digest === '-' ? '' : digest }
  }

  async setMark({ generation, digest }: Mark): Promise<void> {
    await makePrivateFolder(this.#folder)
    const written = digest === '' ? '-' : digest
    const text = `peel-mark/1\n${generation} ${written}\n${markSum(String(generation), written)}\n`
    await replaceFile(join(this.#folder, 'mark'), Buffer.from(text))
  }

  #path(epoch: string): string {
    return join(this.#folder, `${epoch}.epoch`)
  }

  /** Destroys what an interrupted `create` left: a key that was never named. */
  async #tidy(): Promise<void> {
    for (const name of (await readdir(this.#folder).catch(unlessMissing)) ?? [])
      if (name.endsWith('.epoch.new')) await destroyFile(join(this.#folder, name))
  }

  async #use<T>(epoch: string, use: (key: Buffer) => T): Promise<T> {
    const file = await this.#read(epoch)
    const key = file.subarray(HEAD.length, HEAD.length + 32)
    try {
      if (
        file.length !== HEAD.length + 64 ||
        file.toString('latin1', 0, HEAD.length) !== HEAD ||
        !checksum(epoch, key).equals(file.subarray(HEAD.length + 32))
      )
        throw damaged('the epoch key cannot be read')
      return use(key)
    } finally {
      file.fill(0)
    }
  }

  async #read(epoch: string): Promise<Buffer> {
    const path = this.#path(epoch)
    const file = KEY_NAME.test(`${epoch}.epoch`) ? await open(path, 'r').catch(unlessMissing) : undefined
    if (file === undefined)
      throw new KeyringError(
        'EPOCH_GONE',
        'the epoch key is not there',
        'check the folder of the epoch keys; without its epoch key nothing opens a keyring, by design',
      )
    try {
      if (((await file.stat()).mode & 0o077) !== 0)
        throw new KeyringError(
          'EXPOSED',
          'others on this machine can read the epoch key',
          'find out who read it, then give the file mode 0600 and destroy a key or rotate, which makes a new epoch',
        )
      return await file.readFile()
    } finally {
      await file.close()
    }
  }
}

function checksum(epoch: string, key: Uint8Array): Buffer {
  return createHash('sha256').update(`${HEAD}${epoch}\n`).update(key).digest()
}

function markSum(generation: string, digest: string): string {
  return createHash('sha256').update(`peel-mark/1\n${generation} ${digest}\n`).digest('hex')
}

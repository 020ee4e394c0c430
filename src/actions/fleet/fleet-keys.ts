import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { KeyringError } from '../../keyring/index.ts'
import { VaultError } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'

/** The keyring's name of the key under which everything rests that tells of phones. */
const KEY = 'fleet'
const NONCE = 12
const TAG = 16

/** Makes the key of the fleet where there is none yet. May be called by several at once. */
export async function makeFleetKey({ keyring }: Ops): Promise<void> {
  if (await keyring.has(KEY)) return
  await keyring.createExtractKey(KEY).catch((error: unknown) => {
    if (!(error instanceof KeyringError) || error.code !== 'KEY_EXISTS') throw error
  })
}

/** Lends what seals and opens what is kept of phones to `use`, and takes it back. Throws KeyringError NO_SUCH_KEY where nothing was ever kept. */
export async function withFleetKeys<T>({ keyring }: Ops, use: (keys: FleetKeys) => T | Promise<T>): Promise<T> {
  return keyring.useExtractIdentity(KEY, async (identity) => {
    const keys = new FleetKeys(identity)
    try {
      return await use(keys)
    } finally {
      keys.forget()
    }
  })
}

/** What follows from the key of the fleet (HKDF-SHA-256): one key for rows, one for marks, one for each file. */
export class FleetKeys {
  readonly #rows: Buffer
  readonly #marks: Buffer
  readonly #files: Buffer

  constructor(secret: string) {
    this.#rows = derived(secret, 'peel fleet rows 1', 32)
    this.#marks = derived(secret, 'peel fleet marks 1', 32)
    this.#files = derived(secret, 'peel fleet files 1', 32)
  }

  /** Seals a value for one place: AES-256-GCM (NIST SP 800-38D), bound to the name of the place, so that none can be put where another was. */
  seal(place: string, value: unknown): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#rows, nonce, { authTagLength: TAG })
    cipher.setAAD(Buffer.from(place))
    const sealed = cipher.update(JSON.stringify(value), 'utf8')
    cipher.final()
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()])
  }

  /** Opens what was sealed for that place. Throws VaultError DAMAGED. */
  open(place: string, sealed: Buffer): unknown {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#rows, sealed.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
      const text = Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()])
      return JSON.parse(text.toString('utf8'))
    } catch (cause) {
      throw new VaultError('DAMAGED', 'what is kept of a phone is not what was sealed', 'restore it from a copy', {
        cause,
      })
    }
  }

  /** A name for something that tells nothing of it and is the same every time. */
  mark(...parts: readonly string[]): string {
    return createHmac('sha256', this.#marks).update(JSON.stringify(parts)).digest('base64url')
  }

  /** The key of one file, by its name. */
  fileKey(name: string): Buffer {
    return derived(this.#files, `peel fleet file ${name}`, 16)
  }

  /** Overwrites all keys. */
  forget(): void {
    for (const key of [this.#rows, this.#marks, this.#files]) key.fill(0)
  }
}

function derived(secret: string | Buffer, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, length))
}

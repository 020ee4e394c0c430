import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { damaged } from './errors.ts'

/** Plaintext bytes of every piece but the last. */
export const PIECE = 1 << 20
const NONCE = 12
const TAG = 16
/** Bytes that a sealed piece is longer than what is in it. */
const MORE = NONCE + TAG

/**
 * Bytes that rest sealed and are read anywhere: pieces of 1 MiB, each AES-256-GCM (NIST SP 800-38D) under one key with a random
 * nonce of its own, bound to its number and to the length of the whole, so that a piece can be written again after an interruption,
 * and none can be moved, cut off or taken from elsewhere.
 */
export class SealedPieces {
  readonly #key: Buffer
  readonly #bytes: number

  /** `secret`: the age identity of an extract-like key; another key is derived from it (HKDF-SHA-256). `bytes`: plaintext of the whole. */
  constructor(secret: string, bytes: number) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'peel sealed pieces 1', 32))
    this.#bytes = bytes
  }

  /** How many pieces there are. */
  get count(): number {
    return Math.ceil(this.#bytes / PIECE)
  }

  /** Plaintext bytes of a piece. */
  lengthOf(number: number): number {
    return Math.max(0, Math.min(PIECE, this.#bytes - number * PIECE))
  }

  /** Where a sealed piece lies in its file, and how long it is, in bytes. */
  placeOf(number: number): { readonly at: number; readonly length: number } {
    return { at: number * (PIECE + MORE), length: this.lengthOf(number) + MORE }
  }

  seal(number: number, plaintext: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG })
    cipher.setAAD(this.#boundTo(number))
    const sealed = cipher.update(plaintext)
    cipher.final()
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()])
  }

  /** Throws VaultError DAMAGED where it is not what was sealed here. */
  open(number: number, sealed: Buffer): Buffer {
    if (sealed.length !== this.placeOf(number).length) throw notWhatWasSealed()
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(this.#boundTo(number))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
    const plaintext = decipher.update(sealed.subarray(NONCE, sealed.length - TAG))
    try {
      decipher.final()
    } catch (cause) {
      plaintext.fill(0)
      throw notWhatWasSealed(cause)
    }
    return plaintext
  }

  /** Overwrites the key. Nothing can be sealed or opened afterwards. */
  forget(): void {
    this.#key.fill(0)
  }

  #boundTo(number: number): Buffer {
    return Buffer.from(`${this.#bytes} ${number}`)
  }
}

function notWhatWasSealed(cause?: unknown) {
  return damaged('a piece is not what was sealed', cause)
}

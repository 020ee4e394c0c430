import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { VaultError } from './errors.ts'

/**
 * The payload of an age v1 file (c2sp.org/age, "Payload"): a 16-byte nonce, then chunks of 64 KiB, each ChaCha20-Poly1305
 * under a key derived from the file key and the nonce, numbered, the last one marked.
 */
export const CHUNK = 65_536
const TAG = 16
const NONCE = 16

/** Bytes that a payload of so many plaintext bytes takes. */
export function sealedSize(bytes: number): number {
  return NONCE + bytes + TAG * Math.max(1, Math.ceil(bytes / CHUNK))
}

/** Makes a new file key: 16 random bytes. */
export function newFileKey(): Buffer {
  return randomBytes(16)
}

function streamKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
}

function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(Math.floor(counter / 2 ** 32), 3)
  nonce.writeUInt32BE(counter >>> 0, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Seals a payload piece by piece. Feed plaintext to `update` in any sizes, then call `finish`; write what they return, in order. */
export class PayloadSealer {
  readonly #key: Buffer
  readonly #pending = Buffer.allocUnsafe(CHUNK)
  #held = 0
  #counter = 0
  #nonce: Buffer | undefined

  constructor(fileKey: Uint8Array) {
    this.#nonce = randomBytes(NONCE)
    this.#key = streamKey(fileKey, this.#nonce)
  }

  update(plaintext: Uint8Array): Buffer[] {
    const out = this.#start()
    let at = 0
    // A full chunk is sealed only when more follows: only then is it known not to be the last.
    while (at < plaintext.length) {
      if (this.#held === CHUNK) this.#flush(out)
      if (this.#held === 0 && plaintext.length - at > CHUNK) {
        this.#seal(plaintext.subarray(at, at + CHUNK), false, out)
        at += CHUNK
        continue
      }
      const taken = Math.min(CHUNK - this.#held, plaintext.length - at)
      this.#pending.set(plaintext.subarray(at, at + taken), this.#held)
      this.#held += taken
      at += taken
    }
    return out
  }

  finish(): Buffer[] {
    const out = this.#start()
    this.#seal(this.#pending.subarray(0, this.#held), true, out)
    this.#pending.fill(0)
    this.#key.fill(0)
    return out
  }

  #start(): Buffer[] {
    if (this.#nonce === undefined) return []
    const nonce = this.#nonce
    this.#nonce = undefined
    return [nonce]
  }

  #flush(out: Buffer[]): void {
    this.#seal(this.#pending, false, out)
    this.#held = 0
  }

  #seal(chunk: Uint8Array, last: boolean, out: Buffer[]): void {
    const cipher = createCipheriv('chacha20-poly1305', this.#key, chunkNonce(this.#counter++, last), {
      authTagLength: TAG,
    })
    out.push(cipher.update(chunk))
    cipher.final()
    out.push(cipher.getAuthTag())
  }
}

/** Opens a payload piece by piece. Throws VaultError DAMAGED where it is not what was sealed, cut off, or longer. */
export async function* openPayload(fileKey: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0)
  let key: Buffer | undefined
  let counter = 0
  for await (const piece of sealed) {
    held = Buffer.concat([held, piece])
    if (key === undefined) {
      if (held.length < NONCE) continue
      key = streamKey(fileKey, held.subarray(0, NONCE))
      held = held.subarray(NONCE)
    }
    while (held.length > CHUNK + TAG) {
      yield open(key, counter++, held.subarray(0, CHUNK + TAG), false)
      held = held.subarray(CHUNK + TAG)
    }
  }
  if (key === undefined) throw new VaultError('DAMAGED', 'a payload is cut off', 'restore the container from a copy')
  yield open(key, counter, held, true)
}

function open(key: Buffer, counter: number, chunk: Buffer, last: boolean): Buffer {
  const damaged = () =>
    new VaultError('DAMAGED', 'a payload is not what was sealed', 'restore the container from a copy')
  if (chunk.length < TAG) throw damaged()
  const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(counter, last), { authTagLength: TAG })
  decipher.setAuthTag(chunk.subarray(chunk.length - TAG))
  const plaintext = decipher.update(chunk.subarray(0, chunk.length - TAG))
  try {
    decipher.final()
  } catch (cause) {
    throw new VaultError('DAMAGED', 'a payload is not what was sealed', 'restore the container from a copy', { cause })
  }
  return plaintext
}

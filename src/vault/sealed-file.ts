import { createHash } from 'node:crypto'
import { close, closeSync, fsync, openSync, rmSync, writeSync, writevSync } from 'node:fs'
import { promisify } from 'node:util'
import { CHUNK, PayloadSealer } from './age-payload.ts'

/** What is known of a payload once it is written. */
export interface SealedFacts {
  /** SHA-256 of the plaintext */
  readonly sha256: Uint8Array
  readonly bytes: number
  /** SHA-256 of what lies on the disk */
  readonly sealedSha256: Uint8Array
  readonly sealedBytes: number
}

const synced = promisify(fsync)
const closed = promisify(close)

/** Writes one payload under a name that nobody has yet. Plaintext goes in, ciphertext comes to lie on the disk. */
export class SealedFile {
  readonly #path: string
  readonly #file: number
  readonly #sealer: PayloadSealer
  readonly #plain = createHash('sha256')
  readonly #sealed = createHash('sha256')
  #bytes = 0
  #sealedBytes = 0

  /** Makes the file at `path`. Throws what the system says. */
  constructor(path: string, fileKey: Uint8Array) {
    this.#path = path
    this.#file = openSync(path, 'wx', 0o600)
    this.#sealer = new PayloadSealer(fileKey)
  }

  /** Seals the next piece; it may be used again afterwards. */
  update(chunk: Uint8Array): void {
    this.#bytes += chunk.length
    this.#plain.update(chunk)
    this.#write(this.#sealer.update(chunk))
  }

  /** Writes the end. `sync` must follow. */
  finish(): SealedFacts {
    this.#write(this.#sealer.finish())
    return {
      sha256: this.#plain.digest(),
      bytes: this.#bytes,
      sealedSha256: this.#sealed.digest(),
      sealedBytes: this.#sealedBytes,
    }
  }

  /** Resolves when the disk has it. Meanwhile the file may be renamed. */
  async sync(): Promise<void> {
    try {
      await synced(this.#file)
    } finally {
      await closed(this.#file)
    }
  }

  /** Takes it back. */
  discard(): void {
    closeSync(this.#file)
    rmSync(this.#path, { force: true })
  }

  #write(pieces: readonly Uint8Array[]): void {
    let length = 0
    for (const piece of pieces) {
      this.#sealed.update(piece)
      length += piece.length
    }
    this.#sealedBytes += length
    // Where little room is left on the disk, the system takes it bit by bit, until it says so.
    if (length > 0 && writevSync(this.#file, pieces) !== length) this.#writeRest(Buffer.concat(pieces))
    for (const { buffer } of pieces) letGo(buffer)
  }

  #writeRest(whole: Buffer): void {
    let at = this.#sealedBytes - whole.length
    for (let written = 0; written < whole.length; ) {
      const more = writeSync(this.#file, whole, written, whole.length - written, at)
      written += more
      at += more
    }
  }
}

/** Frees large buffers now, and not when memory is next tidied: by then they may be many times what is in use. */
function letGo(buffer: ArrayBufferLike): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= CHUNK) buffer.transfer(0)
}

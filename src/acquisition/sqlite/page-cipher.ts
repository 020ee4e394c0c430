import { createCipheriv, hash } from 'node:crypto'

/**
 * Encrypts database pages as SQLite3MultipleCiphers' `aes256cbc` reads them: AES-256-CBC per page, key and initial value
 * derived from the page's number, no bytes reserved. Bytes 16 to 23 of the first page stay as they are, because SQLite must
 * know the page size before it can decrypt; they say nothing about what the database holds.
 */
export class PageCipher {
  /** master key, page number, "sAlT" */
  readonly #seed = Buffer.alloc(40)

  /** `password` is the 32 bytes that the other side gives as key. */
  constructor(password: Buffer) {
    let key = hash('sha256', password, 'buffer')
    for (let round = 0; round < KEY_ROUNDS; round++) key = hash('sha256', key, 'buffer')
    this.#seed.set(key)
    this.#seed.write('sAlT', 36, 'latin1')
  }

  /** Returns page `number` (from 1) encrypted. */
  encrypt(number: number, page: Uint8Array): Buffer {
    this.#seed.writeInt32LE(number | 0, 32)
    const key = hash('sha256', this.#seed, 'buffer')
    const iv = initialValue(number)
    if (number !== 1) return encryptWhole(key, iv, page)
    const sealed = Buffer.alloc(page.length)
    encryptWhole(key, iv, page.subarray(16)).copy(sealed, 16)
    sealed.copyWithin(8, 16, 24)
    sealed.set(page.subarray(16, 24), 16)
    return sealed
  }

  forget(): void {
    this.#seed.fill(0)
  }
}

const KEY_ROUNDS = 4_001

function encryptWhole(key: Buffer, iv: Buffer, page: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  cipher.setAutoPadding(false)
  return cipher.update(page)
}

const words = Buffer.alloc(16)

/** MD5 over four numbers of a linear congruential generator that begins at the page's number (L'Ecuyer, with Schrage's trick). */
function initialValue(number: number): Buffer {
  let z = (number + 1) | 0
  for (let i = 0; i < 4; i++) {
    const q = Math.trunc(z / 52_774)
    z = (Math.imul(40_692, (z - Math.imul(52_774, q)) | 0) - Math.imul(3_791, q)) | 0
    if (z < 0) z += 2_147_483_399
    words.writeInt32LE(z, i * 4)
  }
  return hash('md5', words, 'buffer')
}

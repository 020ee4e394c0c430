import { hash } from 'node:crypto'

// Crockford's base 32: no letter that is taken for a figure or another letter, read aloud or by hand.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** Makes a code for a receipt: 80 random bits as four groups of four, `7KQ2-…`. */
export function newReceiptCode(random: (bytes: number) => Uint8Array): string {
  // 256 is a multiple of 32: every character is as likely as any other.
  const letters = [...random(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return grouped(letters.join(''))
}

/** A code as somebody typed it, as it was written: capitals, dashes, and the letters that are taken for figures as those. */
export function readReceiptCode(text: string): string {
  const plain = text
    .slice(0, 200)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return grouped(plain.slice(0, LENGTH + 1))
}

/** What the database knows of a code. */
export function receiptDigest(code: string): Buffer {
  return hash('sha256', code, 'buffer')
}

function grouped(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

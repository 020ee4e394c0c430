import { createHmac } from 'node:crypto'

/** What is marked: marks of two kinds of things never compare equal. */
export type Marked = 'item' | 'party' | 'device' | 'person' | 'holder' | 'target'

/**
 * Stands for an id or a number where it must not be read: HMAC-SHA-256 under a key of the archive, lower-case hex. Equal where
 * those are equal; without the key nobody can try all numbers.
 */
export function mark(key: Uint8Array, kind: Marked, value: string): string {
  if (key.length < 32) throw new RangeError('a key has 32 bytes or more')
  return createHmac('sha256', key).update(`peel recordings ${kind}\0${value}`).digest('hex')
}

import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Provenance } from './record.ts'

/** Writes a JSON value in its canonical form (JCS, RFC 8785). Throws on what JSON cannot hold. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** The keys of objects of one shape, in the order of RFC 8785 §3.2.3, by the keys as they stand. */
const ORDERS = new Map<string, readonly string[]>()

/**
 * Writes a record in its canonical form: the same as `canonical`, in half the time, for objects whose keys are words and
 * whose numbers are finite. There is one for every record.
 */
export function canonicalRecord(record: object): string {
  return JSON.stringify(inOrder(record))
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a JSON value')
    if (typeof value === 'string' && !value.isWellFormed()) return value.toWellFormed()
    return value
  }
  if (Array.isArray(value)) return value.length === 0 ? value : value.map(inOrder)
  const keys = Object.keys(value)
  const shape = keys.join(',')
  let order = ORDERS.get(shape)
  if (order === undefined) {
    order = keys.sort()
    ORDERS.set(shape, order)
  }
  const ordered: Record<string, unknown> = {}
  for (const key of order) ordered[key] = inOrder((value as Record<string, unknown>)[key])
  return ordered
}

/** Names a record by where it stood: 26 characters of base32 over SHA-256, the same on every machine. */
export function recordId(kind: string, provenance: Provenance): string {
  const place = `${kind}\n${provenance.file}\n${provenance.table ?? ''}\n${provenance.row ?? ''}`
  // A digest as latin1 text is three times as fast as one as a buffer, and there is one for every record.
  digest.write(hash('sha256', place, 'latin1'), 'latin1')
  return base32(digest.subarray(0, 16))
}

const digest = Buffer.alloc(32)
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Buffer): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += ALPHABET[(held >>> (bits - 5)) & 31]
      bits -= 5
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text
}

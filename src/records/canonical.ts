import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Provenance } from './record.ts'

/** Writes a JSON value in its canonical form (JCS, RFC 8785). Throws on what JSON cannot hold. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/**
 * Writes a record in its canonical form: the same as `canonical`, in half the time, for objects whose members' names are words and
 * whose numbers are finite. There
 * is one for every record. Half a character, which JCS refuses, is written as U+FFFD.
 */
export function canonicalRecord(record: object): string {
  return write(record)
}

/** The members of objects of one shape, in the order of RFC 8785 §3.2.3, each with its name as it is written; by the names as they stand. */
const SHAPES = new Map<string, readonly (readonly [name: string, written: string])[]>()

// Text that is written as it stands: nothing to escape, no half characters. Most text is.
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e\u00a0-\ud7ff\ue000-\uffff]*$/

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value.toWellFormed())
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('not a JSON value')
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? writeArray(value) : writeObject(value as Members)
    default:
      throw new TypeError('not a JSON value')
  }
}

type Members = Readonly<Record<string, unknown>>

function writeArray(values: readonly unknown[]): string {
  let text = ''
  for (const value of values) text += text === '' ? write(value) : `,${write(value)}`
  return `[${text}]`
}

function writeObject(members: Members): string {
  let text = ''
  for (const [name, written] of shapeOf(members)) {
    const value = members[name]
    if (value === undefined) continue
    const said = PARTIES.has(name) ? writeParties(value) : write(value)
    text += text === '' ? written + said : `,${written}${said}`
  }
  return `{${text}}`
}

/** The members of a record that hold parties. */
const PARTIES: ReadonlySet<string> = new Set(['from', 'to'])

/** What was written for parties, by their object: a phone has few people, who stand in many records, and nobody alters a party. */
const writtenParties = new WeakMap<object, string>()

function writeParties(value: unknown): string {
  if (typeof value !== 'object' || value === null) return write(value)
  let text = writtenParties.get(value)
  if (text === undefined) writtenParties.set(value, (text = write(value)))
  return text
}

function shapeOf(members: Members): readonly (readonly [string, string])[] {
  const names = Object.keys(members)
  const key = names.join('\n')
  let shape = SHAPES.get(key)
  if (shape === undefined) {
    shape = names.sort().map((name) => [name, `${write(name)}:`] as const)
    // Records have some dozens of shapes; whatever else comes must not grow this without end.
    if (SHAPES.size < 1000) SHAPES.set(key, shape)
  }
  return shape
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

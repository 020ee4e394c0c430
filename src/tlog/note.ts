import assert from 'node:assert/strict'
import { TlogError } from './errors.ts'
import { readBase64, readUtf8 } from './text.ts'
import { COSIGNATURE, ED25519, isKeyName, type Signer, type Verifier, verifierOf } from './vkey.ts'

/** The largest note that is read, bytes, and the most signatures: sixteen of the longest kind in use fit. */
export const NOTE_LIMIT = 256 * 1024
const SIGNATURE_LIMIT = 100

/** A signature as it stands in a note, believed by nobody yet. */
export interface NoteSignature {
  readonly name: string
  readonly id: number
  /** what follows the key id */
  readonly bytes: Buffer
  /** the whole line with its newline */
  readonly line: string
}

/** A note taken apart: none of it is to be believed. */
export interface Note {
  /** ends in a newline */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A signature by one of the keys that were asked for. */
export interface KnownSignature extends NoteSignature {
  readonly by: Verifier
  /** when a witness says that it signed, seconds since 1970; absent for a signature of type 0x01 */
  readonly time?: number
}

/** A note whose text was signed by at least one of the keys that were asked for. */
export interface OpenNote {
  readonly text: string
  /** at least one; at most one of each key */
  readonly known: readonly KnownSignature[]
  /** signatures by keys that were not asked for: they mean nothing here */
  readonly unknown: readonly NoteSignature[]
}

/** Takes a note apart (c2sp.org/signed-note, Format). Throws TlogError `NOTE_MALFORMED`; believes nothing. */
export function parseNote(note: Uint8Array | string): Note {
  const length = typeof note === 'string' ? Buffer.byteLength(note) : note.length
  if (length > NOTE_LIMIT) throw malformed('the note is too large')
  const whole = typeof note === 'string' ? note : readUtf8(note)
  if (whole === undefined || !whole.isWellFormed()) throw malformed('the note is not UTF-8')
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw malformed('the note has control characters')
  const split = whole.lastIndexOf('\n\n')
  if (split === -1 || !whole.endsWith('\n')) throw malformed('the note has no signatures')
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > SIGNATURE_LIMIT) throw malformed('the note has too many signatures')
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

/** Takes apart lines of signatures without a text, as a witness answers them. Throws TlogError `NOTE_MALFORMED`. */
export function parseSignatures(lines: string): NoteSignature[] {
  return [...parseNote(`-\n\n${lines}`).signatures]
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', base64 = ''] = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) throw malformed('a signature line cannot be read')
  return { name, id: bytes.readUInt32BE(0), bytes: bytes.subarray(4), line: `${line}\n` }
}

/**
 * Opens a note: checks every signature by a key that is given, and gives the text only if there is one. Throws TlogError
 * `NOTE_MALFORMED`, `NOTE_FORGED` (a given key's signature does not fit) or `NOTE_UNKNOWN` (none of the keys signed).
 */
export function openNote(note: Uint8Array | string, verifiers: readonly Verifier[]): OpenNote {
  const { text, signatures } = parseNote(note)
  const keys = new Map(verifiers.map((verifier) => [`${verifier.name}+${verifier.id}`, verifier]))
  const known = new Map<Verifier, KnownSignature>()
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const by = keys.get(`${signature.name}+${signature.id}`)
    if (by === undefined) unknown.push(signature)
    else {
      const time = verifySignature(text, signature.bytes, by)
      if (time === false)
        throw new TlogError(
          'NOTE_FORGED',
          'a signature in the note is not by the key that it names',
          'do not rely on it; ask for another copy, and keep this one as it is',
        )
      if (!known.has(by)) known.set(by, { ...signature, by, ...(time === undefined ? {} : { time }) })
    }
  }
  if (known.size === 0)
    throw new TlogError(
      'NOTE_UNKNOWN',
      'the note is not signed by a key that is trusted here',
      'check which keys were given',
    )
  return { text, known: [...known.values()], unknown }
}

/** False where it does not fit; otherwise the time of a cosignature, or undefined for a signature that has none. */
function verifySignature(text: string, bytes: Buffer, by: Verifier): number | undefined | false {
  if (by.type === ED25519) return by.verify(Buffer.from(text), bytes) ? undefined : false
  if (bytes.length !== 72) return false
  const time = Number(bytes.readBigUInt64BE(0))
  // Later than any clock will show, and no longer exact as a number.
  if (!Number.isSafeInteger(time)) return false
  return by.verify(cosigned(text, time), bytes.subarray(8)) ? time : false
}

/** What a witness signs (c2sp.org/tlog-cosignature, Ed25519 signed message). */
function cosigned(text: string, time: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
}

/** Signs a text that ends in a newline; gives the signature's line, type 0x01. */
export function signatureLine(text: string, signer: Signer): string {
  assert(text.endsWith('\n'), 'the text of a note ends in a newline')
  const { id } = verifierOf(signer.name, ED25519, signer.publicKey)
  return line(signer.name, id, signer.sign(Buffer.from(text)))
}

/** Signs the text of a checkpoint as a witness, type 0x04, with the time in whole seconds since 1970; gives the line. */
export function cosignatureLine(text: string, signer: Signer, time: number): string {
  assert(text.endsWith('\n') && Number.isSafeInteger(time) && time > 0, 'a cosignature has a text and a time')
  const { id } = verifierOf(signer.name, COSIGNATURE, signer.publicKey)
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  return line(signer.name, id, Buffer.concat([stamp, signer.sign(cosigned(text, time))]))
}

function line(name: string, id: number, signature: Uint8Array): string {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(id)
  return `\u2014 ${name} ${Buffer.concat([head, signature]).toString('base64')}\n`
}

/** Joins a text that ends in a newline and its signature lines. */
export function formatNote(text: string, lines: readonly string[]): string {
  assert(text.endsWith('\n') && lines.every((each) => each.endsWith('\n')), 'each line of a note ends in a newline')
  return `${text}\n${lines.join('')}`
}

function malformed(message: string): TlogError {
  return new TlogError('NOTE_MALFORMED', message, 'give the file as it was published (c2sp.org/signed-note)')
}

import { createDecipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { AcquisitionError } from '../errors.ts'

/** The keys of the protection classes, each of which wraps the keys of files. */
export type ClassKeys = ReadonlyMap<number, Buffer>

/** A key as it stands beside what it opens: the protection class whose key wraps it, and the wrapped key. */
export interface WrappedKey {
  readonly protectionClass: number
  readonly wrapped: Uint8Array
}

/** Real backups use 10,010,000 rounds, or 10,000 before iOS 10.2; this bounds a hostile one to some 30 seconds. */
const MOST_ROUNDS = 100_000_000
/** RFC 3394's initial value, which shows after unwrapping that the key was the right one */
const WRAP_IV = Buffer.alloc(8, 0xa6)
const KEY_BYTES = 32
/** a class key wrapped with the password's key; others are wrapped by the phone's own */
const WRAPPED_BY_PASSWORD = 2

export interface KeyBag {
  readonly salt: Buffer
  readonly rounds: number
  /** from iOS 10.2 on: a first derivation, before the older one */
  readonly first?: { readonly salt: Buffer; readonly rounds: number }
  readonly classes: readonly { readonly number: number; readonly wrapped: Buffer }[]
}

/**
 * Opens the class keys of a backup's key bag with the backup's password. Throws AcquisitionError: PASSWORD_WRONG, DAMAGED,
 * and TOO_LARGE where the bag asks for more rounds than any phone does.
 */
export async function unlockKeyBag(bytes: Uint8Array, password: string): Promise<ClassKeys> {
  const bag = readKeyBag(Buffer.from(bytes))
  const key = await passwordKey(bag, Buffer.from(password, 'utf8'))
  const keys = new Map<number, Buffer>()
  for (const { number, wrapped } of bag.classes) {
    const unwrapped = unwrap(key, wrapped)
    if (unwrapped?.length === KEY_BYTES) keys.set(number, unwrapped)
  }
  key.fill(0)
  if (keys.size === 0)
    throw new AcquisitionError(
      'PASSWORD_WRONG',
      'the password does not open this backup',
      "give the password of the backup, which need not be the phone's passcode",
    )
  return keys
}

/** Unwraps the key of a file. Throws AcquisitionError where its class has no key, or it is damaged. */
export function openKey(keys: ClassKeys, { protectionClass, wrapped }: WrappedKey): Buffer {
  const key = keys.get(protectionClass)
  const opened = key && unwrap(key, Buffer.from(wrapped))
  if (opened?.length !== KEY_BYTES)
    throw new AcquisitionError('UNREADABLE', 'the key of a file cannot be unwrapped', 'get a whole copy of the backup')
  return opened
}

/** Splits what Manifest.plist and the list write as one: the class, four bytes little-endian, then the wrapped key. */
export function wrappedKey(bytes: Uint8Array): WrappedKey | undefined {
  if (bytes.length < 12) return undefined
  return { protectionClass: Buffer.from(bytes).readUInt32LE(0), wrapped: bytes.subarray(4) }
}

async function passwordKey(bag: KeyBag, password: Buffer): Promise<Buffer> {
  const derive = promisify(pbkdf2)
  const { first } = bag
  const secret = first ? await derive(password, first.salt, first.rounds, 32, 'sha256') : password
  const key = await derive(secret, bag.salt, bag.rounds, 32, 'sha1')
  password.fill(0)
  secret.fill(0)
  return key
}

function unwrap(key: Buffer, wrapped: Buffer): Buffer | undefined {
  if (wrapped.length < 24 || wrapped.length % 8 !== 0 || wrapped.length > 72) return undefined
  try {
    const cipher = createDecipheriv('id-aes256-wrap', key, WRAP_IV)
    return Buffer.concat([cipher.update(wrapped), cipher.final()])
  } catch {
    // The check value differs: another key.
    return undefined
  }
}

/** Reads a key bag, a run of fields: four letters, length (four bytes, big-endian), value. Every UUID but the first begins a class. */
export function readKeyBag(bytes: Buffer): KeyBag {
  const head = new Map<string, Buffer>()
  const classes: Map<string, Buffer>[] = []
  let uuids = 0
  for (let at = 0; at + 8 <= bytes.length; ) {
    const tag = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32BE(at + 4)
    if (length > bytes.length - at - 8) throw damagedBag()
    const value = bytes.subarray(at + 8, at + 8 + length)
    if (tag === 'UUID' && ++uuids > 1) classes.push(new Map())
    ;(classes.at(-1) ?? head).set(tag, value)
    at += 8 + length
  }
  const salt = head.get('SALT')
  const rounds = number(head.get('ITER'))
  const first = { salt: head.get('DPSL'), rounds: number(head.get('DPIC')) }
  if (!salt || rounds === undefined || rounds < 1) throw damagedBag()
  if (rounds + (first.rounds ?? 0) > MOST_ROUNDS)
    throw new AcquisitionError(
      'TOO_LARGE',
      'the key bag of the backup asks for more rounds than any phone does',
      'get another copy of the backup',
    )
  return {
    salt,
    rounds,
    first: first.salt && first.rounds ? { salt: first.salt, rounds: first.rounds } : undefined,
    classes: classes.flatMap((fields) => {
      const [kind, key, wrap] = [number(fields.get('CLAS')), fields.get('WPKY'), number(fields.get('WRAP')) ?? 0]
      return kind !== undefined && key && (wrap & WRAPPED_BY_PASSWORD) !== 0 ? [{ number: kind, wrapped: key }] : []
    }),
  }
}

function number(bytes: Buffer | undefined): number | undefined {
  return bytes?.length === 4 ? bytes.readUInt32BE(0) : undefined
}

function damagedBag(): AcquisitionError {
  return new AcquisitionError('DAMAGED', 'the key bag of the backup cannot be read', 'get a whole copy of the backup')
}

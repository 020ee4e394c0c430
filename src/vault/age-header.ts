import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { VaultError } from './errors.ts'

/**
 * The header of an age v1 file for one X25519 recipient (c2sp.org/age, "The X25519 recipient type"). Header and payload put
 * one after the other are a whole age file. A header is kept apart from its payload, so that the payload's bytes, and with
 * them its digest, never change when it is handed to somebody else.
 */
export function ageHeader(fileKey: Uint8Array, recipient: X25519Public): string {
  const ephemeral = generateKeyPairSync('x25519')
  const share = rawPublic(ephemeral.publicKey)
  const wrapKey = wrappingKey(ephemeral.privateKey, recipient.key, share, recipient.raw)
  const cipher = createCipheriv('chacha20-poly1305', wrapKey, Buffer.alloc(12), { authTagLength: 16 })
  const wrapped = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
  const head = `age-encryption.org/v1\n-> X25519 ${base64(share)}\n${base64(wrapped)}\n---`
  return `${head} ${headerMac(fileKey, head)}\n`
}

/** Opens a header that `ageHeader` made and returns the file key. Throws VaultError DAMAGED. */
export function openFileKey(header: string, secret: Uint8Array): Buffer {
  const damaged = () =>
    new VaultError('DAMAGED', 'the header of a payload is not what was sealed', 'restore the container from a copy')
  const parts = /^(age-encryption\.org\/v1\n-> X25519 (\S{43})\n(\S{43})\n---) (\S{43})\n$/.exec(header)
  if (parts === null) throw damaged()
  const [, head, share, wrapped, mac] = parts.map((part) => part) as [string, string, string, string, string]
  const fileKey = unwrapFileKey(Buffer.from(share, 'base64'), Buffer.from(wrapped, 'base64'), x25519Pair(secret))
  if (fileKey === undefined || headerMac(fileKey, head) !== mac) throw damaged()
  return fileKey
}

/** Opens one X25519 stanza: `share` and `wrapped` are its 32 bytes each. Undefined where it is for another key. */
export function unwrapFileKey(share: Buffer, wrapped: Buffer, own: X25519Pair): Buffer | undefined {
  const theirs = createPublicKey({ key: Buffer.concat([SPKI_X25519, share]), format: 'der', type: 'spki' })
  const wrapKey = wrappingKey(own.key, theirs, share, own.rawPublic)
  const decipher = createDecipheriv('chacha20-poly1305', wrapKey, Buffer.alloc(12), { authTagLength: 16 })
  decipher.setAuthTag(wrapped.subarray(16))
  const fileKey = decipher.update(wrapped.subarray(0, 16))
  try {
    decipher.final()
    return fileKey
  } catch {
    return undefined
  }
}

function wrappingKey(mine: KeyObject, theirs: KeyObject, share: Buffer, recipient: Buffer): Buffer {
  const shared = diffieHellman({ privateKey: mine, publicKey: theirs })
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, recipient]), 'age-encryption.org/v1/X25519', 32))
}

function headerMac(fileKey: Uint8Array, head: string): string {
  const macKey = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32))
  return base64(createHmac('sha256', macKey).update(head).digest())
}

export interface X25519Public {
  readonly key: KeyObject
  readonly raw: Buffer
}

// The DER prefixes of X25519 keys (RFC 8410 §4 and §7); the 32 bytes of the key follow.
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** Both halves of an X25519 key, ready to open stanzas with. */
export interface X25519Pair {
  readonly key: KeyObject
  readonly rawPublic: Buffer
}

export function x25519Pair(secret: Uint8Array): X25519Pair {
  const key = x25519Private(secret)
  return { key, rawPublic: rawPublic(createPublicKey(key)) }
}

/** The public half of an X25519 secret of 32 bytes. */
export function x25519Public(secret: Uint8Array): X25519Public {
  const key = createPublicKey(x25519Private(secret))
  return { key, raw: rawPublic(key) }
}

function x25519Private(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: 'der', type: 'pkcs8' })
}

function rawPublic(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

import { createPublicKey, hash, verify } from 'node:crypto'
import { TlogError } from './errors.ts'
import { readBase64 } from './text.ts'

/** Signature types (c2sp.org/signed-note): a log signs the text itself, a witness a text with its time before it. */
export const ED25519 = 0x01
export const COSIGNATURE = 0x04
export type SignatureType = typeof ED25519 | typeof COSIGNATURE

/** Whatever holds an Ed25519 key: a `KeyObject`, a token, a test. */
export interface Signer {
  /** key name; that of a log is its origin */
  readonly name: string
  /** 32 bytes */
  readonly publicKey: Uint8Array
  /** Signs the bytes as RFC 8032 says, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array
}

/** A key whose signatures are to be looked for in a note. */
export interface Verifier {
  readonly name: string
  /** key ID: the first four bytes of SHA-256(name || 0x0A || type || public key), big-endian */
  readonly id: number
  readonly type: SignatureType
  /** 32 bytes */
  readonly publicKey: Buffer
  /** the key as text, `name+id+base64` */
  readonly vkey: string
  /** True where these 64 bytes are this key's signature over the message. */
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

/** True for a name that a key may have: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 256 && !/[\p{White_Space}\u0000-\u001f+]/u.test(name) && name.isWellFormed()
}

/** Makes a verifier of its parts. Throws TlogError `KEY_UNREADABLE` where the name or the length of the key cannot be. */
export function verifierOf(name: string, type: SignatureType, publicKey: Uint8Array): Verifier {
  if (!isKeyName(name)) throw unreadable('the name of this key cannot stand in a note')
  if (publicKey.length !== 32) throw unreadable('an Ed25519 public key is 32 bytes')
  const material = Buffer.concat([Buffer.of(type), publicKey])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), material]), 'buffer').readUInt32BE(0)
  const bytes = material.subarray(1)
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' })
  return {
    name,
    id,
    type,
    publicKey: bytes,
    vkey: `${name}+${id.toString(16).padStart(8, '0')}+${material.toString('base64')}`,
    verify: (message, signature) => signature.length === 64 && verify(null, message, key, signature),
  }
}

/** Reads `name+id+base64(type || key)`. Throws TlogError `KEY_UNREADABLE`, also where the id is not that of the key. */
export function readVkey(text: string): Verifier {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  if (text.length > 1024 || name === undefined || material === undefined) throw unreadable('this is not a verifier key')
  const bytes = readBase64(material)
  const type = bytes?.[0]
  if (bytes === undefined || (type !== ED25519 && type !== COSIGNATURE))
    throw unreadable('this verifier key is of a kind that is not known here')
  const verifier = verifierOf(name, type, bytes.subarray(1))
  if (verifier.vkey !== text) throw unreadable(`the id of this verifier key, ${id}, is not that of its name and key`)
  return verifier
}

function unreadable(message: string): TlogError {
  return new TlogError(
    'KEY_UNREADABLE',
    message,
    'a verifier key is written name+8 hex digits+base64 (c2sp.org/signed-note)',
  )
}

import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { open } from 'node:fs/promises'
import { SignatureError } from './errors.ts'

/** A key that checks signatures. */
export interface PublicKey {
  /** lower-case hex SHA-256 over the key's SPKI DER: what envelopes call `keyid` */
  readonly keyid: string
  readonly key: KeyObject
  /** free text that stood beside the key in a trust file */
  readonly name?: string
  /** id of the one person who holds this key (`id:` in a trust file); absent where the file does not say */
  readonly person?: string
}

/** A key that makes signatures. Holds no other copy of the secret than Node's own. */
export interface PrivateKey {
  readonly keyid: string
  readonly key: KeyObject
}

/** A new key in the forms in which it is kept and handed on. */
export interface GeneratedKey extends PrivateKey {
  /** PKCS#8 PEM, unencrypted: the secret */
  readonly privatePem: string
  /** SPKI PEM */
  readonly publicPem: string
  /** `ed25519:<base64>`: the same public key on one line, for a trust file */
  readonly publicLine: string
}

// RFC 8410 section 7: what stands before the 32 bytes of an Ed25519 key in PKCS#8 and in SPKI.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Makes an Ed25519 key from 32 bytes of randomness (RFC 8032 section 5.1.5): the same seed gives the same key. */
export function generateKey(seed: Uint8Array = randomBytes(32)): GeneratedKey {
  const { keyid, key } = privateKeyFromSeed(seed)
  const spki = createPublicKey(key)
  return {
    keyid,
    key,
    privatePem: key.export({ format: 'pem', type: 'pkcs8' }) as string,
    publicPem: spki.export({ format: 'pem', type: 'spki' }) as string,
    publicLine: publicLine(spki),
  }
}

/** Makes the private key of a seed (RFC 8032 section 5.1.5), and no other copy of it: none as text, none left in a buffer. */
export function privateKeyFromSeed(seed: Uint8Array): PrivateKey {
  if (seed.length !== 32) throw new TypeError('an Ed25519 seed is 32 bytes')
  const der = Buffer.concat([PKCS8_PREFIX, seed])
  try {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return { keyid: keyidOf(createPublicKey(key)), key }
  } finally {
    der.fill(0)
  }
}

/** Reads a private key from PKCS#8 PEM as OpenSSL writes it. Throws SignatureError `KEY_UNREADABLE`. */
export function readPrivateKey(pem: string): PrivateKey {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, format: 'pem' })
  } catch (cause) {
    throw new SignatureError(
      'KEY_UNREADABLE',
      'this is not a private key',
      'give a key made by `peel keygen` or `openssl genpkey -algorithm ed25519`, without a passphrase',
      { cause },
    )
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new SignatureError(
      'KEY_UNREADABLE',
      `this is a private key of another kind (${key.asymmetricKeyType})`,
      'only Ed25519 keys sign here: make one with `peel keygen`',
    )
  return { keyid: keyidOf(createPublicKey(key)), key }
}

/** Gives the public half of a private key. */
export function publicKeyOf(key: PrivateKey): PublicKey {
  const spki = createPublicKey(key.key)
  return { keyid: keyidOf(spki), key: spki }
}

/** Makes a public key of its 32 bytes. */
export function publicKeyFromBytes(bytes: Uint8Array): PublicKey {
  if (bytes.length !== 32) throw new TypeError('an Ed25519 public key is 32 bytes')
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: 'der', type: 'spki' })
  return { keyid: keyidOf(key), key }
}

/** The 32 bytes of a public key (RFC 8032 section 5.1.5); `publicKeyFromBytes` is the inverse. */
export function publicKeyBytes({ key }: PublicKey): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
}

/** Signs bytes as they are (RFC 8032), 64 bytes: for formats that are no envelope, such as a log's checkpoint. */
export function signBytes(bytes: Uint8Array, { key }: PrivateKey): Buffer {
  return sign(null, bytes, key)
}

/** Names a public key: lower-case hex SHA-256 over its SPKI DER. */
export function keyidOf(key: KeyObject): string {
  return hash('sha256', key.export({ format: 'der', type: 'spki' }), 'hex')
}

/** Writes a public key on one line, `ed25519:<base64 of 32 bytes>`. `readPublicKeys` is the inverse. */
export function publicLine(key: KeyObject): string {
  const der = key.export({ format: 'der', type: 'spki' })
  return `ed25519:${der.subarray(SPKI_PREFIX.length).toString('base64')}`
}

/**
 * Writes a private key to a new file that only its owner can read (mode 0600). Throws SignatureError `KEY_EXISTS` rather
 * than overwrite: a lost key is a lost identity.
 */
export async function writePrivateKey(path: string, privatePem: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause
    throw new SignatureError(
      'KEY_EXISTS',
      'there is already a file of that name',
      'choose another name; a key is never overwritten',
      { cause },
    )
  })
  try {
    await file.writeFile(privatePem)
    await file.sync()
  } finally {
    await file.close()
  }
}

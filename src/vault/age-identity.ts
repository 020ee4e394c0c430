import { bech32 } from '@scure/base'
import { x25519Public } from './age-header.ts'
import { VaultError } from './errors.ts'

// Bech32 (BIP 173), as age writes the keys of its X25519 recipient type (c2sp.org/age).
const IDENTITY = 'age-secret-key-'
const RECIPIENT = 'age'

/** Writes an X25519 secret of 32 bytes as the age identity that it is, `AGE-SECRET-KEY-1…`. */
export function identityOf(secret: Uint8Array): string {
  return bech32.encodeFromBytes(IDENTITY, secret).toUpperCase()
}

/** Writes the recipient of an X25519 secret, `age1…`: what others seal to. */
export function recipientOf(secret: Uint8Array): string {
  return bech32.encodeFromBytes(RECIPIENT, x25519Public(secret).raw)
}

/** The recipient of an age identity: what is sealed to it opens with the identity. Throws VaultError BAD_IDENTITY. */
export function recipientOfIdentity(identity: string): string {
  const secret = secretOf(identity)
  try {
    return recipientOf(secret)
  } finally {
    secret.fill(0)
  }
}

/** The inverse of `identityOf`. Throws VaultError BAD_IDENTITY. */
export function secretOf(identity: string): Buffer {
  const words = bech32.decodeUnsafe(identity.toLowerCase(), 90)
  const secret = words?.prefix === IDENTITY ? bech32.fromWordsUnsafe(words.words) : undefined
  if (!secret || secret.length !== 32)
    throw new VaultError('BAD_IDENTITY', 'an identity is not an age identity', 'give a file that age-keygen made')
  return Buffer.from(secret)
}

import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { identityOf, secretOf } from './age-identity.ts'
import { VaultError } from './errors.ts'

/**
 * The one key of a container: an age identity, and derived from nothing else the raw key of its database. Written as an age
 * identity file, so that `age -d -i you.txt key.age` gives a file that `age` itself takes for the payloads.
 */
export interface ContainerKey {
  /** 32 bytes, the X25519 secret behind `AGE-SECRET-KEY-1…` */
  readonly secret: Buffer
  /** 32 bytes, SQLCipher's raw key */
  readonly database: Buffer
}

export function newContainerKey(): ContainerKey {
  return { secret: randomBytes(32), database: randomBytes(32) }
}

/** Names a payload inside one container: keyed, so that a name tells nothing of the content to whoever lacks the key. */
export function payloadId(key: ContainerKey, sha256: Uint8Array): string {
  return createHmac('sha256', key.database).update('payload\n').update(sha256).digest('hex').slice(0, 32)
}

/**
 * The raw key of a database that lies beside a container, by what it is: 32 bytes that follow from the container's secret and tell nothing of it
 * (HKDF-SHA-256, RFC 5869). Whoever has destroyed the container's key has destroyed this one.
 */
export function companionKey({ secret }: ContainerKey, what: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `peel companion/1 ${what}`, 32))
}

const DATABASE_LINE = /^# sqlcipher raw key: ([0-9a-f]{64})$/m
const IDENTITY_LINE = /^(AGE-SECRET-KEY-1[A-Z0-9]{58})$/m

/** Seals a container's key to its recipients. Throws VaultError BAD_RECIPIENT. */
export async function sealKey(key: ContainerKey, recipients: readonly string[]): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new VaultError(
        'BAD_RECIPIENT',
        'a recipient is not an age recipient',
        'give the public key that age-keygen printed: age1…',
        { cause },
      )
    }
  }
  const text = `# peel container key\n# sqlcipher raw key: ${key.database.toString('hex')}\n${identityOf(key.secret)}\n`
  return encrypter.encrypt(text)
}

/** Opens a container's key with age identities. Throws VaultError BAD_IDENTITY, WRONG_KEY or DAMAGED. */
export async function openKey(sealed: Uint8Array, identities: readonly string[]): Promise<ContainerKey> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity)
    } catch (cause) {
      throw new VaultError('BAD_IDENTITY', 'an identity is not an age identity', 'give a file that age-keygen made', {
        cause,
      })
    }
  }
  let text: string
  try {
    text = await decrypter.decrypt(sealed, 'text')
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    if (message.includes('no identity matched'))
      throw new VaultError(
        'WRONG_KEY',
        'this identity does not open the container',
        'give the identity of one of its recipients',
        { cause },
      )
    throw new VaultError('DAMAGED', 'key.age cannot be read', 'restore the container from a copy', { cause })
  }
  const database = DATABASE_LINE.exec(text)?.[1]
  const identity = IDENTITY_LINE.exec(text)?.[1]
  if (database === undefined || identity === undefined)
    throw new VaultError('DAMAGED', 'key.age holds no container key', 'restore the container from a copy')
  try {
    return { secret: secretOf(identity), database: Buffer.from(database, 'hex') }
  } catch (cause) {
    throw new VaultError('DAMAGED', 'key.age holds no container key', 'restore the container from a copy', { cause })
  }
}

/** The age identities in a file as `age-keygen` writes it. Throws VaultError BAD_IDENTITY when there is none. */
export function readIdentities(text: string): string[] {
  const identities = text.split('\n').flatMap((line) => {
    const trimmed = line.trim()
    return trimmed === '' || trimmed.startsWith('#') ? [] : [trimmed]
  })
  if (identities.length === 0)
    throw new VaultError('BAD_IDENTITY', 'the identity file holds no identity', 'give a file that age-keygen made')
  return identities
}

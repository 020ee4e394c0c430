import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { type Contents, decodeContents, encodeContents } from './contents.ts'
import type { EpochKeys } from './epoch-keys.ts'
import { damaged, KeyringError } from './errors.ts'

/**
 * The keyring's file: a line of JSON (the head), 12 bytes of nonce, the contents under AES-256-GCM with the head as
 * additional data, 16 bytes of tag, and SHA-256 over all of it. Every writing has a key of its own, wrapped under the epoch
 * key in the head. The digest at the end proves nothing; it tells damage from a keyring whose epoch is gone.
 */
export interface Head {
  readonly format: 'peel-keyring/1'
  readonly epoch: string
  readonly generation: number
  /** base64: the key of this writing, wrapped under the epoch key (RFC 3394) */
  readonly key: string
}

const NONCE = 12
const TAG = 16
const DIGEST = 32
/** Far more than any head. */
const LONGEST_HEAD = 1024

/** Seals contents under an epoch key. */
export async function sealKeyring(
  contents: Contents,
  { epochKeys, epoch, generation }: { epochKeys: EpochKeys; epoch: string; generation: number },
): Promise<Buffer> {
  const key = randomBytes(32)
  const plaintext = encodeContents(contents)
  try {
    const wrapped = Buffer.from(await epochKeys.wrap(epoch, key)).toString('base64')
    const head = { format: 'peel-keyring/1', epoch, generation, key: wrapped } satisfies Head
    const line = Buffer.from(`${JSON.stringify(head)}\n`)
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(line)
    const sealed = Buffer.concat([line, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
    return Buffer.concat([sealed, createHash('sha256').update(sealed).digest()])
  } finally {
    key.fill(0)
    plaintext.fill(0)
  }
}

/** Reads the head of a keyring's file. Nobody vouches for it yet. Throws KeyringError DAMAGED. */
export function readHead(file: Buffer): { head: Head; length: number } {
  const body = file.subarray(0, -DIGEST)
  const length = body.subarray(0, LONGEST_HEAD).indexOf(0x0a) + 1
  const intact = createHash('sha256').update(body).digest().equals(file.subarray(body.length))
  if (length === 0 || body.length < length + NONCE + TAG || !intact) throw damaged('the keyring was cut off or altered')
  let head: Head
  try {
    head = JSON.parse(body.toString('utf8', 0, length)) as Head
  } catch (cause) {
    throw damaged('this is not a keyring', cause)
  }
  if (
    head?.format !== 'peel-keyring/1' ||
    typeof head.epoch !== 'string' ||
    typeof head.key !== 'string' ||
    !Number.isSafeInteger(head.generation)
  )
    throw damaged('this is not a keyring of a kind known here')
  return { head, length }
}

/** Opens a keyring's file. Wipe the contents after use. Throws KeyringError DAMAGED, EPOCH_GONE or EXPOSED. */
export async function openSealedKeyring(
  file: Buffer,
  epochKeys: EpochKeys,
): Promise<{ head: Head; contents: Contents }> {
  const { head, length } = readHead(file)
  const key = await epochKeys.unwrap(head.epoch, Buffer.from(head.key, 'base64'))
  const sealed = file.subarray(length + NONCE, -DIGEST - TAG)
  let plaintext: Buffer | undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(length, length + NONCE), { authTagLength: TAG })
    decipher.setAAD(file.subarray(0, length)).setAuthTag(file.subarray(-DIGEST - TAG, -DIGEST))
    plaintext = decipher.update(sealed)
    decipher.final()
    return { head, contents: decodeContents(plaintext) }
  } catch (cause) {
    plaintext?.fill(0)
    if (cause instanceof KeyringError) throw cause
    throw damaged('the keyring was altered', cause)
  } finally {
    key.fill(0)
  }
}

/** Names a keyring's file: lower-case hex SHA-256 over all its bytes. */
export function digestOf(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex')
}

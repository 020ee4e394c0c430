import { createDecipheriv, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AcquisitionError } from '../errors.ts'
import type { Encryption } from './header.ts'

const derive = promisify(pbkdf2)
const KEY_BYTES = 32

/** How Java turned characters into the bytes that PBKDF2 works on: as UTF-8, or the low eight bits of each. */
type Characters = (text: string) => Buffer
const utf8: Characters = (text) => Buffer.from(text, 'utf8')
const eightBit: Characters = (text) => Buffer.from(text, 'latin1')

/**
 * Opens the master key with the password (AOSP `PasswordUtils`, `PerformAdbRestoreTask`): PBKDF2-HMAC-SHA1 of the password
 * opens a blob that holds the key of the body, its vector, and a checksum by which a right password is known.
 * Throws AcquisitionError PASSWORD_NEEDED where none is given, PASSWORD_WRONG where none of Java's readings of it fits.
 */
export async function unlock(
  encryption: Encryption,
  version: number,
  password: string | undefined,
): Promise<{ key: Buffer; iv: Buffer }> {
  if (password === undefined)
    throw new AcquisitionError(
      'PASSWORD_NEEDED',
      'the Android backup is encrypted',
      'give its password with --password-file',
    )
  // Version 1 was written by Androids of both kinds; later versions say by their number that they are UTF-8.
  for (const characters of version === 1 ? [utf8, eightBit] : [utf8]) {
    const opened = await tryUnlock(encryption, password, characters)
    if (opened) return opened
  }
  throw new AcquisitionError(
    'PASSWORD_WRONG',
    'the password does not open the Android backup',
    'check the file given with --password-file: capitals, and spaces or line ends that do not belong to it',
  )
}

async function tryUnlock(
  { userSalt, checksumSalt, rounds, userIv, masterKeyBlob }: Encryption,
  password: string,
  characters: Characters,
): Promise<{ key: Buffer; iv: Buffer } | undefined> {
  const userKey = await derive(characters(password), userSalt, rounds, KEY_BYTES, 'sha1')
  const blob = open(userKey, userIv, masterKeyBlob)
  const [iv, key, checksum] = blob ? fields(blob) : []
  if (iv?.length !== 16 || key?.length !== KEY_BYTES || checksum?.length !== KEY_BYTES) return undefined
  const expected = await derive(characters(signExtended(key)), checksumSalt, rounds, KEY_BYTES, 'sha1')
  return timingSafeEqual(expected, checksum) ? { key: Buffer.from(key), iv: Buffer.from(iv) } : undefined
}

function open(key: Buffer, iv: Buffer, blob: Buffer): Buffer | undefined {
  try {
    const cipher = createDecipheriv('aes-256-cbc', key, iv)
    return Buffer.concat([cipher.update(blob), cipher.final()])
  } catch {
    // The padding does not fit: that is how most wrong passwords show.
    return undefined
  }
}

/** The blob's fields, each after one byte with its length: vector, key, checksum. */
function fields(blob: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < blob.length && found.length < 3; ) {
    const end = at + 1 + blob[at]!
    if (end > blob.length) break
    found.push(blob.subarray(at + 1, end))
    at = end
  }
  return found
}

/** Java's `(char) byte` carries the sign over: 0x80 to 0xFF become U+FF80 to U+FFFF, three bytes each in UTF-8. */
function signExtended(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte < 0x80 ? byte : 0xff00 | byte)
  return text
}

/**
 * The outside of an Android backup, as `adb backup` writes it (AOSP BackupManagerService, version 5): a header in lines of
 * text, then a deflated tar, and around that AES-256 where there is a password.
 */
import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflate } from 'node:zlib'

export interface Secret {
  readonly password: string
  /** PBKDF2 rounds; Android writes 10,000 */
  readonly rounds?: number
  /** everything that a phone would draw at random follows from this */
  readonly seed: string
}

const VERSION = 5
const KEY_BYTES = 32

/** Writes a tar as a backup to `path`, which may not exist yet or is overwritten. */
export async function writeContainer(path: string, tar: Readable, secret?: Secret): Promise<void> {
  const file = createWriteStream(path)
  const head = `ANDROID BACKUP\n${VERSION}\n1\n`
  if (!secret) {
    file.write(`${head}none\n`)
    await pipeline(tar, createDeflate(), file)
    return
  }
  const { lines, key, iv } = seal(secret)
  file.write(`${head}AES-256\n${lines.join('\n')}\n`)
  await pipeline(tar, createDeflate(), createCipheriv('aes-256-cbc', key, iv), file)
}

/** The header's five lines about keys, and the key and vector of the body that they hold. */
function seal({ password, rounds = 10_000, seed }: Secret): { lines: string[]; key: Buffer; iv: Buffer } {
  const drawn = (what: string, bytes: number) =>
    createHash('shake256', { outputLength: bytes }).update(`${seed}/${what}`).digest()
  const userSalt = drawn('user salt', 64)
  const checksumSalt = drawn('checksum salt', 64)
  const userIv = drawn('user vector', 16)
  const key = drawn('master key', KEY_BYTES)
  const iv = drawn('master vector', 16)
  const userKey = pbkdf2Sync(Buffer.from(password, 'utf8'), userSalt, rounds, KEY_BYTES, 'sha1')
  const checksum = pbkdf2Sync(asCharacters(key), checksumSalt, rounds, KEY_BYTES, 'sha1')
  const blob = Buffer.concat([iv, key, checksum].flatMap((field) => [Buffer.from([field.length]), field]))
  const cipher = createCipheriv('aes-256-cbc', userKey, userIv)
  const sealed = Buffer.concat([cipher.update(blob), cipher.final()])
  const hex = (bytes: Buffer) => bytes.toString('hex').toUpperCase()
  return { lines: [hex(userSalt), hex(checksumSalt), String(rounds), hex(userIv), hex(sealed)], key, iv }
}

/** Android reads the key's bytes as Java characters, sign and all, and those as UTF-8. */
function asCharacters(key: Buffer): Buffer {
  return Buffer.from(
    Array.from(key, (byte) => String.fromCharCode(byte > 0x7f ? byte + 0xff00 : byte)).join(''),
    'utf8',
  )
}

import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'

export interface MadeBackup {
  readonly version?: number
  readonly compressed?: boolean
  readonly password?: string
  readonly rounds?: number
  /** what Java's PBKDF2 made of characters: UTF-8, or before Android 4.4 the low eight bits */
  readonly characters?: 'utf8' | 'latin1'
  /** the body's key; random where absent */
  readonly key?: Buffer
}

/** Writes an Android backup around a tar for tests, as AOSP's `PerformAdbBackupTask` does. */
export function makeAndroidBackup(tar: Buffer, options: MadeBackup = {}): Buffer {
  const { version = 5, compressed = true, password, rounds = 100, characters = 'utf8' } = options
  const body = compressed ? deflateSync(tar) : tar
  const lines = ['ANDROID BACKUP', String(version), compressed ? '1' : '0']
  if (password === undefined) return Buffer.concat([Buffer.from(`${[...lines, 'none'].join('\n')}\n`), body])
  const userSalt = randomBytes(64)
  const checksumSalt = randomBytes(64)
  const userIv = randomBytes(16)
  const iv = randomBytes(16)
  const key = options.key ?? randomBytes(32)
  const derive = (text: string, salt: Buffer) => pbkdf2Sync(Buffer.from(text, characters), salt, rounds, 32, 'sha1')
  // Java reads bytes as signed, so the upper half becomes characters from U+FF80 on.
  const asCharacters = String.fromCharCode(...new Int8Array(key))
  const checksum = derive(asCharacters, checksumSalt)
  const blob = Buffer.concat([Buffer.of(16), iv, Buffer.of(32), key, Buffer.of(32), checksum])
  const sealed = encrypt(derive(password, userSalt), userIv, blob)
  const hex = (bytes: Buffer) => bytes.toString('hex').toUpperCase()
  lines.push('AES-256', hex(userSalt), hex(checksumSalt), String(rounds), hex(userIv), hex(sealed))
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), encrypt(key, iv, body)])
}

function encrypt(key: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

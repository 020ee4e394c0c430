import type { ByteReader } from '../byte-reader.ts'
import { AcquisitionError } from '../errors.ts'

const MAGIC = 'ANDROID BACKUP\n'
/** The longest line is the master key blob, 192 hexadecimal digits; this is how far a line may go, in bytes. */
const LONGEST_LINE = 1_024
/** The header has nine lines. */
const LONGEST_HEADER = 9 * LONGEST_LINE
const NEWEST_VERSION = 5
/** Android has always written 10,000; each million costs about half a second. */
const MOST_ROUNDS = 1_000_000

export interface BackupHeader {
  readonly version: number
  readonly compressed: boolean
  readonly encryption?: Encryption
  /** bytes before the body */
  readonly length: number
}

/** What an encrypted backup says of its keys; every field is public. */
export interface Encryption {
  readonly userSalt: Buffer
  readonly checksumSalt: Buffer
  readonly rounds: number
  readonly userIv: Buffer
  readonly masterKeyBlob: Buffer
}

/** Whether a file begins as an Android backup. */
export function isAndroidBackup(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, MAGIC.length)).toString('latin1') === MAGIC
}

/** Reads the header's lines. Throws AcquisitionError NOT_RECOGNISED, NOT_SUPPORTED, DAMAGED. */
export function readHeader(archive: ByteReader): BackupHeader {
  const start = archive.read(0, LONGEST_HEADER)
  if (!isAndroidBackup(start))
    throw new AcquisitionError('NOT_RECOGNISED', 'not an Android backup', 'check what the file is')
  let position = MAGIC.length
  const line = () => {
    const end = start.indexOf(0x0a, position)
    if (end < 0 || end - position > LONGEST_LINE) throw damaged('its header ends early')
    const text = start.subarray(position, end).toString('latin1')
    position = end + 1
    return text
  }
  const version = decimal(line())
  if (version < 1 || version > NEWEST_VERSION)
    throw new AcquisitionError(
      'NOT_SUPPORTED',
      'Android backup: a version that is not known',
      'make the backup with adb',
    )
  const compressed = line()
  if (compressed !== '0' && compressed !== '1') throw damaged('its header does not say whether it is compressed')
  const algorithm = line()
  if (algorithm !== 'none' && algorithm !== 'AES-256')
    throw new AcquisitionError(
      'NOT_SUPPORTED',
      'Android backup: a cipher that is not known',
      'make the backup with adb',
    )
  const encryption = algorithm === 'none' ? undefined : readEncryption(line)
  return { version, compressed: compressed === '1', ...(encryption && { encryption }), length: position }
}

function readEncryption(line: () => string): Encryption {
  const userSalt = hexadecimal(line())
  const checksumSalt = hexadecimal(line())
  const rounds = decimal(line())
  const userIv = hexadecimal(line())
  const masterKeyBlob = hexadecimal(line())
  if (rounds < 1 || rounds > MOST_ROUNDS) throw damaged(`its key would take more than ${MOST_ROUNDS} rounds, or none`)
  if (userIv.length !== 16) throw damaged('its initialisation vector is not one block')
  if (masterKeyBlob.length === 0 || masterKeyBlob.length % 16 !== 0) throw damaged('its sealed key is not whole blocks')
  return { userSalt, checksumSalt, rounds, userIv, masterKeyBlob }
}

function decimal(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw damaged('a number in its header is none')
  return Number(text)
}

function hexadecimal(text: string): Buffer {
  if (!/^([0-9A-Fa-f]{2})+$/.test(text)) throw damaged('a key in its header is not hexadecimal')
  return Buffer.from(text, 'hex')
}

function damaged(what: string): AcquisitionError {
  return new AcquisitionError('DAMAGED', `Android backup: ${what}`, 'get a whole copy of the backup')
}

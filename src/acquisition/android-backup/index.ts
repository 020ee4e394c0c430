/**
 * Android backups (`adb backup`, .ab): a text header, then a tar, maybe deflated, maybe under AES-256. Knows how to get from
 * one to the other. Does not know what the apps' files mean.
 * Invariant: nothing of an encrypted or compressed backup lies anywhere in plaintext but in memory.
 */
import { realpath } from 'node:fs/promises'
import type { Transform } from 'node:stream'
import { createInflate } from 'node:zlib'
import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type ByteReader, stretch } from '../byte-reader.ts'
import { EXPANDED, expand } from '../expand.ts'
import type { FileSource } from '../file-source.ts'
import { tarSource } from '../file-system/index.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { SealedScratch } from '../scratch.ts'
import { readHeader } from './header.ts'
import { unlock } from './master-key.ts'

export { isAndroidBackup } from './header.ts'

/**
 * Opens an Android backup, versions 1 to 5. Paths are the backup's own: `apps/<package>/<token>/…`, `shared/<n>/…`.
 * Throws AcquisitionError: NOT_FOUND, UNREADABLE, NOT_RECOGNISED, NOT_SUPPORTED (version or cipher), DAMAGED (header),
 * PASSWORD_NEEDED, PASSWORD_WRONG, TOO_LARGE. Damage after the header is a problem.
 */
export async function openAndroidBackup(path: string, options: { password?: string } = {}): Promise<FileSource> {
  const place = await realpath(path).catch((error) => {
    throw unreadable(error)
  })
  return androidBackupSource(await LocalFile.open(place), options)
}

/** Opens an Android backup in any reader, and closes the reader with the source. */
export async function androidBackupSource(
  archive: ByteReader,
  options: { password?: string } = {},
): Promise<FileSource> {
  const scratch = new SealedScratch()
  const problems = new ProblemList()
  let plain = false
  try {
    const header = readHeader(archive)
    const wrapping: { decipher?: Decipheriv; decompress?: Transform } = {}
    if (!header.encryption && options.password !== undefined)
      problems.add('password_not_used', 'a password was given, and the backup is not encrypted')
    if (header.encryption) {
      const { key, iv } = await unlock(header.encryption, header.version, options.password)
      wrapping.decipher = createDecipheriv('aes-256-cbc', key, iv)
      key.fill(0)
    }
    if (header.compressed) wrapping.decompress = createInflate({ chunkSize: EXPANDED })
    const body = stretch(archive, header.length)
    if (body.size === 0) problems.add('archive_damaged', 'it ends after its header')
    if (!header.encryption && !header.compressed) {
      plain = true
      return android(await tarSource(body, 'android-backup', problems))
    }
    await expand(body.chunks(0, body.size), wrapping, scratch, problems)
    return android(await tarSource(scratch, 'android-backup', problems))
  } catch (error) {
    await scratch.close()
    if (plain) await archive.close()
    throw error
  } finally {
    if (!plain) await archive.close()
  }
}

/** Nothing in such a backup names the device; that it is an Android one is what its format says. */
function android(source: FileSource): FileSource {
  return { ...source, device: { os: 'android' } }
}

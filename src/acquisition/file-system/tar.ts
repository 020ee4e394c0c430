import { realpath } from 'node:fs/promises'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import type { ByteReader } from '../byte-reader.ts'
import { AcquisitionError } from '../errors.ts'
import { EXPANDED, expand } from '../expand.ts'
import type { FileSource, SourceKind } from '../file-source.ts'
import { Listing } from '../listing.ts'
import { LocalFile, unreadable } from '../local-file.ts'
import { ProblemList } from '../problem-list.ts'
import { SealedScratch } from '../scratch.ts'
import { readDevice } from './device.ts'
import { headerOf, RECORD } from './tar-header.ts'
import { indexTar } from './tar-index.ts'

/** How much of a gzip is expanded to see what it holds, in bytes. */
const GLIMPSE = 4 << 10

/** Opens a tar that lies uncompressed. Throws AcquisitionError NOT_FOUND, UNREADABLE, TOO_LARGE. */
export async function openTar(path: string): Promise<FileSource> {
  const archive = await local(path)
  try {
    return await tarSource(archive, 'tar', new ProblemList())
  } catch (error) {
    await archive.close()
    throw error
  }
}

/**
 * Opens a tar in gzip. Gzip cannot be read from the middle, so it is expanded once, into a sealed scratch.
 * Throws AcquisitionError NOT_FOUND, UNREADABLE, NOT_RECOGNISED where it holds no tar, TOO_LARGE.
 */
export async function openTarGz(path: string): Promise<FileSource> {
  return tarGzSource(await local(path))
}

/** Expands a tar in gzip from any reader, and closes the reader. */
export async function tarGzSource(archive: ByteReader): Promise<FileSource> {
  const scratch = new SealedScratch()
  const problems = new ProblemList()
  try {
    if (!gzipHoldsTar(archive)) throw new AcquisitionError('NOT_RECOGNISED', 'gzip: it holds no tar', 'unpack it first')
    await expand(
      archive.chunks(0, archive.size),
      { decompress: createGunzip({ chunkSize: EXPANDED }) },
      scratch,
      problems,
    )
    return await tarSource(scratch, 'tar', problems)
  } catch (error) {
    await scratch.close()
    throw error
  } finally {
    await archive.close()
  }
}

/** Lists a tar in any reader, and closes the reader with the source. Of several entries with one name the last stands. */
export async function tarSource(archive: ByteReader, kind: SourceKind, problems: ProblemList): Promise<FileSource> {
  const { entries, cut } = indexTar(archive, problems)
  const listing = new Listing(entries, 'last', problems)
  const source: FileSource = {
    kind,
    device: {},
    about: [],
    files: listing.files,
    missing: [...new Set(cut)].filter((path) => !listing.find(path)).sort(),
    problems: problems.all(),
    open: async (file) => {
      const entry = listing.find(file.path)
      if (!entry) throw new AcquisitionError('NOT_FOUND', 'the archive lists no such file', 'list it again')
      const { path, size, offset } = entry
      return {
        path,
        size,
        chunks: () => archive.chunks(offset, size),
        head: async (length) => archive.read(offset, Math.min(length, size)),
        at: async (from, length) => archive.read(offset + from, Math.max(0, Math.min(length, size - from))),
        close: async () => {},
      }
    },
    close: () => archive.close(),
  }
  return kind === 'tar' ? Object.assign(source, await readDevice(source)) : source
}

async function local(path: string): Promise<LocalFile> {
  return LocalFile.open(
    await realpath(path).catch((error) => {
      throw unreadable(error)
    }),
  )
}

/** Whether a file's first 512 bytes are a tar's header. */
export function isTarHeader(start: Buffer): boolean {
  return headerOf(start) !== undefined
}

/** Whether a gzip begins with a tar's header, by expanding a few kilobytes of it. */
export function gzipHoldsTar(archive: ByteReader): boolean {
  try {
    const first = gunzipSync(archive.read(0, GLIMPSE), { finishFlush: constants.Z_SYNC_FLUSH })
    return headerOf(first.subarray(0, RECORD)) !== undefined
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) return false
    throw error
  }
}

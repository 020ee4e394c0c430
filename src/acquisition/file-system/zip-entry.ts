import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { type ByteReader, CHUNK, firstBytes } from '../byte-reader.ts'
import { entryPath } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import { EXPANDED } from '../expand.ts'
import type { OpenFile } from '../file-source.ts'
import { type ZipEntry, zipName } from './zip-directory.ts'

const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8

const damaged = (what: string) => new AcquisitionError('DAMAGED', `zip: ${what}`, 'get a whole copy of the archive')

/**
 * Where an entry's data begins, after its local header. Throws AcquisitionError DAMAGED where that header is not there or
 * tells another story: a name decides what a file may be taken for, so an entry with two names is read under neither.
 */
export function dataStart(archive: ByteReader, entry: ZipEntry): number {
  const header = archive.read(entry.offset, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) throw damaged('an entry is not where the list says')
  const nameLength = header.readUInt16LE(26)
  const name = archive.read(entry.offset + 30, nameLength)
  const named = entryPath(zipName(name))
  if (!('path' in named) || named.path !== entry.path)
    throw damaged('an entry has one name in the list and another of its own')
  if (header.readUInt16LE(8) !== entry.method) throw damaged('an entry is compressed in two ways')
  const start = entry.offset + 30 + nameLength + header.readUInt16LE(28)
  if (start + entry.compressed > entry.limit) throw damaged('an entry runs into the next')
  return start
}

/** Opens one entry. Throws AcquisitionError NOT_SUPPORTED for encryption and methods other than stored and deflated. */
export function openEntry(archive: ByteReader, entry: ZipEntry): OpenFile {
  if (entry.encrypted)
    throw new AcquisitionError('NOT_SUPPORTED', 'zip: the entry is encrypted', 'decrypt the archive first')
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const hint = 'pack the archive again with deflate'
    throw new AcquisitionError('NOT_SUPPORTED', `zip: compression method ${entry.method} is not supported`, hint)
  }
  const start = dataStart(archive, entry)
  const chunks = () => checked(raw(archive, entry, start), entry)
  return {
    path: entry.path,
    size: entry.size,
    chunks,
    head: async (length) =>
      entry.method === STORED
        ? archive.read(start, Math.min(length, entry.size))
        : firstBytes(chunks(), Math.min(length, entry.size)),
    ...(entry.method === STORED && {
      at: async (offset: number, length: number) =>
        archive.read(start + offset, Math.max(0, Math.min(length, entry.size - offset))),
    }),
    close: async () => {},
  }
}

function raw(archive: ByteReader, entry: ZipEntry, start: number): AsyncIterable<Uint8Array> {
  const compressed = archive.chunks(start, entry.compressed)
  return entry.method === STORED ? compressed : inflated(compressed)
}

async function* inflated(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: EXPANDED })
  // Its failure also ends `inflate`, where it is seen; a reader that stops early must not turn it into an unhandled one.
  const feeding = pipeline(Readable.from(compressed, { objectMode: false, highWaterMark: CHUNK }), inflate).catch(
    () => {},
  )
  try {
    for await (const chunk of inflate) yield chunk
  } catch (error) {
    if (error instanceof AcquisitionError) throw error
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw damaged('an entry cannot be decompressed')
    throw error
  } finally {
    inflate.destroy()
    await feeding
  }
}

/** Passes on at most the declared size, and at the end holds it and the CRC-32 against what came. */
async function* checked(chunks: AsyncIterable<Uint8Array>, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  let size = 0
  let crc = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > entry.size) throw damaged('an entry is longer than it declares')
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size < entry.size) throw damaged('an entry is shorter than it declares')
  if (crc !== entry.crc) throw damaged('an entry does not match its checksum')
}

import { createHash } from 'node:crypto'
import Database from 'better-sqlite3-multiple-ciphers'
import type { Problem } from '../../records/index.ts'
import { AcquisitionError } from '../errors.ts'
import type { FileSource, OpenFile } from '../file-source.ts'
import { onCopy } from './connection.ts'
import { notADatabase } from './damage.ts'
import { mendHeader, pageSizeOf } from './header.ts'
import { type Layer, withFile } from './logs.ts'
import { mendSchema } from './mend-schema.ts'
import { cutShort, type Merged } from './merged.ts'
import { overlayPages, pagesAfter } from './overlay.ts'

/** Reads a database into memory, puts its logs' pages in place and opens the result. Throws AcquisitionError DAMAGED. */
export async function mergeInMemory(source: FileSource, main: OpenFile, layers: readonly Layer[]): Promise<Merged> {
  let { image, sha256 } = await readWhole(main)
  for (const { file, overlay } of layers) {
    const { pageSize } = overlay
    const pages = pagesAfter(overlay, Math.ceil(image.length / pageSize))
    image = resized(image, pages * pageSize)
    await withFile(source, file, async (log) => {
      for await (const { page, bytes } of overlayPages(overlay, log.chunks()))
        if (page <= pages) bytes.copy(image, (page - 1) * pageSize)
    })
  }
  const problems: Problem[] = []
  if (image.length > 0) {
    const pageSize = pageSizeOf(image)
    if (pageSize === undefined) throw notADatabase(main.path)
    const lost = mendHeader(image, Math.floor(image.length / pageSize))
    if (lost > 0) problems.push(cutShort(main.path, lost))
  }
  const database = new Database(image)
  // SQLite has made its own copy. This one is let go now, not whenever memory is next tidied: it may be 32 MiB.
  if (image.buffer instanceof ArrayBuffer) image.buffer.transfer(0)
  problems.push(...mendSchema(database, main.path))
  return {
    connection: onCopy(database, () => {}),
    opened: Promise.resolve({ path: main.path, bytes: main.size, sha256 }),
    problems,
  }
}

async function readWhole(main: OpenFile): Promise<{ image: Buffer; sha256: string }> {
  const image = Buffer.alloc(main.size)
  const hash = createHash('sha256')
  let held = 0
  for await (const chunk of main.chunks()) {
    if (held + chunk.length > image.length)
      throw new AcquisitionError(
        'UNREADABLE',
        `${main.path} is longer than its size`,
        'was it changed while it was read?',
      )
    hash.update(chunk)
    image.set(chunk, held)
    held += chunk.length
  }
  return { image: image.subarray(0, held), sha256: hash.digest('hex') }
}

function resized(image: Buffer, length: number): Buffer {
  if (length <= image.length) return image.subarray(0, length)
  const longer = Buffer.alloc(length)
  image.copy(longer)
  return longer
}

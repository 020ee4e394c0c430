import { deflateRawSync } from 'node:zlib'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { AcquisitionError } from '../errors.ts'
import { memorySource } from './memory-source.fixture.ts'
import { openWithin } from './open-sqlite.ts'
import { makeLog } from './write-ahead-log.fixture.ts'

const FILE = { path: 'x.db' }

/**
 * Throws on anything but rows or an AcquisitionError, for databases bent at some places or cut, and with logs beside them
 * that are bent, cut, or whole and of some other database.
 */
export async function fuzzSqlite(options: fc.Parameters<[Record<string, Buffer>]>): Promise<void> {
  const image = makeImage()
  const log = makeLog(512, [
    { page: 2, pages: 0, bytes: image.subarray(512, 1024) },
    { page: 1, pages: image.length / 512, bytes: image.subarray(0, 512) },
  ])
  const bent = (whole: Buffer) =>
    fc
      .tuple(
        fc.array(fc.tuple(fc.oneof(fc.nat(whole.length - 1), fc.nat(120)), fc.nat(255)), { maxLength: 8 }),
        fc.integer({ min: 0, max: whole.length }),
        fc.boolean(),
      )
      .map(([changes, end, cut]) => {
        const bytes = Buffer.from(whole)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        return cut ? bytes.subarray(0, end) : bytes
      })
  // A log whose checksums hold, whatever it says.
  const made = fc
    .array(
      fc.record({ page: fc.oneof(fc.nat(9), fc.nat(0xffff_ffff)), pages: fc.oneof(fc.nat(9), fc.nat(0xffff_ffff)) }),
    )
    .map((frames) =>
      makeLog(
        512,
        frames.map((frame) => ({ ...frame, bytes: image.subarray(0, 512) })),
      ),
    )
  const files = fc.record(
    {
      'x.db': fc.oneof(bent(image), fc.constant(image)),
      'x.db-wal': fc.oneof(bent(log), made),
      'x.db-journal': fc.uint8Array({ maxLength: 2_000 }).map((noise) => Buffer.concat([JOURNAL, noise])),
    },
    { requiredKeys: ['x.db'] },
  )
  const report = (given: Record<string, Buffer>) =>
    Object.assign(given, { [fc.toStringMethod]: () => described(given) })
  await fc.assert(
    fc.asyncProperty(files.map(report), async (given) => {
      for (const inMemory of [1 << 30, 0]) await readAll(given, inMemory)
    }),
    options,
  )
}

/** A journal's header with one record to come, pages of 512 bytes and sectors of as many. */
const JOURNAL = Buffer.from('d9d505f920a163d7ffffffff00000000000000030000020000000200', 'hex')

async function readAll(files: Record<string, Buffer>, inMemory: number): Promise<void> {
  try {
    const reader = await openWithin(inMemory, memorySource(files), FILE)
    try {
      for (const name of ['t', 'u'])
        if (reader.tables.get(name)?.has('a')) reader.all(`SELECT a, b FROM ${name} WHERE b <> 'x'`)
    } finally {
      reader.close()
    }
  } catch (error) {
    if (error instanceof AcquisitionError || isMissingColumn(error)) return
    throw error
  }
}

/** A bent schema can name other columns: for the question asked here, that is a mistake and no damage. */
function isMissingColumn(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no such ')
}

function makeImage(): Buffer {
  const database = new Database(':memory:')
  database.pragma('page_size = 512')
  database.exec(`CREATE TABLE t (a, b UNIQUE); CREATE TABLE u (b TEXT PRIMARY KEY, a) WITHOUT ROWID; CREATE INDEX i ON t (a, b);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60)
    INSERT INTO t SELECT i, printf('%.*c', i * 20, 'x') FROM n;
    INSERT INTO u SELECT b, a FROM t`)
  const image = database.serialize()
  database.close()
  return image
}

/** The files of a failing example, packed: whole images would fill the screen. */
function described(files: Record<string, Buffer>): string {
  const packed = Object.entries(files).map(([name, bytes]) => `${name} ${deflateRawSync(bytes).toString('base64')}`)
  return packed.join('\n')
}

import assert from 'node:assert/strict'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { AcquisitionError, openSource } from '../../src/acquisition/index.ts'
import { makeTar } from '../../src/acquisition/file-system/tar.fixture.ts'
import { makeZip } from '../../src/acquisition/file-system/zip.fixture.ts'
import type { ExtractResult } from '../../src/extraction/index.ts'
import { SAMPLE_PASSWORD } from '../../src/sample/index.ts'
import { extractWith, grantFor } from '../extract-with.ts'
import type { OracleClause } from '../oracle.ts'
import { EVERYTHING, extract, folder, phone, place, recipient, written } from './ground.ts'
import { failsClearly, saysNothingMore } from './peel.ts'

// Sources that were sound and are not any more. Whatever was done to them: a clear error, or an extract whose counts add up
// and whose problems say what is wrong; nothing half done, and no time without end.

// CI takes more of them than a run by hand.
const RUNS = Number(process.env['PEEL_FLIPS'] ?? (process.env['CI'] ? 60 : 16))
const SEED = Number(process.env['PEEL_SEED'] ?? 9)
const grant = grantFor(EVERYTHING)
const narrow: OracleClause[] = [
  {
    id: 'C1',
    records: ['message', 'call'],
    between: { from: '2026-03-01T00:00:00Z', to: '2026-03-20T00:00:00Z' },
    context: 2,
  },
  { id: 'C2', records: ['message'], containing: { any: ['you', 'the'] } },
  { id: 'C3', records: ['media_item'], near: { lat: 52.41377, lon: -0.92461, radius_metres: 500 } },
]
const narrowGrant = grantFor(narrow)

/** Extracts in process. Undefined where the source was refused with a clear error. */
async function attempt(source: string, password?: string, which = grant): Promise<ExtractResult | undefined> {
  const out = place('out.peel')
  try {
    const opened = await openSource(source, password === undefined ? {} : { password })
    try {
      const result = await extractWith({ source: opened, grant: which, recipient, out })
      addUp(result)
      return result
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    assert.ok(error.message.length > 5 && error.hint.length > 5)
    return undefined
  } finally {
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.unfinished')))
    rmSync(out, { recursive: true, force: true })
  }
}

function addUp({ records, files }: ExtractResult): void {
  for (const [kind, { total, taken, context, left }] of Object.entries(records)) {
    const numbers = [total, taken, context, ...Object.values(left)]
    assert.ok(
      numbers.every((number) => Number.isSafeInteger(number) && number >= 0),
      kind,
    )
    assert.equal(
      total,
      Object.values(left).reduce((sum, number) => sum + number, taken),
      kind,
    )
  }
  assert.ok(files.not_opened >= 0 && files.opened >= 0 && files.missing >= 0)
}

const takenOf = (result: ExtractResult | undefined) =>
  Object.values(result?.records ?? {}).reduce((sum, { taken }) => sum + taken, 0)

interface Flip {
  readonly at: number
  readonly part: number
  readonly bit: number
}

const flip: fc.Arbitrary<Flip> = fc.record({
  at: fc.nat(1 << 20),
  // What decides most stands at the start and in the first pages.
  part: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    fc.double({ min: 0, max: 0.02, noNaN: true }),
  ),
  bit: fc.nat(7),
})

function flipped(bytes: Buffer, { part, bit }: Flip): Buffer {
  const copy = Buffer.from(bytes)
  const at = Math.min(copy.length - 1, Math.floor(copy.length * part))
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

/** Flips bits in some of the files of a source, one after the other, extracts, and puts them back. */
async function holdsUnderFlips(
  source: string,
  paths: readonly string[],
  password?: string,
  runs = RUNS,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 3 }), fc.boolean(), async (flips, all) => {
      const before = new Map<string, Buffer>()
      for (const one of flips) {
        const path = paths[one.at % paths.length] as string
        const bytes = readFileSync(path)
        if (bytes.length === 0) continue
        if (!before.has(path)) before.set(path, bytes)
        writeFileSync(path, flipped(bytes, one))
      }
      await attempt(source, password, all ? grant : narrowGrant)
      for (const [path, bytes] of before) writeFileSync(path, bytes)
    }),
    { numRuns: runs, seed: SEED, endOnFailure: true },
  )
}

async function copyOf(kind: Parameters<typeof phone>[0]): Promise<string> {
  const source = place(kind)
  cpSync((await phone(kind)).phone, source, { recursive: true })
  return source
}

const isDatabase = (path: string) =>
  statSync(path).isFile() && readFileSync(path).subarray(0, 15).toString('latin1') === 'SQLite format 3'
const filesOf = (source: string, pattern = '**/*') =>
  globSync(pattern, { cwd: source })
    .sort((a, b) => (a < b ? -1 : 1))
    .map((path) => join(source, path))
    .filter((path) => statSync(path).isFile())

for (const kind of ['ios-files', 'android-files'] as const) {
  test(`bits flipped in the databases of ${kind} and in their logs never stop an extraction, and the counts add up`, async () => {
    const source = await copyOf(kind)
    const databases = filesOf(source).filter((path) => isDatabase(path) || path.endsWith('-wal'))
    assert.ok(databases.length > 4)
    await holdsUnderFlips(source, databases)
  })

  test(`databases of ${kind} that end early are read as far as they go`, async () => {
    const source = await copyOf(kind)
    const whole = takenOf(await attempt(source))
    for (const path of filesOf(source).filter(isDatabase)) {
      const bytes = readFileSync(path)
      for (const keep of [0.7, 0.3, 0.02]) {
        writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * keep)))
        const result = await attempt(source)
        assert.ok(result)
        if (takenOf(result) < whole) assert.ok(result.problems.length > 0, 'records are lost in silence')
      }
      writeFileSync(path, bytes)
    }
    assert.equal(takenOf(await attempt(source)), whole)
  })

  test(`bits flipped in any file of ${kind}: pictures, films and property lists too`, async () => {
    const source = await copyOf(kind)
    await holdsUnderFlips(source, filesOf(source), undefined, Math.ceil(RUNS / 2))
  })
}

test('an iOS backup whose list, property lists or files have flipped bits', async () => {
  const source = await copyOf('ios-backup')
  const lists = ['Manifest.db', 'Manifest.plist', 'Info.plist', 'Status.plist'].map((name) => join(source, name))
  await holdsUnderFlips(source, lists)
  await holdsUnderFlips(source, filesOf(source, '??/*'), undefined, Math.ceil(RUNS / 2))
})

test('an encrypted iOS backup whose keys, list or files have flipped bits', async () => {
  const source = await copyOf('ios-backup-encrypted')
  const lists = ['Manifest.db', 'Manifest.plist'].map((name) => join(source, name))
  assert.ok(takenOf(await attempt(source, SAMPLE_PASSWORD)) > 100)
  await holdsUnderFlips(source, lists, SAMPLE_PASSWORD)
  await holdsUnderFlips(source, filesOf(source, '??/*'), SAMPLE_PASSWORD, Math.ceil(RUNS / 2))
})

test('an iOS backup whose lists end early, are empty or are missing', async () => {
  const original = (await phone('ios-backup')).phone
  for (const name of ['Manifest.db', 'Manifest.plist', 'Info.plist', 'Status.plist'])
    for (const keep of [undefined, 0, 0.5, 0.95]) {
      const source = place('cut')
      cpSync(original, source, { recursive: true })
      const path = join(source, name)
      const bytes = readFileSync(path)
      if (keep === undefined) rmSync(path)
      else writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * keep)))
      const result = await attempt(source)
      if (name === 'Manifest.db' && result !== undefined)
        assert.ok(result.problems.length > 0, 'a list that was cut says nothing')
      rmSync(source, { recursive: true })
    }
})

/** The phone as an archive. */
async function archives(): Promise<Record<string, Buffer>> {
  const { phone: source } = await phone('android-files')
  const files = filesOf(source).map((path) => ({ name: path.slice(source.length + 1), data: readFileSync(path) }))
  const tar = makeTar(files)
  return {
    'phone.zip': makeZip(files.map((file) => ({ ...file, method: 8 }))),
    'phone.tar': tar,
    'phone.tar.gz': gzipSync(tar),
    'phone.ab': readFileSync((await phone('android-backup')).phone),
  }
}

for (const [name, bytes] of Object.entries(await archives())) {
  test(`${name} with flipped bits is read or refused`, async () => {
    const path = place(name)
    await fc.assert(
      fc.asyncProperty(flip, fc.boolean(), async (one, all) => {
        writeFileSync(path, flipped(bytes, one))
        await attempt(path, undefined, all ? grant : narrowGrant)
      }),
      { numRuns: Math.ceil(RUNS / 2), seed: SEED, endOnFailure: true },
    )
  })

  test(`${name} that ends early is refused, or read as far as it goes, and said to be cut`, async () => {
    const whole = takenOf(await attempt(written(name, bytes)))
    assert.ok(whole > 100)
    for (const keep of [0.999, 0.9, 0.5, 0.1, 0.001]) {
      const result = await attempt(written(name, bytes.subarray(0, Math.floor(bytes.length * keep))))
      if (result && takenOf(result) < whole) assert.ok(result.problems.length > 0, `cut at ${keep} in silence`)
    }
  })

  test(`the command line says of ${name} that it is damaged, without a word of what is in it`, async () => {
    const { secrets } = await phone(name === 'phone.ab' ? 'android-backup' : 'android-files')
    for (const keep of [0.5, 0.01]) {
      const cut = written(name, bytes.subarray(0, Math.floor(bytes.length * keep)))
      const ran = await extract(cut, place('out.peel'))
      if (ran.code === 0) {
        saysNothingMore(ran, secrets)
        assert.match(ran.stdout + ran.stderr, /problem/)
      } else failsClearly(ran, 3, /./, secrets)
    }
  })
}

test('a file that is there and cannot be read is a problem, not an end', async () => {
  const source = await copyOf('ios-files')
  // A folder where the database of messages should be: its path is known, its bytes are not.
  const path = join(source, 'private/var/mobile/Library/SMS/sms.db')
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  mkdirSync(path)
  const result = await attempt(source)
  assert.ok(takenOf(result) > 0)
})

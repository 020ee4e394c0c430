import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { VaultError } from '../vault/index.ts'
import { CATALOGUE } from './catalogue-tables.ts'
import { Catalogue } from './catalogue.ts'
import { messageAt, seal, type Sealed } from './open-container.fixture.ts'
import { View } from './view.ts'

const RECORDS = Array.from({ length: 3_000 }, (_, row) =>
  messageAt(row, {
    thread: `thread-of-the-heron-${row % 7}`,
    body: `the heron waits ${row}`,
    from: { address: `+447700900${100 + (row % 50)}`, name: 'Dan Reeve' },
  }),
)

/** The pages of one whole look. */
function look(catalogue: Catalogue) {
  const view = new View(catalogue, 'main')
  return [view.kinds(), view.page({}, 20).total, view.people(5), view.conversations(5), view.histogram({}).bars]
}

const inode = (file: string) => statSync(file).ino

test('a catalogue is made once of a container; whoever opens it again is given what is kept', async (t) => {
  const sealed = await seal(t, RECORDS)
  const made = await Catalogue.open(await sealed.open(), sealed)
  const first = inode(sealed.file)
  const again = await Catalogue.open(await sealed.open(), sealed)
  assert.equal(inode(sealed.file), first)
  assert.deepEqual(look(again), look(made))
  assert.deepEqual(look(again), look(await Catalogue.open(await sealed.open(), { manifest: sealed.manifest })))
})

test('nothing of a record, no address and no name is in the file, nor beside it', async (t) => {
  const sealed = await seal(t, RECORDS)
  const reader = await sealed.open()
  let files = 0
  const ask = reader.ask.bind(reader)
  // At every slice, and so also in the middle.
  reader.ask = (sql, ...values) => {
    for (const name of readdirSync(dirname(sealed.file)).filter((name) => name.startsWith(basename(sealed.file)))) {
      files++
      const bytes = readFileSync(join(dirname(sealed.file), name))
      // Words of fewer letters stand in ciphertext by chance.
      for (const word of ['heron', '77009', 'Dan Reeve', 'SQLite', 'thread-of', 'item_party']) {
        assert(!bytes.includes(word), word)
        assert(!bytes.includes(Buffer.from(word, 'utf16le')), word)
      }
    }
    return ask(sql, ...values)
  }
  look(await Catalogue.open(reader, sealed))
  assert(files > 6)
  assert.deepEqual(readdirSync(dirname(sealed.file)).sort(), ['x.catalogue', 'x.peel'])
})

test('what is no catalogue of this container, or not whole, or of another version, is made anew', async (t) => {
  const sealed = await seal(t, RECORDS)
  const expected = look(await Catalogue.open(await sealed.open(), sealed))
  const other = await seal(t, RECORDS.slice(0, 50))
  await Catalogue.open(await other.open(), other)
  const spoil: readonly [what: string, how: (file: string) => unknown][] = [
    ['of another container', (file) => writeFileSync(file, readFileSync(other.file))],
    ['no database', (file) => writeFileSync(file, 'nothing')],
    ['empty', (file) => truncateSync(file, 0)],
    ['its first page only', (file) => truncateSync(file, 4096)],
    ['its first page altered', (file) => alter(file, 100)],
    [
      'of another version',
      async (file) => {
        const writer = (await sealed.open()).newCompanion(CATALOGUE, file)
        writer.run('CREATE TABLE made (version INTEGER, manifest TEXT)')
        writer.run('INSERT INTO made SELECT 0, ?', 'x')
        writer.finish()
      },
    ],
  ]
  for (const [what, how] of spoil) {
    await how(sealed.file)
    const before = inode(sealed.file)
    assert.deepEqual(look(await Catalogue.open(await sealed.open(), sealed)), expected, what)
    assert.notEqual(inode(sealed.file), before, what)
  }
  const before = inode(sealed.file)
  await Catalogue.open(await sealed.open(), { ...sealed, manifest: '{"of":"another"}' })
  assert.notEqual(inode(sealed.file), before, 'of another manifest')
})

test('a page of it that was altered is noticed when it is asked for, and is told from one of the container', async (t) => {
  const sealed = await seal(t, RECORDS)
  await Catalogue.open(await sealed.open(), sealed)
  const { size } = statSync(sealed.file)
  for (let at = 25 * 4096; at < size; at += 4096) alter(sealed.file, at + 1000)
  const catalogue = await Catalogue.open(await sealed.open(), sealed)
  assert.throws(
    () => new View(catalogue, 'main').page({}, 20),
    (error) => error instanceof VaultError && error.code === 'DAMAGED',
  )
  assert.equal(catalogue.isSound(), false)
  assert.equal((await whole(t)).isSound(), true)
})

test('where it cannot be kept it is made in memory; where making it is stopped, nothing is left', async (t) => {
  const sealed = await seal(t, RECORDS)
  const expected = look(await Catalogue.open(await sealed.open(), { manifest: sealed.manifest }))
  const nowhere = join(dirname(sealed.file), 'no', 'such', 'folder')
  assert.deepEqual(look(await Catalogue.open(await sealed.open(), { ...sealed, file: nowhere })), expected)

  const stop = new AbortController()
  const going = Catalogue.open(await sealed.open(), { ...sealed, stop: stop.signal })
  setImmediate(() => stop.abort(new Error('enough')))
  await assert.rejects(going, /enough/)
  assert.deepEqual(readdirSync(dirname(sealed.file)), ['x.peel'])
})

test('two who read it at once do not see what the other sets apart, and neither changes the file', async (t) => {
  const sealed = await seal(t, RECORDS)
  await Catalogue.open(await sealed.open(), sealed)
  const before = readFileSync(sealed.file)
  const [one, other] = [
    await Catalogue.open(await sealed.open(), sealed),
    await Catalogue.open(await sealed.open(), sealed),
  ]
  one.setTags([{ id: RECORDS[5]?.id as string, tag: 'privileged' }])
  other.setTags([{ id: RECORDS[6]?.id as string, tag: 'excess' }])
  assert.deepEqual(
    [one, other].map((each) => (['main', 'privileged', 'excess'] as const).map((lane) => new View(each, lane).count())),
    [
      [2_999, 1, 0],
      [2_999, 0, 1],
    ],
  )
  assert.throws(() => one.reader.ask('UPDATE item SET kind = 0'), /./)
  assert(readFileSync(sealed.file).equals(before))
})

async function whole(t: Parameters<typeof seal>[0]): Promise<Catalogue> {
  const sealed: Sealed = await seal(t, RECORDS.slice(0, 10))
  return Catalogue.open(await sealed.open(), sealed)
}

function alter(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

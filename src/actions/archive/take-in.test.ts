import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { makeSampleArchive } from '../../sample/index.ts'
import { testService } from '../../server/test-service.fixture.ts'
import type { Ops } from '../ops.ts'
import { anArchive, matchAgain, REC300 } from './an-archive.fixture.ts'
import { archivesLeftBehind } from './archive-work.ts'
import { checkCollected } from './check-collected.ts'
import { collectedFolders } from './collected.ts'
import { tryArchiveAgain } from './failed-archive.ts'
import { matchArchiveNow, startMatching } from './match-archive.ts'
import { newArchiveFaults, openArchive } from './open-archive.ts'
import { archiveOf } from './read-archive.ts'
import { takeInArchive } from './take-in.ts'

const GOES_ON = { ending: new AbortController().signal }

async function collected(t: TestContext, recordings = 10): Promise<{ ops: Ops; folder: string }> {
  const service = await testService(t)
  const data = dirname(service.ops.archivesFolder)
  const folder = join(data, 'collected')
  mkdirSync(folder)
  const made = makeSampleArchive(join(data, 'sample'), { recordings, seed: 'take in' })
  renameSync(made.archive, join(folder, 'handsets'))
  return { ops: { ...service.ops, collectedFolder: folder }, folder }
}

test('E14: only a folder that lies directly where archives are collected is opened, once, and by whoever manages archives', async (t) => {
  const { ops, folder } = await collected(t)
  writeFileSync(join(folder, 'a-file'), '')
  assert.deepEqual(await collectedFolders(ops), ['handsets'])
  const faults = (title: string, name: string) =>
    newArchiveFaults(ops, { title, folder: name }).map(({ field }) => field)
  for (const title of ['Handsets', 'Handsets 2016-2020']) assert.deepEqual(faults(title, 'handsets'), [])
  for (const name of ['', '..', '../collected/handsets', '/etc', 'elsewhere'])
    assert.deepEqual(faults('Handsets', name), ['folder'])
  assert.deepEqual(faults('Calls of 07700 900123', 'handsets'), ['title'])
  assert.deepEqual(faults(' ', 'handsets'), ['title'])
  const officer = { id: 'pc4321', name: 'Ada Holt', roles: ['investigator'], stepUp: true } as const
  await assert.rejects(openArchive(ops, officer, { title: 'Handsets', folder: 'handsets' }), { code: 'NOT_ALLOWED' })
  const opened = await Promise.allSettled(
    [1, 2].map(() => openArchive(ops, REC300, { title: 'Handsets', folder: 'handsets' })),
  )
  assert.deepEqual(opened.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal(
    (opened.find(({ status }) => status === 'rejected') as { reason: { reason: string } }).reason.reason,
    'ALREADY_OPEN',
  )
})

test('an archive whose folder is gone stops with the reason, is not taken up by itself, and goes on when somebody says so', async (t) => {
  const { ops, folder } = await collected(t)
  const id = await openArchive(ops, REC300, { title: 'Handsets', folder: 'handsets' })
  assert.deepEqual(await archivesLeftBehind(ops, 'taking_in'), [id])
  renameSync(join(folder, 'handsets'), join(folder, '.away'))
  assert.equal(await takeInArchive(ops, id, GOES_ON), 'over')
  assert.equal((await archiveOf(ops, id)).failure, 'COLLECTED_GONE')
  assert.deepEqual(await archivesLeftBehind(ops, 'taking_in'), [])
  renameSync(join(folder, '.away'), join(folder, 'handsets'))
  await tryArchiveAgain(ops, REC300, id)
  assert.equal(await takeInArchive(ops, id, GOES_ON), 'over')
  const archive = await archiveOf(ops, id)
  assert.deepEqual([archive.state, archive.failure, archive.summary?.recordings.number], ['taken_in', undefined, 10])
  await assert.rejects(tryArchiveAgain(ops, REC300, id), { reason: 'NOT_FAILED' })
})

test('a worker that is to end gives an archive back, and what it wrote is gone on with; two workers never have one at once', async (t) => {
  const { ops } = await collected(t)
  const id = await openArchive(ops, REC300, { title: 'Handsets', folder: 'handsets' })
  const ending = new AbortController()
  ending.abort()
  assert.equal(await takeInArchive(ops, id, { ending: ending.signal }), 'again')
  const both = await Promise.all([takeInArchive(ops, id, GOES_ON), takeInArchive(ops, id, GOES_ON)])
  assert.ok(both.includes('over'))
  const rows = await ops.store.db.selectFrom('archive_items').select('id').where('archive_id', '=', id).execute()
  assert.equal(rows.length, 10)
  assert.deepEqual(await archivesLeftBehind(ops, 'taking_in'), [])
})

test('what still lies where it was collected is counted by path and size, and noted as a place; gone is not the same as nothing there', async (t) => {
  const { ops, folder } = await collected(t)
  const id = await openArchive(ops, REC300, { title: 'Handsets', folder: 'handsets' })
  await takeInArchive(ops, id, GOES_ON)
  const lie = readdirSync(join(folder, 'handsets'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  const files = lie.length
  assert.deepEqual(await checkCollected(ops, REC300, id), { recordings: 10, there: 10, files, reached: true })
  const [first, second] = lie.map((one) => join(one.parentPath, one.name))
  rmSync(first ?? '')
  appendFileSync(second ?? '', 'x')
  assert.equal((await checkCollected(ops, REC300, id)).there, 8)
  // What is not known by its path may be one that was destroyed.
  for (const one of lie.slice(1)) renameSync(join(one.parentPath, one.name), join(one.parentPath, `moved-${one.name}`))
  assert.deepEqual(await checkCollected(ops, REC300, id), { recordings: 10, there: 0, files: files - 1, reached: true })
  rmSync(join(folder, 'handsets'), { recursive: true })
  // Nothing at all: it may be a disk that is not connected.
  assert.deepEqual(await checkCollected(ops, REC300, id), { recordings: 10, there: 0, files: 0, reached: false })
  mkdirSync(join(folder, 'handsets'))
  assert.deepEqual(await checkCollected(ops, REC300, id), { recordings: 10, there: 0, files: 0, reached: true })
  renameSync(join(folder, 'handsets'), join(folder, 'another'))
  assert.deepEqual(await checkCollected(ops, REC300, id), { recordings: 10, there: 0, files: 0, reached: true })
  const places = await ops.store.db
    .selectFrom('archive_places')
    .select(['found', 'superseded_at'])
    .where('archive_id', '=', id)
    .orderBy('at')
    .orderBy('superseded_at')
    .execute()
  assert.deepEqual(
    places.map(({ found }) => found),
    ['not_checked', 'still_there', 'still_there', 'still_there', 'not_reached', 'nothing_there', 'gone'],
  )
  assert.equal(places.filter(({ superseded_at: past }) => past === null).length, 1)
})

test('E14: what is protected or unresolved waits from its first matching until its day, however often it is matched again', async (t) => {
  const service = await testService(t)
  service.setNow(new Date('2027-03-01T12:00:00Z'))
  const { ops, id } = await anArchive(service, { recordings: 60 })
  const waiting = () =>
    ops.store.db
      .selectFrom('archive_items')
      .select(['id', 'class', 'deadline'])
      .where('archive_id', '=', id)
      .where('deadline', 'is not', null)
      .orderBy('id')
      .execute()
  const before = await waiting()
  assert.ok(before.length > 0)
  for (const { class: found, deadline } of before) {
    assert.ok(found === 'C' || found === 'D')
    assert.equal(deadline?.toISOString(), '2027-03-29T12:00:00.000Z')
  }
  service.setNow(new Date('2027-03-08T12:00:00Z'))
  await matchAgain(ops, id)
  assert.deepEqual(await waiting(), before)
  assert.equal((await archiveOf(ops, id)).matching, 2)
})

test('matching that is not asked for does nothing, and what is still being taken in is not matched', async (t) => {
  const { ops } = await collected(t)
  const id = await openArchive(ops, REC300, { title: 'Handsets', folder: 'handsets' })
  await assert.rejects(startMatching(ops, REC300, id), { reason: 'NOT_TAKEN_IN' })
  await takeInArchive(ops, id, GOES_ON)
  assert.equal(await matchArchiveNow(ops, id, GOES_ON), 'over')
  assert.equal((await archiveOf(ops, id)).state, 'taken_in')
})

test('E14: what comes in while an archive is matched is not passed over: it is matched with that, too, and counted once', async (t) => {
  const { ops, id } = await anArchive(await testService(t), { recordings: 30, matched: false })
  let asked = 0
  const keyring = new Proxy(ops.keyring, {
    get(real, name) {
      const member: unknown = Reflect.get(real, name)
      if (typeof member !== 'function') return member
      if (name !== 'useExtractIdentity') return member.bind(real) as unknown
      return async (...given: Parameters<Ops['keyring']['useExtractIdentity']>) => {
        const text = await real.useExtractIdentity(...given)
        // First the keys of its rows are lent; when registers are opened, what it goes by has been noted.
        if (++asked === 2) await hold()
        return text
      }
    },
  })
  const hold = () =>
    ops.store.db
      .insertInto('archive_holds')
      .values({ archive_id: id, thing: 'archive', reason: 'An inquest', set_by: 'iao310', set_at: ops.now() })
      .execute()
  await startMatching(ops, REC300, id)
  assert.equal(await matchArchiveNow({ ...ops, keyring }, id, GOES_ON), 'over')
  const { matching, counts } = await archiveOf(ops, id)
  assert.equal(matching, 1)
  assert.equal(counts?.classes.E, 0)
  assert.equal(counts?.codes['hold'], 30)
})

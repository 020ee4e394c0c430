// The disk of the whole service fills up: what cannot be written is not done, says so, and goes on when there is room.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  approveDestruction,
  beginUpload,
  destroyAbandoned,
  destroyPart,
  finishDestructions,
  LARGEST_CHUNK,
  leftBehind,
  type Ops,
  proposeDestruction,
  proposeExcessDestruction,
  receiveChunk,
  runExtraction,
  startExtraction,
} from '../../src/actions/index.ts'
import { somethingHeld } from '../../src/actions/retention/held.fixture.ts'
import { makeSample } from '../../src/sample/index.ts'
import { aGranted, begun, type Granted } from '../../src/server/pages/extraction/granted.fixture.ts'
import { type APart, aPart, recordsIn } from '../../src/server/pages/retention/a-part.fixture.ts'
import { type TestService, testService } from '../../src/server/test-service.fixture.ts'
import { soundLog } from './sound-log.ts'

const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const
const base = mkdtempSync(join(tmpdir(), 'peel-full-'))
let phone = ''
before(async () => {
  phone = (await makeSample('android-backup', join(base, 'phone'), { messages: 300 })).phone
})
after(() => rmSync(base, { recursive: true, force: true }))

/** A disk of its own in memory, gone with the test; undefined where this machine does not let us mount one. */
function ownDisk(t: TestContext, megabytes: number): string | undefined {
  const path = mkdtempSync(join(base, 'disk-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]).status !== 0) return undefined
  t.after(() => spawnSync('umount', ['-l', path]))
  return path
}

/** Fills a disk until so many bytes are left. */
function fill(disk: string, left = 0): void {
  const filler = openSync(join(disk, 'filler'), 'a')
  const block = Buffer.alloc(65_536)
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(disk)
      const more = bavail * bsize - left
      if (more <= 0) return
      writeSync(filler, block, 0, Math.min(block.length, more))
    }
  } finally {
    closeSync(filler)
  }
}

const makeRoom = (disk: string) => rmSync(join(disk, 'filler'), { force: true })

/** Waits until the service says of itself that it is ready. */
async function ready({ app }: TestService): Promise<void> {
  for (;;) {
    const { statusCode } = await app.inject({ method: 'GET', url: '/ready' })
    if (statusCode === 200) return
    await pause(100)
  }
}

/** A force with something of everything under way. */
interface AtWork {
  readonly service: TestService
  readonly queued: { readonly granted: Granted; readonly extraction: string }
  readonly uploading: { readonly granted: Granted; readonly upload: string }
  readonly held: { readonly extraction: string; readonly destruction: string }
  readonly part: APart & { readonly destruction: string }
}

async function atWork(t: TestContext, disk: string, told: string[]): Promise<AtWork> {
  const data = join(disk, 'data')
  mkdirSync(data)
  const service = await testService(t, { data, failed: (what) => told.push(what) })
  const { ops } = service
  const granted = await aGranted(service)
  const extraction = await begun(ops, granted, phone)
  const second = await aGranted(service)
  const upload = await beginUpload(ops, second.officer, {
    requestId: second.requestId,
    bytes: readFileSync(phone).length,
  })
  const held = await somethingHeld(ops)
  await ops.store.db
    .updateTable('holdings')
    .set({ relevance: 'not_relevant', reviewed_on: '2026-04-01', review_outcome: 'dispose' })
    .where('extraction_id', '=', held.extraction)
    .execute()
  const reason = 'Not relevant, and its time is over.'
  const first = await service.actor('rec300')
  const destruction = await proposeDestruction(ops, first, { extraction: held.extraction, reason })
  const part = await aPart(t, service)
  const goes = await proposeExcessDestruction(ops, await service.actor('dis210'), {
    extraction: part.extraction,
    reason,
  })
  return {
    service,
    queued: { granted, extraction },
    uploading: { granted: second, upload },
    held: { extraction: held.extraction, destruction },
    part: { ...part, destruction: goes },
  }
}

/** Does everything that waits; each may fail. Gives what was said to be done. */
async function everything({ service, queued, uploading, held, part }: AtWork): Promise<Set<string>> {
  const { ops } = service
  const done = new Set<string>()
  const tries = async (what: string, act: () => Promise<unknown>) => {
    await act().then(
      () => done.add(what),
      () => {},
    )
  }
  const whole = readFileSync(phone)
  await tries('uploaded', async () => {
    for (let offset = 0; offset < whole.length; offset += LARGEST_CHUNK)
      await receiveChunk(ops, uploading.granted.officer, uploading.upload, {
        offset,
        chunk: whole.subarray(offset, offset + LARGEST_CHUNK),
      })
  })
  await tries('destroyed', async () => approveDestruction(ops, await service.actor('rec301'), held.destruction))
  await tries('approved', async () => approveDestruction(ops, await service.actor('rec301'), part.destruction))
  await tries('part', () => destroyPart(ops, part.destruction, RUN))
  await tries('ran', () => runExtraction(ops, queued.extraction, RUN))
  return done
}

const rowsOf = async ({ store: { db } }: Ops, { queued, uploading, held, part }: AtWork) => ({
  extraction: await db.selectFrom('extractions').selectAll().where('id', '=', queued.extraction).executeTakeFirst(),
  upload: await db.selectFrom('uploads').selectAll().where('id', '=', uploading.upload).executeTakeFirst(),
  destruction: await db.selectFrom('destructions').selectAll().where('id', '=', held.destruction).executeTakeFirst(),
  part: await db.selectFrom('destructions').selectAll().where('id', '=', part.destruction).executeTakeFirst(),
})

/** What was said to be done is done, and nothing is that was not. */
async function soundNow(work: AtWork, done: ReadonlySet<string>): Promise<void> {
  const { service, queued, held, part } = work
  const { ops } = service
  const { extraction, upload, destruction, part: goes } = await rowsOf(ops, work)
  assert.equal(upload?.finished_at !== null, done.has('uploaded'))
  if (done.has('destroyed')) assert(destruction?.done_at)
  if (destruction?.done_at == null)
    assert(existsOrKeyGone(await ops.keyring.has(held.extraction), destruction?.approved_by))
  if (extraction?.state === 'sealed')
    assert((await recordsIn(ops, queued.extraction)).length > 0, 'what counts as sealed opens')
  if (goes?.resealed == null)
    assert.equal((await recordsIn(ops, part.extraction)).length, part.gone.length + part.kept.length)
  if (goes?.done_at != null) assert.equal((await recordsIn(ops, part.extraction)).length, part.kept.length)
}

/** A key goes only after two people said so. */
function existsOrKeyGone(has: boolean, approvedBy: string | null | undefined): boolean {
  return has || approvedBy != null
}

/** Once there is room: the timers and a worker do what they do, and whoever was told to try again does. Then all of it is done. */
async function goesOn(work: AtWork): Promise<void> {
  const { service, queued, part } = work
  const { ops } = service
  await ready(service)
  const { extraction } = await rowsOf(ops, work)
  let id = queued.extraction
  const { officer, requestId } = queued.granted
  if (extraction?.state === 'failed') {
    assert.equal(extraction.failure, 'NO_SPACE')
    const upload = String((extraction.source as Record<string, unknown>)['upload'])
    id = await startExtraction(ops, officer, { requestId, from: { upload } })
  }
  await everything({ ...work, queued: { ...queued, extraction: id } })
  for (const one of await leftBehind(ops)) await runExtraction(ops, one, RUN)
  await finishDestructions(ops)
  await destroyPart(ops, part.destruction, RUN)
  await destroyAbandoned(ops)
  const rows = await rowsOf(ops, { ...work, queued: { ...queued, extraction: id } })
  assert.equal(rows.extraction?.state, 'sealed')
  assert(rows.upload?.finished_at && rows.destruction?.done_at && rows.part?.done_at)
  assert.equal(await ops.keyring.has(work.held.extraction), false)
  assert.equal((await recordsIn(ops, part.extraction)).length, part.kept.length)
  assert.deepEqual(
    readdirSync(ops.extractsFolder).filter((name) => !name.endsWith('.peel')),
    [],
    'nothing is left half made',
  )
  await soundLog(ops)
}

test('on a full disk nothing is done, everything says so, and it goes on by itself when there is room', async (t) => {
  const disk = ownDisk(t, 320)
  if (disk === undefined) return t.skip('this machine does not let us mount a small disk')
  const told: string[] = []
  const work = await atWork(t, disk, told)
  const { service } = work
  const officer = await service.as('pc4321')
  fill(disk)
  const done = await everything(work)
  assert.deepEqual(
    [...done].filter((what) => what !== 'part' && what !== 'ran'),
    [],
  )
  await soundNow(work, done)
  const answer = await officer.post('/cases/new', { reference: '43/9/26', offence: 'Theft', group: '2' })
  assert.equal(answer.statusCode, 503)
  assert.match(answer.body, /Nothing can be recorded just now/)
  assert.match(answer.body, /nothing was saved/)
  assert(told.length > 0, 'whoever runs it is told')
  makeRoom(disk)
  await goesOn(work)
})

test('wherever the disk becomes full, nothing half done counts as done, and nothing acknowledged is lost', async (t) => {
  const disk = ownDisk(t, 320)
  if (disk === undefined) return t.skip('this machine does not let us mount a small disk')
  for (const left of [60_000, 200_000, 500_000]) {
    const folder = join(disk, String(left))
    mkdirSync(folder)
    const work = await atWork(t, folder, [])
    fill(disk, left)
    const done = await everything(work)
    await soundNow(work, done)
    makeRoom(disk)
    await goesOn(work)
    await work.service.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a database that ends itself because it cannot write is begun anew when there is room, with everything that it had', async (t) => {
  const disk = ownDisk(t, 320)
  if (disk === undefined) return t.skip('this machine does not let us mount a small disk')
  const work = await atWork(t, disk, [])
  const { ops } = work.service
  fill(disk)
  // As it does where its own journal has no room: at once, and with nothing put away. When that is so depends on how much of it is there already.
  process.kill(Number(readFileSync(join(disk, 'data/postgres/data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
  while (
    await ops.store.pool.query('SELECT 1').then(
      () => true,
      () => false,
    )
  )
    await pause(5)
  assert.equal((await work.service.app.inject({ method: 'GET', url: '/ready' })).statusCode, 503)
  makeRoom(disk)
  await goesOn(work)
})

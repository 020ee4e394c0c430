import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { drawSample as draw } from '../../../recordings/index.ts'
import { testService } from '../../../server/test-service.fixture.ts'
import { ActionError } from '../../action-error.ts'
import { anArchive, matchAgain } from '../an-archive.fixture.ts'
import { readStatistics } from '../figures/read-statistics.ts'
import { drawSample } from './draw-sample.ts'
import { judgeSampled } from './judge-sampled.ts'
import { lookAtSampled } from './look-at-sampled.ts'
import { readSamples } from './read-sample.ts'

const because = (reason: string) => (error: unknown) => error instanceof ActionError && error.reason === reason
const RIGHT = { outcome: 'right', says: '' } as const

async function anArchiveWith(t: TestContext) {
  const service = await testService(t)
  const archive = await anArchive(service)
  const [kit, isla, moss] = await Promise.all(['rec300', 'dis210', 'iao310'].map((id) => service.actor(id)))
  assert(kit && isla && moss)
  return { service, ...archive, kit, isla, moss }
}

test('E14: a sample is drawn by a seed that the log has, once a matching, and anybody draws the same again', async (t) => {
  const { id, ops, kit, moss } = await anArchiveWith(t)
  const { proposed } = await readSamples(ops, moss, id)
  await drawSample(ops, kit, id)
  const { current } = await readSamples(ops, moss, id)
  assert(current)
  assert.equal(current.of, proposed)
  assert.equal(current.items, proposed, 'fewer than 300 are all looked at')
  const { db } = ops.store
  const rows = await db
    .selectFrom('sampled_items')
    .select('item_id')
    .where('sample_id', '=', current.id)
    .orderBy('at')
    .execute()
  const ids = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .execute()
  assert.deepEqual(
    rows.map(({ item_id }) => item_id),
    draw(
      ids.map((one) => one.id),
      current.seed,
    ),
  )
  const logged = await db.selectFrom('statements').select('kind').where('kind', 'like', 'sample.%').execute()
  assert.deepEqual(logged, [{ kind: 'sample.drawn' }])
  await assert.rejects(drawSample(ops, kit, id), because('DRAWN'))
  await assert.rejects(drawSample(ops, moss, id), because('NOT_YOUR_ROLE'))
})

test('E14: who looks at one is in the log, and sees whose call it was and what every register says; nobody without a second factor', async (t) => {
  const { service, id, ops, kit, isla, truth } = await anArchiveWith(t)
  await drawSample(ops, kit, id)
  const seen = await lookAtSampled(ops, isla, id, 1)
  assert(seen.known)
  assert.deepEqual(seen.codes, ['no_tie'])
  assert.equal(seen.known.details.path, truth.get(seen.item)?.path)
  assert(seen.known.sources.holdings.length > 0, 'somebody held the phone that day')
  const logged = await ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('kind', '=', 'sample.looked')
    .execute()
  assert.equal(logged.length, 1)
  await assert.rejects(lookAtSampled(ops, await service.actor('dis210', { stepUp: false }), id, 1), because('STEP_UP'))
  await assert.rejects(lookAtSampled(ops, await service.actor('dpo400'), id, 1), because('NOT_YOUR_ROLE'))
  for (const at of [0, seen.of + 1, Number.NaN])
    await assert.rejects(lookAtSampled(ops, isla, id, at), because('NOT_FOUND'))
})

test('E14: a wrong one is held at once and nobody judges it again; when all are looked at, the sample says how many may be wrong', async (t) => {
  const { id, ops, kit, isla } = await anArchiveWith(t)
  await drawSample(ops, kit, id)
  const { item, of } = await lookAtSampled(ops, isla, id, 1)
  await assert.rejects(judgeSampled(ops, isla, id, 1, { outcome: 'wrong', says: ' ' }), because('says'))
  assert.equal(await judgeSampled(ops, isla, id, 1, { outcome: 'wrong', says: 'A case that the export lacks.' }), 2)
  const row = await ops.store.db
    .selectFrom('archive_items')
    .selectAll()
    .where('id', '=', item)
    .executeTakeFirstOrThrow()
  assert.equal(row.class, 'B')
  assert(row.codes.includes('hold'))
  await assert.rejects(judgeSampled(ops, kit, id, 1, RIGHT), because('LOOKED_AT'))
  for (let at: number | undefined = 2; at !== undefined; ) at = await judgeSampled(ops, kit, id, at, RIGHT)
  const { current } = await readSamples(ops, kit, id)
  assert(current)
  assert.deepEqual([current.state, current.looked, current.wrong, current.atMost], ['finished', of, 1, 1 / of])
  assert.deepEqual(current.lookers, [
    { name: 'Kit Abara', looked: of - 1 },
    { name: 'Isla Crane', looked: 1 },
  ])
  const kinds = await ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('kind', 'in', ['sample.judged', 'sample.finished', 'archive.hold_set'])
    .orderBy('id')
    .execute()
  assert.deepEqual(
    [kinds[0]?.kind, kinds[1]?.kind, kinds.at(-1)?.kind],
    ['archive.hold_set', 'sample.judged', 'sample.finished'],
  )
})

test('E14: when the archive is matched again the sample says nothing any more, and another is drawn', async (t) => {
  const { id, ops, kit } = await anArchiveWith(t)
  const first = await drawSample(ops, kit, id)
  await matchAgain(ops, id)
  await assert.rejects(judgeSampled(ops, kit, id, 1, RIGHT), because('VOID'))
  await assert.rejects(lookAtSampled(ops, kit, id, 1), because('VOID'))
  assert.deepEqual(
    (await readSamples(ops, kit, id)).before.map(({ id: one, state }) => [one, state]),
    [[first, 'void']],
  )
  assert.notEqual(await drawSample(ops, kit, id), first)
})

test('E17: what was found is told as it was found, whatever was destroyed since, and adds up', async (t) => {
  const { id, ops, kit, truth } = await anArchiveWith(t)
  const before = await readStatistics(ops, kit, id)
  assert.equal(before.found?.total.files, truth.size)
  const gone = await ops.store.db
    .updateTable('archive_items')
    .set({ state: 'destroyed', sealed: null })
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .returning('id')
    .execute()
  await matchAgain(ops, id)
  const after = await readStatistics(ops, kit, id)
  assert.deepEqual(after.found, before.found)
  const held = after.held.classes.map(({ files }) => files)
  if (held.every((one) => one !== undefined))
    assert.equal(
      held.reduce((sum, one) => sum + one, 0),
      truth.size - gone.length,
    )
  assert.deepEqual(
    after.held.classes.find((one) => one.class === 'E'),
    { class: 'E', files: 0 },
  )
})

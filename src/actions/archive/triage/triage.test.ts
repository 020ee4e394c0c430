import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../../server/test-service.fixture.ts'
import type { Ops } from '../../ops.ts'
import { anArchive, matchAgain } from '../an-archive.fixture.ts'
import { matchesNow } from '../matches-now.ts'
import { withArchiveKeys } from '../details.ts'
import { archiveOf } from '../read-archive.ts'
import {
  countRecordings,
  decideRecording,
  isHolder,
  liftArchiveHold,
  readArchiveHolds,
  readOwnArchives,
  readQueue,
  readRecordings,
  type RecordingPage,
  seeRecording,
  setArchiveHold,
  stateOwn,
  waitingRecordings,
} from './index.ts'

const WHY = 'The list of the unit was asked, and it says so.'

/** Rows of an archive as they are, in the order of their ids. */
function rowsOf({ store: { db } }: Ops, id: string) {
  return db
    .selectFrom('archive_items')
    .select(['id', 'class', 'codes', 'follows', 'phone', 'deadline', 'likely_copies'])
    .where('archive_id', '=', id)
    .orderBy('id')
    .execute()
}

async function logged({ store }: Ops, kind: string): Promise<string[]> {
  const rows = await store.db.selectFrom('statements').select('envelope').where('kind', '=', kind).execute()
  return rows.map(({ envelope }) =>
    Buffer.from(JSON.parse(envelope as unknown as string).payload, 'base64').toString('utf8'),
  )
}

test('triage of an archive', async (t) => {
  const service = await testService(t)
  const { id, ops, truth } = await anArchive(service, { recordings: 300 })
  const [reviewer, officer, owner, investigator] = await Promise.all(
    ['rec300', 'dis210', 'iao310', 'pc4321'].map((one) => service.actor(one)),
  )
  assert(reviewer && officer && owner && investigator)
  const of = async (found: string, code?: string) => {
    const rows = await rowsOf(ops, id)
    const one = rows.find((row) => row.class === found && (code === undefined || row.codes.join() === code))
    assert(one, `there is one of class ${found} ${code ?? ''}`)
    return one
  }

  await t.test('E14: recordings are listed by class and rule, page after page, and none twice', async () => {
    const counts = await countRecordings(ops, reviewer, id)
    assert.equal(counts.all, 300)
    const { counts: matched } = await archiveOf(ops, id)
    assert.deepEqual(counts.classes, matched?.classes)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page: RecordingPage = await readRecordings(ops, officer, id, { ...(after !== undefined && { after }) })
      seen.push(...page.recordings.map((one) => one.id))
      if (page.next === undefined) break
      after = page.next
    }
    assert.equal(new Set(seen).size, 300)
    for (const [code, n] of Object.entries(counts.codes).slice(0, 4)) {
      const { recordings } = await readRecordings(ops, officer, id, { filter: { code: code as 'no_tie' } })
      assert.equal(recordings.length, Math.min(50, n))
      assert(recordings.every(({ codes }) => codes.includes(code as 'no_tie')))
    }
    const { phone, month } =
      (await readRecordings(ops, officer, id, { filter: { class: 'E' } })).recordings[0]?.call ?? {}
    const { recordings } = await readRecordings(ops, officer, id, {
      filter: { phone: phone ?? 0, month: month ?? '' },
    })
    assert(recordings.length > 0)
    assert(recordings.every(({ call }) => call?.phone === phone && call?.month === month))
    await assert.rejects(readRecordings(ops, investigator, id), { code: 'NOT_ALLOWED' })
  })

  await t.test('E15: of what is protected, and of its copies, only the disclosure officer sees anything', async () => {
    const [{ id: one } = { id: '' }] = (await readRecordings(ops, reviewer, id, { filter: { class: 'C' } })).recordings
    const hidden = await seeRecording(ops, reviewer, { archive: id, recording: one })
    assert.deepEqual([hidden.hidden, hidden.known], [true, undefined])
    const shown = await seeRecording(ops, officer, { archive: id, recording: one })
    assert.equal(shown.known?.details.path, truth.get(one)?.path)
    const rows = await rowsOf(ops, id)
    const protectedIds = new Set(
      rows.filter((row) => (rows.find((of) => of.id === row.follows) ?? row).class === 'C').map((row) => row.id),
    )
    const copy = rows.find((row) => row.follows !== null && protectedIds.has(row.follows))
    if (copy !== undefined)
      assert.equal((await seeRecording(ops, owner, { archive: id, recording: copy.id })).hidden, true)
    for (const { phone } of rows.filter((row) => protectedIds.has(row.id))) {
      const filter = { phone: phone ?? 0 }
      for (const found of (await readRecordings(ops, reviewer, id, { filter })).recordings)
        assert(!protectedIds.has(found.id))
    }
    for (const { id: listed, call } of (await readQueue(ops, reviewer, id)).recordings)
      assert.equal(call === undefined, protectedIds.has(listed))
    assert.match((await logged(ops, 'recording.seen'))[0] ?? '', /"hidden":true/)
  })

  await t.test(
    'E14: whose call it is is shown after a proof, with every reason, and that stands in the log',
    async () => {
      const { id: one } = await of('B', 'live_case')
      await assert.rejects(seeRecording(ops, { ...reviewer, stepUp: false }, { archive: id, recording: one }), {
        reason: 'STEP_UP',
      })
      const seen = await seeRecording(ops, reviewer, { archive: id, recording: one })
      assert.equal(seen.known?.facts?.numbers.length, 1)
      assert.equal(seen.known?.reasons[0]?.code, 'live_case')
      assert((seen.known?.reasons[0]?.targets.length ?? 0) > 0)
      const log = (await logged(ops, 'recording.seen')).join('\n')
      assert.match(log, new RegExp(one))
      assert(!log.includes(seen.known?.facts?.numbers[0] ?? '+44'))
      await assert.rejects(seeRecording(ops, reviewer, { archive: id, recording: 'f'.repeat(32) }), {
        code: 'NOT_FOUND',
      })
    },
  )

  await t.test(
    'E14: what can be settled is released with all its reasons, and stays so until something new ties it',
    async () => {
      const one = await of('D', 'time_unknown').catch(() => of('D', 'number_unknown'))
      const at = { archive: id, recording: one.id }
      const said = { outcome: 'release', reasons: WHY, privilegedRoute: false, seen: one.codes.join(' ') }
      await assert.rejects(decideRecording(ops, reviewer, at, said), { code: 'NOT_ALLOWED' })
      await assert.rejects(decideRecording(ops, officer, at, { ...said, reasons: ' ' }), { code: 'NOT_VALID' })
      await assert.rejects(decideRecording(ops, officer, at, { ...said, seen: 'no_audio' }), { reason: 'CHANGED' })
      const before = await waitingRecordings(ops, officer)
      await decideRecording(ops, officer, at, said)
      assert.equal((await waitingRecordings(ops, officer))[0]?.waiting, (before[0]?.waiting ?? 0) - 1)
      assert.deepEqual((await rowsOf(ops, id)).find((row) => row.id === one.id)?.class, 'E')
      await assert.rejects(decideRecording(ops, officer, at, { ...said, seen: `${one.codes.join(' ')} released` }), {
        reason: 'FREE',
      })
      await matchAgain(ops, id)
      const again = (await rowsOf(ops, id)).find((row) => row.id === one.id)
      assert.deepEqual([again?.class, again?.codes], ['E', [...one.codes, 'released']])
      const seen = await seeRecording(ops, officer, at)
      assert.deepEqual(
        seen.decisions.map(({ outcome, by }) => [outcome, by]),
        [['release', 'Isla Crane']],
      )
      assert(!(await logged(ops, 'recording.decided')).join('').includes(WHY))
    },
  )

  await t.test(
    'E14: what has a live case, an operation or a hold is never released, nor is a copy decided by itself',
    async () => {
      for (const code of ['live_case', 'operation']) {
        const rows = (await rowsOf(ops, id)).filter((row) => row.codes.includes(code) && row.follows === null)
        assert(rows.length > 0, code)
        for (const row of rows.slice(0, 3))
          await assert.rejects(
            decideRecording(
              ops,
              officer,
              { archive: id, recording: row.id },
              { outcome: 'release', reasons: WHY, privilegedRoute: true, seen: row.codes.join(' ') },
            ),
            { reason: 'STAYS' },
            code,
          )
      }
      const copy = await of('F')
      await assert.rejects(
        decideRecording(
          ops,
          officer,
          { archive: id, recording: copy.id },
          { outcome: 'hold', reasons: WHY, privilegedRoute: false, seen: copy.codes.join(' ') },
        ),
        { reason: 'COPY' },
      )
    },
  )

  await t.test('E15: what is protected is released only after the route for such material', async () => {
    const row = (await rowsOf(ops, id)).find(
      (one) =>
        one.class === 'C' && one.codes.every((code) => ['protected_number', 'owner_confidential'].includes(code)),
    )
    assert(row)
    const at = { archive: id, recording: row.id }
    const said = { outcome: 'release', reasons: WHY, privilegedRoute: false, seen: row.codes.join(' ') }
    await assert.rejects(decideRecording(ops, officer, at, said), { code: 'NOT_VALID', reason: 'privilegedRoute' })
    await decideRecording(ops, officer, at, { ...said, privilegedRoute: true })
    assert.equal((await rowsOf(ops, id)).find((one) => one.id === row.id)?.class, 'E')
  })

  await t.test(
    'D9, E14: a hold makes what it is on B at once, matching finds the same, and lifting proposes nothing by itself',
    async () => {
      const rows = await rowsOf(ops, id)
      const free = rows.find((row) => row.class === 'E' && row.phone !== null && row.codes.join() === 'no_tie')
      assert(free)
      const { known } = await seeRecording(ops, reviewer, { archive: id, recording: free.id })
      const [number = ''] = known?.facts?.numbers ?? []
      const things = [
        { on: 'number', target: number.replace('+44', '0') },
        { on: 'device', target: String(free.phone) },
        { on: 'holder', target: known?.facts?.holders[0] ?? '' },
        { on: 'item', target: free.id },
        { on: 'archive', target: '' },
      ]
      for (const thing of things) {
        const { id: hold, recordings } = await setArchiveHold(ops, reviewer, id, { ...thing, reasons: 'An inquest.' })
        assert(recordings > 0, thing.on)
        const marked = await rowsOf(ops, id)
        const after: (typeof marked)[number] | undefined = marked.find((row) => row.id === free.id)
        assert.equal(after?.class, 'B', thing.on)
        assert(after?.codes.includes('hold') && !after.codes.includes('no_tie'))
        await matchAgain(ops, id)
        const found = new Map((await rowsOf(ops, id)).map((row) => [row.id, row]))
        for (const row of marked) {
          assert.equal(row.class, found.get(row.id)?.class, `${thing.on}: as matching finds it`)
          assert.equal(row.codes.includes('hold'), found.get(row.id)?.codes.includes('hold'))
          if (row.codes.includes('hold')) assert.equal(row.deadline, null)
        }
        const seen = await seeRecording(ops, reviewer, { archive: id, recording: free.id })
        assert(seen.known?.holds.some((one) => one.reasons === 'An inquest.'))
        await assert.rejects(liftArchiveHold(ops, officer, { archive: id, hold, reasons: WHY }), {
          code: 'NOT_ALLOWED',
        })
        await liftArchiveHold(ops, owner, { archive: id, hold, reasons: WHY })
        await assert.rejects(liftArchiveHold(ops, owner, { archive: id, hold, reasons: WHY }), { reason: 'LIFTED' })
        assert.equal((await rowsOf(ops, id)).find((row) => row.id === free.id)?.class, 'B')
        await matchAgain(ops, id)
        assert.equal((await rowsOf(ops, id)).find((row) => row.id === free.id)?.class, 'E')
      }
      const { holds } = await readArchiveHolds(ops, reviewer, id)
      assert.equal(holds.length, things.length)
      const all = JSON.stringify([holds, await logged(ops, 'archive.hold_set')])
      assert(!all.includes(number.slice(3)), 'a number')
      assert(!all.includes(known?.facts?.holders[0] ?? '?'), 'a holder')
    },
  )

  await t.test(
    'E14: a recording that is decided to be held is held by what matching, batches and certificates go by',
    async () => {
      const row = await of('D')
      await decideRecording(
        ops,
        officer,
        { archive: id, recording: row.id },
        { outcome: 'hold', reasons: 'The defence asked for it.', privilegedRoute: false, seen: row.codes.join(' ') },
      )
      const after = (await rowsOf(ops, id)).find((one) => one.id === row.id)
      assert.deepEqual([after?.class, after?.deadline], ['B', null])
      await withArchiveKeys(ops, await archiveOf(ops, id), async (keys) => {
        const match = (await matchesNow(ops, keys)).matches.find(({ item }) => item.id === row.id)
        assert.equal(match?.class, 'B')
      })
    },
  )

  await t.test(
    'E14: whoever held a phone says what its recordings are, in closed words, and it ties them when they are matched',
    async () => {
      const row = await of('E', 'no_tie')
      const { known } = await seeRecording(ops, reviewer, { archive: id, recording: row.id })
      const [holder = ''] = known?.facts?.holders ?? []
      const them = { ...investigator, id: holder }
      await ops.store.db
        .insertInto('people')
        .values({ id: holder, name: 'Ada Holt', roles: ['investigator'] })
        .execute()
      assert.equal(await isHolder(ops, them), true)
      assert.equal(await isHolder(ops, investigator), false)
      await assert.rejects(stateOwn(ops, them, id, { says: 'unclear', from: '', to: '' }), { code: 'NOT_VALID' })
      await assert.rejects(stateOwn(ops, them, id, { says: 'evidence', from: '2019-02-30', to: '' }), {
        code: 'NOT_VALID',
      })
      await stateOwn(ops, them, id, { says: 'maybe_evidence', from: '', to: '' })
      assert.equal((await readOwnArchives(ops, investigator))[0]?.statements.length, 0)
      assert.equal((await readOwnArchives(ops, them))[0]?.statements[0]?.says, 'maybe_evidence')
      assert.equal((await rowsOf(ops, id)).find((one) => one.id === row.id)?.class, 'E')
      await matchAgain(ops, id)
      const after = (await rowsOf(ops, id)).find((one) => one.id === row.id)
      assert.deepEqual([after?.class, after?.codes], ['B', ['owner_evidence']])
    },
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { somethingHeld } from '../actions/retention/held.fixture.ts'
import { leafFor } from '../events/index.ts'
import { Audit } from '../journal/index.ts'
import { testService, type TestService } from '../server/test-service.fixture.ts'
import type { Timer, TimerParts } from './timer.ts'
import { startTimers, TIMERS } from './timers.ts'

const MINUTE = 60_000

/** One turn of a timer. */
async function turn({ ops }: TestService, name: string): Promise<unknown> {
  const timer = TIMERS.find((one) => one.name === name)
  assert(timer, name)
  return timer.run({ ops, log: NO_LOG, audit: new Audit() })
}

const NO_LOG: TimerParts['log'] = {
  size: 0,
  cosign: async () => {},
  async *entriesFrom() {},
}

const kinds = async ({ ops }: TestService) =>
  (await ops.store.db.selectFrom('statements').select('kind').orderBy('id').execute()).map(({ kind }) => kind)

test('B29: an authorisation whose time is over is ended by the clock, logged once, and not before', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { grant } = await somethingHeld(ops)
  const until = new Date('2027-03-01T12:00:00Z')
  await ops.store.db.updateTable('decisions').set({ valid_until: until }).where('leaf', '=', grant).execute()
  service.setNow(new Date(until.getTime() - 1))
  assert.equal(await turn(service, 'authorisations whose time is over'), 0)
  service.setNow(until)
  assert.equal(await turn(service, 'authorisations whose time is over'), 1)
  assert.equal(await turn(service, 'authorisations whose time is over'), 0)
  assert.equal((await kinds(service)).filter((kind) => kind === 'authorisation.expired').length, 1)
})

test('C19: an extract that somebody left open is closed when its time is over', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction } = await somethingHeld(ops)
  const opened = new Date('2027-03-01T12:00:00Z')
  const ends = new Date(opened.getTime() + 30 * MINUTE)
  await ops.store.db
    .insertInto('openings')
    .values({
      extraction_id: extraction,
      person_id: 'rev200',
      purpose: 'enquiry',
      opened_at: opened,
      ends_at: ends,
    })
    .execute()
  service.setNow(new Date(ends.getTime() - 1))
  assert.equal(await turn(service, 'extracts left open'), 0)
  service.setNow(new Date(ends.getTime() + 5 * MINUTE))
  assert.equal(await turn(service, 'extracts left open'), 1)
  assert.equal(await turn(service, 'extracts left open'), 0)
  const row = await ops.store.db.selectFrom('openings').select('closed_at').executeTakeFirstOrThrow()
  assert.deepEqual(row.closed_at, ends)
  assert.equal((await kinds(service)).at(-1), 'extract.closed')
})

test('sign-ins that ended are removed, and those in use are not', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const start = new Date('2027-03-01T08:00:00Z')
  service.setNow(start)
  await service.as('pc4321')
  service.setNow(new Date(start.getTime() + 20 * MINUTE))
  const present = await service.as('pc4322')
  service.setNow(new Date(start.getTime() + 31 * MINUTE))
  assert.equal(await turn(service, 'sign-ins that ended'), 1)
  assert.equal((await present.get('/')).statusCode, 200)
  const left = await ops.store.db.selectFrom('sign_ins').select('person_id').execute()
  assert.deepEqual(left, [{ person_id: 'pc4322' }])
  assert.deepEqual(await kinds(service), ['access.signed_out'])
})

test('H14: a destruction that two people decided on and that was interrupted is taken up, after whoever approved it had their time', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction, caseId, pseudonym, grant } = await somethingHeld(ops)
  const { id } = await ops.store.db
    .insertInto('destructions')
    .values({ extraction_id: extraction, proposed_by: 'rec300', proposed_at: ops.now(), reason: 'r' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const about = { case: { caseId, pseudonym }, authorisation: grant }
  await ops.journal.record({
    kind: 'destruction.authorised',
    actor: 'iao310',
    ...about,
    details: { destruction: id, holding: extraction, proposed_by: 'rec300' },
  })
  const approved = new Date('2027-03-01T12:00:00Z')
  await ops.store.db.updateTable('destructions').set({ approved_by: 'iao310', approved_at: approved }).execute()
  service.setNow(approved)
  assert.equal(await turn(service, 'destructions that were interrupted'), 0)
  assert.equal(await ops.keyring.has(extraction), true)
  service.setNow(new Date(approved.getTime() + 10 * MINUTE))
  assert.equal(await turn(service, 'destructions that were interrupted'), 1)
  assert.equal(await ops.keyring.has(extraction), false)
})

test('the audit follows the log from where it was, and finds what may not stand there', async () => {
  const digest = 'A'.repeat(43)
  const at = new Date('2027-03-01T12:00:00Z')
  const entry = (n: number) => leafFor({ kind: 'case.opened', digest, at, casePseudonym: `${'p'.repeat(21)}A`, n })
  const entries = [entry(1), entry(2), Buffer.from('nothing of ours')]
  const log = {
    async *entriesFrom(from: number) {
      for (const [index, one] of entries.entries()) if (index >= from) yield { index, entry: one }
    },
  }
  const audit = new Audit()
  await Promise.all([audit.follow(log), audit.follow(log)])
  assert.deepEqual([audit.checked, audit.found], [3, 1])
  entries.push(entry(4))
  await audit.follow(log)
  assert.deepEqual([audit.checked, audit.found], [4, 2])
  assert.deepEqual(
    audit.findings.map(({ index, code }) => [index, code]),
    [
      [2, 'UNKNOWN_KIND'],
      [3, 'GAP'],
    ],
  )
})

test('timers go at once and again, one turn of each at a time; what fails is told and tried again; stopping waits', async () => {
  const told: string[] = []
  let turns = 0
  let atOnce = 0
  const timers: Timer[] = [
    {
      name: 'one',
      every: 1,
      async run() {
        atOnce++
        assert.equal(atOnce, 1)
        await pause(2)
        atOnce--
        if (++turns === 1) throw new Error('first')
      },
    },
  ]
  const parts = {} as TimerParts
  const { stop } = startTimers(parts, (what) => told.push(what), timers)
  // oxlint-disable-next-line no-unmodified-loop-condition -- the timer modifies it
  while (turns < 3) await pause(1)
  await stop()
  const done = turns
  assert.equal(atOnce, 0)
  await pause(10)
  assert.equal(turns, done)
  assert.deepEqual(told, ['one'])
})

test('the witnesses are asked at least hourly', () => {
  const timer = TIMERS.find(({ name }) => name === 'the witnesses of the log')
  assert(timer && timer.every <= 60 * MINUTE)
})

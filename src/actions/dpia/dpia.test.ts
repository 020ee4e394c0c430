import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPia } from '../../apps/dpia/cnil/a-pia.fixture.ts'
import { testService, type TestService } from '../../server/test-service.fixture.ts'
import { appPeople, ASKED, anApprovedAssessment, aWrittenDpia, refusedFor } from '../apps/an-app.fixture.ts'
import { askForApp } from '../apps/ask-app.ts'
import type { Actor } from '../ops.ts'
import { adviseOnDpia } from './advise-dpia.ts'
import { approveDpia } from './approve-dpia.ts'
import { beginDpia } from './begin-dpia.ts'
import { commissionerAdvised, consultCommissioner, reviewViews } from './consult-on-dpia.ts'
import { decideAdvice } from './decide-advice.ts'
import { exportDpia, readDpiaFile } from './read-dpias.ts'
import { sendForAdvice } from './send-for-advice.ts'
import { isSigned, reviseDpia, writeDpia } from './write-dpia.ts'

async function open(t: Parameters<typeof testService>[0]) {
  const service = await testService(t)
  service.setNow(new Date('2026-11-20T10:00:00Z'))
  const people = await appPeople(service)
  const app = await askForApp(service.ops, people.asker, ASKED)
  return { service, ops: service.ops, people, app }
}

/** Sent, advised on and the advice accepted; what people answered was looked at. */
async function advised({ ops }: TestService, people: Record<string, Actor>, dpiaId: string): Promise<void> {
  const { writer, officer, decider } = people as Record<'writer' | 'officer' | 'decider', Actor>
  await sendForAdvice(ops, writer, dpiaId)
  await adviseOnDpia(ops, officer, { dpiaId, advises: 'go_ahead', summary: 'It may go ahead.' })
  await decideAdvice(ops, decider, { dpiaId, outcome: 'accepted', reasons: '' })
  await reviewViews(ops, decider, { dpiaId, follows: true, reasons: '' })
}

test('C25: an assessment that lacks something is not sent for advice, and says what it lacks', async (t) => {
  const { ops, people, app } = await open(t)
  await assert.rejects(beginDpia(ops, people.decider, { reference: 'D/1', title: 'x' }), { code: 'NOT_ALLOWED' })
  const { id } = await beginDpia(ops, people.writer, { reference: 'D/1', title: 'Notes', app })
  await assert.rejects(beginDpia(ops, people.writer, { reference: 'D/1', title: 'x' }), { reason: 'reference' })
  assert.deepEqual(await refusedFor(sendForAdvice(ops, people.writer, id)), ['dpia_incomplete'])
  await assert.rejects(
    writeDpia(ops, people.writer, {
      dpiaId: id,
      seen: 1,
      part: 'step_1',
      change: (dpia) => ({ ...dpia, answers: { aims: 'hidden \u202e text' } }),
    }),
    { code: 'NOT_VALID', reason: 'document' },
  )
})

test('C29: the officer whom it names advises, decides and approves nothing, and is not passed by', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await aWrittenDpia(service, app)
  const advice = { dpiaId, advises: 'go_ahead', summary: 'It may go ahead.' } as const
  await assert.rejects(adviseOnDpia(ops, people.officer, advice), { reason: 'NOT_ASKED' })
  assert.deepEqual(await refusedFor(approveDpia(ops, people.decider, { dpiaId, part: 'measures' })), [
    'dpia_no_advice',
    'dpia_views_not_reviewed',
  ])
  await sendForAdvice(ops, people.writer, dpiaId)
  await assert.rejects(adviseOnDpia(ops, people.decider, advice), { code: 'NOT_ALLOWED' })
  await assert.rejects(adviseOnDpia(ops, { ...people.officer, id: 'dpo999' }, advice), { reason: 'OTHER_OFFICER' })
  await assert.rejects(decideAdvice(ops, people.decider, { dpiaId, outcome: 'accepted', reasons: '' }), {
    reason: 'NOT_ADVISED',
  })
  await adviseOnDpia(ops, people.officer, advice)
  await assert.rejects(decideAdvice(ops, people.officer, { dpiaId, outcome: 'accepted', reasons: '' }), {
    code: 'NOT_ALLOWED',
  })
  await assert.rejects(decideAdvice(ops, people.decider, { dpiaId, outcome: 'overruled', reasons: '' }), {
    reason: 'reasons',
  })
  const { advice: stored } = await decideAdvice(ops, people.decider, { dpiaId, outcome: 'accepted', reasons: '' })
  assert.deepEqual([stored?.by.id, stored?.decided_by.id, stored?.outcome], ['dpo400', 'iao310', 'accepted'])
})

test('C25: advice is on a text: whoever changes it afterwards asks anew', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await aWrittenDpia(service, app)
  await advised(service, people, dpiaId)
  const { row } = await readDpiaFile(ops, people.writer, dpiaId)
  await writeDpia(ops, people.owner, {
    dpiaId,
    seen: row.version,
    part: 'step_2',
    change: (dpia) => ({ ...dpia, answers: { ...dpia.answers, volume: 'Twice as much.' } }),
  })
  assert.deepEqual(await refusedFor(approveDpia(ops, people.decider, { dpiaId, part: 'measures' })), [
    'dpia_advice_older',
  ])
  await advised(service, people, dpiaId)
  await approveDpia(ops, people.decider, { dpiaId, part: 'measures' })
})

test('C25, H17: two parts are approved by two, neither of whom wrote it; then it changes no more but by another revision', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await aWrittenDpia(service, app)
  await advised(service, people, dpiaId)
  await assert.rejects(approveDpia(ops, people.writer, { dpiaId, part: 'measures' }), { code: 'NOT_ALLOWED' })
  // Whoever wrote it, even if they come to answer for data.
  const writer = { ...people.writer, roles: ['information_asset_owner'] as const }
  assert.deepEqual(await refusedFor(approveDpia(ops, writer, { dpiaId, part: 'measures' })), ['dpia_own_work'])
  await assert.rejects(
    approveDpia(ops, await service.actor('iao310', { stepUp: false }), { dpiaId, part: 'measures' }),
    { reason: 'STEP_UP' },
  )
  await approveDpia(ops, people.decider, { dpiaId, part: 'measures' })
  assert.deepEqual(await refusedFor(approveDpia(ops, people.decider, { dpiaId, part: 'residual_risk' })), [
    'dpia_one_person',
  ])
  await approveDpia(ops, people.second, { dpiaId, part: 'residual_risk' })
  const { standing, row } = await readDpiaFile(ops, people.writer, dpiaId)
  assert.equal(standing.verdict, 'in_date')
  const change = { dpiaId, seen: row.version, part: 'step_1', change: (dpia: typeof row.document) => dpia } as const
  await assert.rejects(writeDpia(ops, people.writer, change), { reason: 'SIGNED' })
  await assert.rejects(reviewViews(ops, people.decider, { dpiaId, follows: true, reasons: '' }), { reason: 'SIGNED' })
  const next = await reviseDpia(ops, people.owner, dpiaId)
  assert.deepEqual([next.revision, isSigned(next), next.advice], [2, false, undefined])
})

test('C26: with a high risk left the Commissioner is consulted, and the clock runs for six weeks', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await aWrittenDpia(service, app)
  await writeDpia(ops, people.writer, {
    dpiaId,
    seen: 2,
    part: 'residual',
    change: (dpia) => ({
      ...dpia,
      risks: dpia.risks.map((risk) => ({ ...risk, residual: 'high', effect: 'accepted' })),
    }),
  })
  await advised(service, people, dpiaId)
  const approve = () => approveDpia(ops, people.decider, { dpiaId, part: 'residual_risk' })
  assert.deepEqual(await refusedFor(approve()), ['dpia_commissioner_not_asked'])
  const ask = { dpiaId, extended: false }
  await assert.rejects(consultCommissioner(ops, people.decider, { ...ask, sent: '2026-12-01' }), { reason: 'sent' })
  await consultCommissioner(ops, people.decider, { ...ask, sent: '2026-11-20' })
  const event = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('kind', '=', 'dpia.commissioner_asked')
    .executeTakeFirstOrThrow()
  assert.match(Buffer.from(JSON.parse(event.envelope).payload, 'base64').toString(), /"due":"2027-01-01"/)
  assert.deepEqual(await refusedFor(approve()), ['dpia_commissioner_waits'])
  const answer = { dpiaId, on: '2026-11-20', summary: 'Not like this.' }
  await commissionerAdvised(ops, people.decider, { ...answer, mayBegin: false })
  assert.deepEqual(await refusedFor(approve()), ['dpia_commissioner_against'])
  await commissionerAdvised(ops, people.decider, { ...answer, mayBegin: true })
  await approve()
})

test('C25: an export of the CNIL’s tool comes in with its oddities, and goes back with what has no field here', async (t) => {
  const { ops, people } = await open(t)
  const pia = JSON.stringify(aPia())
  const { id, oddities } = await beginDpia(ops, people.writer, { reference: 'D/2', title: 'Notes', pia })
  assert.deepEqual(oddities, [])
  const { text } = await exportDpia(ops, people.writer, { dpiaId: id, form: 'cnil' })
  assert.deepEqual(JSON.parse(text).evaluations, JSON.parse(pia).evaluations)
  assert.deepEqual(Object.keys(JSON.parse(text)).sort(), Object.keys(JSON.parse(pia)).sort())
  await assert.rejects(beginDpia(ops, people.writer, { reference: 'D/3', title: 'x', pia: '[]' }), { reason: 'pia' })
  const own = await exportDpia(ops, people.officer, { dpiaId: id, form: 'peel' })
  assert.equal(JSON.parse(own.text).format, 'peel-dpia/1')
})

test('C25: an approved assessment is in date until its day of review', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await anApprovedAssessment(service, app)
  assert.equal((await readDpiaFile(ops, people.officer, dpiaId)).standing.verdict, 'in_date')
  service.setNow(new Date('2027-10-20T00:00:00Z'))
  assert.equal((await readDpiaFile(ops, people.officer, dpiaId)).standing.verdict, 'review_due')
})

test('C25, C29: of two who ask for advice, give it, or decide on it at once, one has done so', async (t) => {
  const { service, ops, people, app } = await open(t)
  const dpiaId = await aWrittenDpia(service, app)
  const one = async (kind: string, ...acts: readonly Promise<unknown>[]) => {
    const ended = await Promise.allSettled(acts)
    assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1, kind)
    const { rows } = await ops.store.pool.query('SELECT 1 FROM statements WHERE kind = $1', [kind])
    assert.equal(rows.length, 1, kind)
  }
  await one('dpia.sent', sendForAdvice(ops, people.writer, dpiaId), sendForAdvice(ops, people.owner, dpiaId))
  const advise = (advises: 'go_ahead' | 'not_to_go_ahead') =>
    adviseOnDpia(ops, people.officer, { dpiaId, advises, summary: 'So it is.' })
  await one('dpia.advised', advise('go_ahead'), advise('not_to_go_ahead'))
  await one(
    'dpia.advice_decided',
    decideAdvice(ops, people.decider, { dpiaId, outcome: 'accepted', reasons: '' }),
    decideAdvice(ops, people.second, { dpiaId, outcome: 'overruled', reasons: 'It is needed.' }),
  )
})

test('C25: of two who begin an assessment under one reference at once the second is told', async (t) => {
  const { ops, people } = await open(t)
  const begin = (who: Actor) => beginDpia(ops, who, { reference: 'D/2', title: 'Notes' })
  const ended = await Promise.allSettled([begin(people.writer), begin(people.owner)])
  const said = ended.map((one) => (one.status === 'fulfilled' ? 'begun' : one.reason.reason))
  assert.deepEqual(said.sort(), ['begun', 'reference'])
  const { rows } = await ops.store.pool.query(`SELECT 1 FROM statements WHERE kind = 'dpia.begun'`)
  assert.equal(rows.length, 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { aRequest, anAgreement, served } from '../decision/a-request.fixture.ts'
import type { Ops } from '../ops.ts'
import { agreementPaper, waitingAgreements } from './read-agreement.ts'
import { recordAgreement } from './record-agreement.ts'
import { recordRefusal } from './record-refusal.ts'
import { tellGuardian } from './tell-guardian.ts'

async function statusOf({ store }: Ops, id: string) {
  return (await store.db.selectFrom('requests').select('status').where('id', '=', id).executeTakeFirst())?.status
}

async function kindsOf({ store }: Ops, caseId: string) {
  const rows = await store.db
    .selectFrom('statements')
    .select('kind')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind }) => kind)
}

test('an answer to the notice', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const officer = await service.actor('pc4321')
  const refuses = async (answer: Parameters<typeof anAgreement>[1], reason: string, id: string) => {
    await assert.rejects(recordAgreement(ops, officer, anAgreement(id, answer)), { reason })
    assert.equal(await statusOf(ops, id), 'notice_served')
  }

  await t.test(
    'B15: agreement counts only after the notice, read and without pressure, and never in the future',
    async () => {
      const { id } = await aRequest(ops, officer)
      await assert.rejects(recordAgreement(ops, officer, anAgreement(id)), { code: 'NOT_NOW', reason: 'REQUEST_DRAFT' })
      await served(ops, officer, id)
      await refuses({ noUnduePressure: false }, 'PRESSURE_NOT_EXCLUDED', id)
      await refuses({ noticeRead: false }, 'NOTICE_NOT_READ', id)
      await refuses({ at: new Date(ops.now().getTime() - 60_000) }, 'BEFORE_NOTICE', id)
      await refuses({ at: new Date(ops.now().getTime() + 60_000) }, 'IN_THE_FUTURE', id)
      await recordAgreement(ops, officer, anAgreement(id, { ownWords: 'Yes, if it helps.' }))
      assert.equal(await statusOf(ops, id), 'agreed')
      const row = await ops.store.db
        .selectFrom('agreements')
        .selectAll()
        .where('request_id', '=', id)
        .executeTakeFirstOrThrow()
      assert.deepEqual([row.own_words, row.no_undue_pressure, row.taken_by], ['Yes, if it helps.', true, 'pc4321'])
    },
  )

  await t.test('B15: the database itself takes no agreement without the declaration on pressure', async () => {
    const { id } = await aRequest(ops, officer)
    await assert.rejects(
      ops.store.db
        .insertInto('agreements')
        .values({
          request_id: id,
          outcome: 'agreed',
          given_by: 'user',
          given_by_name: 'Mina Okoro',
          confirmed: 'written',
          happened_at: ops.now(),
          taken_by: officer.id,
        })
        .execute(),
      /check constraint/,
    )
  })

  await t.test('B29: they agree to what the notice says: another scope needs another notice', async () => {
    const { id } = await aRequest(ops, officer)
    await served(ops, officer, id)
    const { document } = await ops.store.db
      .selectFrom('requests')
      .select('document')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const scope = (document['scope'] as object[]).slice(0, 1)
    await ops.store.db
      .updateTable('requests')
      .set({ document: JSON.stringify({ ...document, scope }) })
      .where('id', '=', id)
      .execute()
    await refuses({}, 'NOTICE_OF_ANOTHER_SCOPE', id)
  })

  await t.test(
    'B11 and G10: a child cannot agree; a parent can, and whoever is asked last says why nobody nearer was',
    async () => {
      const { id } = await aRequest(ops, officer, { userIs: 'child' })
      await served(ops, officer, id, { to: 'parent-or-guardian' })
      await refuses({ viewsOfChild: 'She wants it.' }, 'NOT_ON_THE_LADDER', id)
      await refuses({ by: 'responsible-adult', viewsOfChild: 'x', age: 40 }, 'NOTICE_SERVED_ON_ANOTHER', id)
      await served(ops, officer, id, { to: 'responsible-adult' })
      const adult = { by: 'responsible-adult', name: 'Tess Amari', viewsOfChild: 'She wants it.', age: 40 } as const
      await refuses(adult, 'NO_REASON_FOR_FALLBACK', id)
      await refuses({ ...adult, age: 17, whyNoOtherPerson: 'abroad' }, 'UNDER_18', id)
      await recordAgreement(ops, officer, anAgreement(id, { ...adult, whyNoOtherPerson: 'Both parents are abroad.' }))
      assert.equal(await statusOf(ops, id), 'agreed')
    },
  )

  await t.test(
    'H2: the responsible adult is not somebody who could use the power, whatever they say of themselves',
    async () => {
      const { id } = await aRequest(ops, officer, { userIs: 'child' })
      await served(ops, officer, id, { to: 'responsible-adult' })
      const adult = { by: 'responsible-adult', viewsOfChild: 'x', age: 40, whyNoOtherPerson: 'abroad' } as const
      await refuses({ ...adult, name: 'Tess Amari', authorisedPerson: true }, 'FALLBACK_ADULT', id)
      // On the list of staff, written with another case and spaces.
      await refuses({ ...adult, name: ' carys  WYNN' }, 'FALLBACK_ADULT', id)
    },
  )

  await t.test("B12: a child's views are recorded, or why they could not be had", async () => {
    const { id, caseId } = await aRequest(ops, officer, { userIs: 'child' })
    await served(ops, officer, id, { to: 'parent-or-guardian' })
    await refuses({ by: 'parent-or-guardian' }, 'NO_VIEWS_OF_CHILD', id)
    await refuses({ by: 'parent-or-guardian', viewsOfChild: '  ' }, 'NO_VIEWS_OF_CHILD', id)
    await recordAgreement(
      ops,
      officer,
      anAgreement(id, { by: 'parent-or-guardian', viewsOfChild: 'She is fine with it.' }),
    )
    assert(await kindsOf(ops, caseId).then((kinds) => kinds.includes('agreement.recorded')))
  })

  await t.test('B14: for an adult without capacity an attorney agrees, whose document was looked at', async () => {
    const { id } = await aRequest(ops, officer, { userIs: 'adult-without-capacity' })
    await served(ops, officer, id, { to: 'attorney' })
    await refuses({ by: 'attorney', name: 'Tess Amari', age: 50 }, 'DOCUMENT_NOT_SEEN', id)
    await refuses({ by: 'user' }, 'NOT_ON_THE_LADDER', id)
    await recordAgreement(
      ops,
      officer,
      anAgreement(id, { by: 'attorney', name: 'Tess Amari', age: 50, authority: 'LPA 12' }),
    )
  })

  await t.test('B17: what was said aloud is written down, with why, and a copy is given', async () => {
    const { id } = await aRequest(ops, officer)
    await served(ops, officer, id)
    await refuses({ confirmed: 'oral', ownWords: 'Yes.' }, 'NO_REASON_FOR_ORAL', id)
    await refuses({ confirmed: 'oral', whyOral: 'broken wrist' }, 'NO_RECORD_OF_WORDS', id)
    await refuses({ copyGiven: false }, 'NO_COPY', id)
    await recordAgreement(
      ops,
      officer,
      anAgreement(id, { confirmed: 'oral', whyOral: 'A broken wrist.', ownWords: 'Yes.' }),
    )
    const row = await ops.store.db
      .selectFrom('agreements')
      .selectAll()
      .where('request_id', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(row.why_oral, 'A broken wrist.')
    assert(row.copy_given_at)
    const paper = await agreementPaper(ops, officer, id, 'oral-record')
    assert.match(JSON.stringify(paper.parts), /A broken wrist/)
  })

  await t.test(
    'B24: a refusal is a normal outcome: it is recorded, nothing else changes, and no reason is asked',
    async () => {
      const { id, caseId } = await aRequest(ops, officer)
      await served(ops, officer, id)
      const before = await ops.store.db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
      await recordRefusal(ops, officer, { requestId: id })
      assert.equal(await statusOf(ops, id), 'refused_by_user')
      assert.deepEqual(
        await ops.store.db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst(),
        before,
      )
      assert.deepEqual(await kindsOf(ops, caseId), ['notice.served', 'agreement.refused'])
      assert.equal((await agreementPaper(ops, officer, id, 'refused')).kind, 'refused')
      await assert.rejects(recordAgreement(ops, officer, anAgreement(id)), { reason: 'REQUEST_REFUSED_BY_USER' })
    },
  )

  await t.test('one answer is recorded, also when the form comes twice at once', async () => {
    const { id, caseId } = await aRequest(ops, officer)
    await served(ops, officer, id)
    const both = await Promise.allSettled([
      recordAgreement(ops, officer, anAgreement(id)),
      recordRefusal(ops, officer, { requestId: id }),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    assert.equal((await kindsOf(ops, caseId)).length, 2)
  })

  await t.test('B13: where a responsible adult agreed, a parent is told or it is said why not, once', async () => {
    const made = await aRequest(ops, officer, { userIs: 'child' })
    await served(ops, officer, made.id, { to: 'responsible-adult' })
    await recordAgreement(
      ops,
      officer,
      anAgreement(made.id, {
        by: 'responsible-adult',
        name: 'Tess Amari',
        age: 40,
        viewsOfChild: 'She wants it.',
        whyNoOtherPerson: 'Both parents are abroad.',
      }),
    )
    // Told that the power was used: only when it was.
    assert(!(await waitingAgreements(ops, officer)).some(({ id }) => id === made.id))
    await ops.store.db
      .insertInto('extractions')
      .values({ request_id: made.id, state: 'sealed', source: '{}', queued_by: 'ext510', queued_at: ops.now() })
      .execute()
    assert.equal((await waitingAgreements(ops, officer)).find(({ id }) => id === made.id)?.next, 'tell-guardian')
    await assert.rejects(tellGuardian(ops, officer, { requestId: made.id, told: false, reason: ' ' }), {
      reason: 'NO_REASON',
    })
    await tellGuardian(ops, officer, { requestId: made.id, told: true, reason: 'The mother, by telephone.' })
    await assert.rejects(tellGuardian(ops, officer, { requestId: made.id, told: true, reason: 'again' }), {
      reason: 'GUARDIAN_TOLD_BEFORE',
    })
    assert(!(await waitingAgreements(ops, officer)).some(({ id }) => id === made.id))
    assert.equal((await kindsOf(ops, made.caseId)).filter((kind) => kind === 'agreement.guardian_told').length, 1)
    const { id } = await aRequest(ops, officer)
    await served(ops, officer, id)
    await recordAgreement(ops, officer, anAgreement(id))
    await assert.rejects(tellGuardian(ops, officer, { requestId: id, told: true, reason: 'x' }), {
      reason: 'NO_FALLBACK_ADULT',
    })
  })
})

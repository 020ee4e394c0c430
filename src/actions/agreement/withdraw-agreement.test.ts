import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import { leafFor, LeafInvariants, openEvent, parseLeaf } from '../../events/index.ts'
import { testService } from '../../server/test-service.fixture.ts'
import type { ExtractionState } from '../../store/index.ts'
import { aGrant, agreedAndSent, aRequest, aSubmittedRequest } from '../decision/a-request.fixture.ts'
import { grantRequest } from '../decision/grant-request.ts'
import { readsAtKiosk, withdrawAgreement, withdrawByCode } from './withdraw-agreement.ts'

test('a change of mind', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const officer = await service.actor('pc4321')
  const inspector = await service.actor('insp77')
  const extraction = async (requestId: string, state: ExtractionState, code?: string, source = '{}') => {
    const { id } = await ops.store.db
      .insertInto('extractions')
      .values({
        request_id: requestId,
        state,
        source,
        queued_by: 'ext510',
        queued_at: ops.now(),
        receipt_digest: code === undefined ? null : hash('sha256', code, 'buffer'),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const stopOf = async (id: string) =>
    (await ops.store.db.selectFrom('extractions').select('stop').where('id', '=', id).executeTakeFirst())?.stop
  const granted = async () => {
    const made = await aSubmittedRequest(ops, officer)
    await grantRequest(ops, inspector, aGrant(made.id, ops.now()))
    return made
  }
  const statusOf = async (id: string) =>
    (await ops.store.db.selectFrom('requests').select('status').where('id', '=', id).executeTakeFirst())?.status

  await t.test('B23: before the extraction: nothing was taken, and nothing will be', async () => {
    const { id } = await granted()
    const queued = await extraction(id, 'queued')
    const { stage, letter } = await withdrawAgreement(ops, officer, { requestId: id, channel: 'telephone' })
    assert.deepEqual(
      [stage, letter.kind, await stopOf(queued), await statusOf(id)],
      ['before', 'withdrawn-before', 'agreement-withdrawn', 'withdrawn'],
    )
    const decision = await ops.store.db
      .selectFrom('decisions')
      .selectAll()
      .where('request_id', '=', id)
      .executeTakeFirst()
    assert.equal(decision?.ended_because, 'agreement-withdrawn')
  })

  await t.test('B23: during the extraction it stops at once', async () => {
    const { id } = await granted()
    const running = await extraction(id, 'running')
    const { stage, letter } = await withdrawAgreement(ops, officer, { requestId: id, channel: 'in-person' })
    assert.deepEqual([stage, letter.kind, await stopOf(running)], ['during', 'withdrawn-during', 'agreement-withdrawn'])
  })

  await t.test('B23: a copy that lies at the kiosk is left to those whose it is, and the letter says so', async () => {
    const { id } = await granted()
    await extraction(id, 'running', undefined, JSON.stringify({ kind: 'kiosk', name: 'AH-1' }))
    const { letter } = await withdrawAgreement(ops, officer, { requestId: id, channel: 'telephone' })
    assert.match(JSON.stringify(letter), /cannot delete it/)
    assert(await readsAtKiosk(ops, id))
  })

  await t.test('B23: after the extraction nothing more is taken, and the letter says what has to stay', async () => {
    const { id } = await granted()
    const sealed = await extraction(id, 'sealed')
    const { stage, letter } = await withdrawAgreement(ops, officer, { requestId: id, channel: 'paper' })
    assert.deepEqual([stage, letter.kind, await stopOf(sealed)], ['after', 'withdrawn-after', null])
    const row = await ops.store.db.selectFrom('withdrawals').selectAll().where('request_id', '=', id).executeTakeFirst()
    assert.deepEqual([row?.taken_by, row?.channel, row?.stage], ['pc4321', 'paper', 'after'])
  })

  await t.test(
    'B23: whoever holds the code on the receipt withdraws without an account and without a reason',
    async () => {
      const { id, caseId } = await granted()
      await extraction(id, 'sealed', 'AB12-CD34')
      await assert.rejects(withdrawByCode(ops, 'AB12-CD35'), { code: 'NOT_FOUND' })
      const { stage } = await withdrawByCode(ops, 'AB12-CD34')
      assert.equal(stage, 'after')
      const rows = await ops.store.db
        .selectFrom('statements')
        .select(['actor', 'kind'])
        .where('case_id', '=', caseId)
        .orderBy('id', 'desc')
        .limit(2)
        .execute()
      assert.deepEqual(rows, [
        { actor: 'device-user', kind: 'authorisation.withdrawn' },
        { actor: 'device-user', kind: 'agreement.withdrawn' },
      ])
      await assert.rejects(withdrawByCode(ops, 'AB12-CD34'), { code: 'NOT_NOW' })
    },
  )

  await t.test('B23: a request that nobody has decided yet is withdrawn with its agreement', async () => {
    const { id, caseId } = await aSubmittedRequest(ops, officer)
    const { stage } = await withdrawAgreement(ops, officer, { requestId: id, channel: 'page' })
    assert.equal(stage, 'before')
    await assert.rejects(grantRequest(ops, inspector, aGrant(id, ops.now())), { code: 'NOT_NOW' })
    const rows = await ops.store.db.selectFrom('statements').select('kind').where('case_id', '=', caseId).execute()
    assert(!rows.some(({ kind }) => kind === 'authorisation.withdrawn' || kind === 'authorisation.granted'))
  })

  await t.test('what was not agreed cannot be withdrawn', async () => {
    const { id } = await aRequest(ops, officer)
    await assert.rejects(withdrawAgreement(ops, officer, { requestId: id, channel: 'page' }), {
      reason: 'REQUEST_DRAFT',
    })
  })

  await t.test('a grant and a withdrawal at once: either it is not granted, or the grant has ended', async () => {
    for (let round = 0; round < 4; round++) {
      const { id, caseId } = await aRequest(ops, officer)
      await agreedAndSent(ops, officer, id)
      const [grant, withdrawal] = await Promise.allSettled([
        grantRequest(ops, inspector, aGrant(id, ops.now())),
        withdrawAgreement(ops, officer, { requestId: id, channel: 'telephone' }),
      ])
      assert.equal(withdrawal.status, 'fulfilled')
      assert.equal(await statusOf(id), 'withdrawn')
      const rows = await ops.store.db.selectFrom('statements').select('kind').where('case_id', '=', caseId).execute()
      const has = (kind: string) => rows.some((row) => row.kind === kind)
      assert.equal(has('authorisation.granted'), grant.status === 'fulfilled')
      assert.equal(has('authorisation.withdrawn'), grant.status === 'fulfilled')
    }
  })

  await t.test('everything above stands in the log as its invariants want it', async () => {
    const rows = await ops.store.db
      .selectFrom('statements')
      .select(['envelope', 'leaf', 'kind', 'pseudonym', 'n', 'authorisation_leaf', 'digest', 'happened_at'])
      .where('leaf', 'is not', null)
      .orderBy('leaf')
      .execute()
    const invariants = new LeafInvariants()
    for (const row of rows) {
      const { kind } = openEvent(row.envelope, [])
      const leaf = parseLeaf(
        leafFor({
          kind,
          digest: row.digest,
          casePseudonym: row.pseudonym ?? undefined,
          n: row.n ?? undefined,
          authorisation: row.authorisation_leaf ?? undefined,
          at: row.happened_at,
        }),
      )
      assert.deepEqual(invariants.add(leaf), [])
    }
  })
})

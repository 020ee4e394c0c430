import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAuthorisation } from '../../authorisation/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import { testService } from '../../server/test-service.fixture.ts'
import type { Actor, Ops } from '../ops.ts'
import { newVersion } from '../request/new-version.ts'
import { readRequest } from '../request/read-request.ts'
import { savePart } from '../request/save-part.ts'
import { submitRequest } from '../request/submit-request.ts'
import { aGrant, agreedAndSent, aSubmittedRequest, WRITTEN } from './a-request.fixture.ts'
import { endAuthorisation, expireAuthorisations } from './end-authorisation.ts'
import { grantRequest } from './grant-request.ts'
import { narrowRequest } from './narrow-request.ts'
import { trustedKeys } from './person-key.ts'
import { waitingDecisions } from './read-decision.ts'
import { refuseRequest, returnRequest } from './turn-down.ts'

const REASONS = { necessity: 'It is not needed for this.', proportionality: 'It reaches too far into her life.' }
const DAY = 86_400_000

test('a decision', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const officer = await service.actor('pc4321')
  const inspector = await service.actor('insp77')
  const row = (id: string) =>
    ops.store.db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const decisions = (id: string) =>
    ops.store.db.selectFrom('decisions').selectAll().where('request_id', '=', id).execute()
  const kinds = async (caseId: string) =>
    (
      await ops.store.db.selectFrom('statements').select('kind').where('case_id', '=', caseId).orderBy('id').execute()
    ).map(({ kind }) => kind)
  const undecided = async (id: string) => {
    assert.equal((await row(id)).status, 'submitted')
    assert.deepEqual(await decisions(id), [])
  }

  await t.test(
    'B26: a grant is signed by both, stands in the log, and can be checked by anybody who has the keys',
    async () => {
      const { id, caseId } = await aSubmittedRequest(ops, officer)
      const { digest, leaf } = await grantRequest(ops, inspector, aGrant(id, ops.now()))
      const [decision] = await decisions(id)
      assert(decision?.envelope)
      assert.deepEqual([decision.digest, decision.leaf, decision.outcome], [digest, leaf, 'granted'])
      assert.equal(openEnvelope(decision.envelope).signatures.length, 2)
      const trust = await trustedKeys(ops, ['pc4321', 'insp77'])
      const checked = checkAuthorisation(decision.envelope, { trust, now: ops.now().getTime() })
      assert(checked.granted)
      assert.deepEqual(checked.scope, WRITTEN.scope)
      assert.deepEqual(
        [checked.authorisation.requested_by.id, checked.authorisation.authorised_by.id, checked.authorisation.version],
        ['pc4321', 'insp77', 1],
      )
      assert.equal(checked.digest, digest)
      const statement = await ops.store.db
        .selectFrom('statements')
        .select('kind')
        .where('leaf', '=', leaf)
        .executeTakeFirst()
      assert.equal(statement?.kind, 'authorisation.granted')
      assert.equal((await kinds(caseId)).at(-1), 'authorisation.granted')
    },
  )

  await t.test('B4: necessity and proportionality are two tests, each with a reason of its own', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    for (const [reasons, reason] of [
      [{ necessity: ' ' }, 'NO_NECESSITY'],
      [{ proportionality: '' }, 'NO_PROPORTIONALITY'],
      [{ necessity: 'The same.', proportionality: ' the  SAME' }, 'SAME_REASON_TWICE'],
    ] as const) {
      await assert.rejects(grantRequest(ops, inspector, { ...aGrant(id, ops.now()), ...reasons }), { reason })
      await assert.rejects(refuseRequest(ops, inspector, { requestId: id, ...REASONS, ...reasons }), { reason })
      await assert.rejects(returnRequest(ops, inspector, { requestId: id, ...REASONS, ...reasons }), { reason })
    }
    await undecided(id)
  })

  await t.test('B27: only a rank that may decide decides', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    for (const rank of ['sergeant', 'detective sergeant', undefined])
      await assert.rejects(grantRequest(ops, { ...inspector, rank }, aGrant(id, ops.now())), { reason: 'RANK' })
    await undecided(id)
    await grantRequest(ops, { ...inspector, rank: 'temporary detective chief inspector' }, aGrant(id, ops.now()))
  })

  await t.test('H3: nobody decides on their own request, nor in their own case, whatever roles they hold', async () => {
    const both = { ...officer, rank: 'inspector', roles: ['investigator', 'authorising_officer'] as const }
    const { id } = await aSubmittedRequest(ops, officer)
    const all = [
      () => grantRequest(ops, both, aGrant(id, ops.now())),
      () => narrowRequest(ops, both, { requestId: id, ...REASONS, without: ['C2'], windows: {} }),
      () => refuseRequest(ops, both, { requestId: id, ...REASONS }),
      () => returnRequest(ops, both, { requestId: id, ...REASONS }),
    ]
    for (const decide of all) await assert.rejects(decide(), { code: 'NOT_ALLOWED', reason: 'SAME_PERSON' })
    assert(!(await waitingDecisions(ops, both)).some((one) => one.id === id))
    assert((await waitingDecisions(ops, inspector)).some((one) => one.id === id))
    const other = await aSubmittedRequest(ops, officer, { openedBy: 'insp78' })
    await assert.rejects(grantRequest(ops, await service.actor('insp78'), aGrant(other.id, ops.now())), {
      reason: 'SAME_PERSON',
    })
    await undecided(id)
  })

  await t.test('H3: nobody grants without having just proved who they are', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    const without = await service.actor('insp77', { stepUp: false })
    await assert.rejects(grantRequest(ops, without, aGrant(id, ops.now())), { reason: 'STEP_UP' })
    await undecided(id)
  })

  await t.test('H12 and C29: the data protection officer sees a request and decides nothing', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    await assert.rejects(grantRequest(ops, await service.actor('dpo400'), aGrant(id, ops.now())), {
      reason: 'NOT_YOUR_ROLE',
    })
  })

  await t.test('of two who decide at once one decides, and the log knows of one', async () => {
    const other = await service.actor('insp78')
    for (let round = 0; round < 3; round++) {
      const { id, caseId } = await aSubmittedRequest(ops, officer)
      const both = await Promise.allSettled([
        grantRequest(ops, inspector, aGrant(id, ops.now())),
        grantRequest(ops, other, aGrant(id, ops.now())),
        refuseRequest(ops, other, { requestId: id, ...REASONS }),
      ])
      assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
      for (const one of both)
        if (one.status === 'rejected') assert.match(one.reason.reason, /^REQUEST_(?:GRANTED|REFUSED)$/)
      assert.equal((await decisions(id)).length, 1)
      assert.equal((await kinds(caseId)).filter((kind) => /granted|authorisation.refused/.test(kind)).length, 1)
    }
  })

  await t.test('the same form twice grants once', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    await grantRequest(ops, inspector, aGrant(id, ops.now()))
    await assert.rejects(grantRequest(ops, inspector, aGrant(id, ops.now())), { reason: 'REQUEST_GRANTED' })
    assert.equal((await decisions(id)).length, 1)
  })

  await t.test('B29: what was altered after it was sent is not signed for its requester', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    const { document } = await row(id)
    const scope = (document['scope'] as object[]).map((clause) => ({ ...clause, with: ['+447700900999'] }))
    await ops.store.db
      .updateTable('requests')
      .set({ document: JSON.stringify({ ...document, scope }) })
      .where('id', '=', id)
      .execute()
    await assert.rejects(grantRequest(ops, inspector, aGrant(id, ops.now())), { reason: 'NOT_AS_SUBMITTED' })
    await undecided(id)
  })

  await t.test(
    'B29: less than was asked is another version, with a notice, an agreement and a decision of its own',
    async () => {
      const { id, caseId } = await aSubmittedRequest(ops, officer)
      const { nextId } = await narrowRequest(ops, inspector, {
        requestId: id,
        ...REASONS,
        without: ['C2'],
        windows: { C1: { from: '2026-03-05T00:00:00Z', to: '2026-03-09T00:00:00Z' } },
      })
      const next = await row(nextId)
      assert.deepEqual(
        [(await row(id)).status, next.status, next.version, next.supersedes],
        ['narrowed', 'draft', 2, id],
      )
      assert.deepEqual(
        (next.document['scope'] as { id: string; between: object }[]).map(({ id, between }) => [id, between]),
        [['C1', { from: '2026-03-05T00:00:00Z', to: '2026-03-09T00:00:00Z' }]],
      )
      await assert.rejects(grantRequest(ops, inspector, aGrant(nextId, ops.now())), { reason: 'REQUEST_DRAFT' })
      assert(!(await kinds(caseId)).includes('authorisation.granted'))
      // What was written of more than is left is looked at again first: after the notice nothing of it changes.
      const { open } = await readRequest(ops, officer, nextId)
      assert.deepEqual(
        open.map(({ part }) => part).filter((part) => part !== 'code'),
        ['lines', 'necessity', 'proportionality'],
      )
      await assert.rejects(agreedAndSent(ops, officer, nextId), { reason: 'NOTICE_INCOMPLETE' })
      await lookedAtAgain(ops, officer, nextId)
      await agreedAndSent(ops, officer, nextId)
      await grantRequest(ops, inspector, aGrant(nextId, ops.now()))
      const [decision] = await decisions(nextId)
      const trust = await trustedKeys(ops, ['pc4321', 'insp77'])
      // The narrower version is the first that was granted: it supersedes nothing.
      const checked = checkAuthorisation(decision?.envelope ?? '', { trust, now: ops.now().getTime() })
      assert(checked.granted)
      assert.equal(checked.authorisation.version, 1)
    },
  )

  await t.test('B29: narrowing only ever takes away', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    const narrow = (without: string[], windows: Record<string, { from: string; to: string }>) =>
      narrowRequest(ops, inspector, { requestId: id, ...REASONS, without, windows })
    await assert.rejects(narrow([], {}), { reason: 'NOTHING_CHANGED' })
    await assert.rejects(narrow(['C1', 'C2'], {}), { reason: 'NOTHING_LEFT' })
    await assert.rejects(narrow(['C9'], {}), { reason: 'NO_SUCH_CLAUSE' })
    await assert.rejects(narrow([], { C1: { from: '2026-02-01T00:00:00Z', to: '2026-03-09T00:00:00Z' } }), {
      reason: 'WIDER',
    })
    await assert.rejects(narrow([], { C1: { from: '2026-03-09T00:00:00Z', to: '2026-03-05T00:00:00Z' } }), {
      reason: 'NO_WINDOW',
    })
    await undecided(id)
  })

  await t.test('B29: a granted version ends the one before, and names it', async () => {
    const { id, caseId } = await aSubmittedRequest(ops, officer)
    const first = await grantRequest(ops, inspector, aGrant(id, ops.now()))
    const nextId = await newVersion(ops, officer, { id })
    await agreedAndSent(ops, officer, nextId)
    // Another inspector: both of their keys, and the first's, are needed to check the chain.
    const second = await grantRequest(ops, await service.actor('insp78'), aGrant(nextId, ops.now()))
    const [before] = await decisions(id)
    const [after] = await decisions(nextId)
    assert.deepEqual([(await row(id)).status, before?.ended_because], ['superseded', 'varied'])
    const trust = await trustedKeys(ops, ['pc4321', 'insp77', 'insp78'])
    const facts = { trust, now: ops.now().getTime(), versions: [before?.envelope ?? '', after?.envelope ?? ''] }
    const newer = checkAuthorisation(after?.envelope ?? '', facts)
    assert(newer.granted)
    assert.deepEqual([newer.authorisation.version, newer.authorisation.supersedes], [2, first.digest])
    const older = checkAuthorisation(before?.envelope ?? '', facts)
    assert(!older.granted && older.refusals[0]?.code === 'SUPERSEDED')
    assert.notEqual(first.digest, second.digest)
    assert((await kinds(caseId)).includes('authorisation.varied'))
  })

  await t.test('a request that was returned can be sent again; one that was refused cannot', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    await returnRequest(ops, inspector, { requestId: id, ...REASONS })
    assert.equal((await row(id)).status, 'returned')
    await submitRequest(ops, officer, { id })
    await refuseRequest(ops, inspector, { requestId: id, ...REASONS })
    assert.equal((await row(id)).status, 'refused')
    await assert.rejects(submitRequest(ops, officer, { id }), { code: 'NOT_NOW' })
    assert.deepEqual(
      (await decisions(id)).map(({ outcome }) => outcome),
      ['returned', 'refused'],
    )
  })

  await t.test('a grant has an end, within the longest time that one can last', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    const now = ops.now()
    for (const [validUntil, reason] of [
      [new Date(now.getTime() - DAY), 'ENDS_BEFORE_IT_BEGINS'],
      [new Date(now.getTime() + 91 * DAY), 'TOO_LONG'],
      [new Date(Number.NaN), 'NO_DAY'],
    ] as const)
      await assert.rejects(grantRequest(ops, inspector, { ...aGrant(id, now), validUntil }), { reason })
    await undecided(id)
  })

  await t.test('what is no longer necessary is ended before its time, and what runs under it stops', async () => {
    const { id, caseId } = await aSubmittedRequest(ops, officer)
    await grantRequest(ops, inspector, aGrant(id, ops.now()))
    const { id: extraction } = await ops.store.db
      .insertInto('extractions')
      .values({ request_id: id, state: 'running', source: '{}', queued_by: 'ext510', queued_at: ops.now() })
      .returning('id')
      .executeTakeFirstOrThrow()
    await endAuthorisation(ops, inspector, { requestId: id, because: 'no-longer-necessary' })
    const stopped = await ops.store.db
      .selectFrom('extractions')
      .select('stop')
      .where('id', '=', extraction)
      .executeTakeFirst()
    assert.equal(stopped?.stop, 'authorisation-ended')
    assert.equal((await kinds(caseId)).at(-1), 'authorisation.withdrawn')
    await assert.rejects(endAuthorisation(ops, inspector, { requestId: id, because: 'mistake' }), { code: 'NOT_NOW' })
  })

  await t.test('a grant whose time is over ends by itself, once, in however many processes', async () => {
    const { id, caseId } = await aSubmittedRequest(ops, officer)
    const { validUntil } = await grantRequest(ops, inspector, aGrant(id, ops.now()))
    await expireAuthorisations(ops, new Date(validUntil.getTime() - 1))
    assert.equal((await row(id)).status, 'granted')
    const ended = await Promise.all([expireAuthorisations(ops, validUntil), expireAuthorisations(ops, validUntil)])
    assert((ended[0] ?? 0) + (ended[1] ?? 0) >= 1)
    const [decision] = await decisions(id)
    assert.deepEqual([(await row(id)).status, decision?.ended_because], ['expired', 'expired'])
    assert.equal((await kinds(caseId)).filter((kind) => kind === 'authorisation.expired').length, 1)
    assert.equal(await expireAuthorisations(ops, validUntil), 0)
  })
})

/** Saves anew, as it stands, what was written of more than is asked for now. */
async function lookedAtAgain(ops: Ops, officer: Actor, id: string): Promise<void> {
  const [line] = WRITTEN.lines_of_enquiry ?? []
  assert(line)
  const belief = { direction: 'either', data: 'messages', facts: 'Her statement of 9 March.' } as const
  await savePart(ops, officer, { id, answer: { part: 'line', line: { ...line, ...belief } } })
  await savePart(ops, officer, { id, answer: { part: 'necessity', text: 'Nothing else shows who proposed it.' } })
  await savePart(ops, officer, { id, answer: { part: 'proportionality', text: 'One person, and five days.' } })
}

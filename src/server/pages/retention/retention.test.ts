import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  approveDestruction,
  destroyExtract,
  finishDestructions,
  readDestruction,
  setHold,
} from '../../../actions/index.ts'
import { somethingHeld } from '../../../actions/retention/held.fixture.ts'
import { type EventKind, leafFor, LeafInvariants, parseLeaf } from '../../../events/index.ts'
import { type TestService, testService } from '../../test-service.fixture.ts'

const REASON = 'It was looked at, and nothing in it is about the robbery.'

/** A review that decided that it goes, by somebody who is not its officer. */
async function reviewedAway(service: TestService, extraction: string): Promise<void> {
  const reviewer = await service.as('rec300')
  const done = await reviewer.post(`/retention/${extraction}/review`, {
    relevance: 'not_relevant',
    evidence: 'no',
    outcome: 'destroy',
    reasons: REASON,
  })
  assert.equal(done.statusCode, 303, done.body)
}

async function proposed(service: TestService, extraction: string): Promise<string> {
  const reviewer = await service.as('rec300')
  const done = await reviewer.post(`/retention/${extraction}/destroy`, { reason: 'The review decided so.' })
  assert.equal(done.statusCode, 303, done.body)
  return /\/destructions\/([^?]+)/.exec(String(done.headers.location))?.[1] ?? ''
}

const kinds = async ({ ops }: TestService) =>
  (await ops.store.db.selectFrom('statements').select('kind').orderBy('leaf').execute()).map(({ kind }) => kind)

test('D6, C8: what is held shows its verdict with reasons, its review date and who answers for it', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  const page = await (await service.as('rec300')).get(`/retention/${extraction}`)
  assert.match(page.body, /Review now/)
  assert.match(page.body, /Ada Holt/)
  assert.match(page.body, /No review has decided yet whether it is relevant/)
  const home = await (await service.as('rec300')).get('/')
  assert.match(home.body, /Review AB\/1 in 43\//)
})

test('C19: somebody outside the case who does not answer for what is held does not learn that it is there', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  assert.equal((await (await service.as('pc4322')).get(`/retention/${extraction}`)).statusCode, 404)
  assert.equal((await (await service.as('adm500')).get(`/retention/${extraction}`)).statusCode, 403)
  assert.doesNotMatch((await (await service.as('pc4322')).get('/retention')).body, /AB\/1/)
})

test('D7: a review without reasons is not recorded, and says what is missing', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  const answer = await (await service.as('rec300')).post(`/retention/${extraction}/review`, { outcome: 'keep' })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /Error: Review/)
  assert.match(answer.body, /Enter your reasons/)
  assert.equal((await kinds(service)).includes('retention.decided'), false)
})

test('C16: what must be kept as evidence is restricted and never proposed for destruction', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  const reviewer = await service.as('rec300')
  const answer = await reviewer.post(`/retention/${extraction}/review`, {
    relevance: 'not_relevant',
    evidence: 'yes',
    outcome: 'destroy',
    reasons: REASON,
  })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /restricted instead/)
})

test('H14: destruction takes two people; the one who proposed it cannot approve it, and the officer in the case neither', async (t) => {
  const service = await testService(t)
  const { extraction, container } = await somethingHeld(service.ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  const first = await (await service.as('rec300')).post(`/destructions/${id}/approve`, { sure: 'yes' })
  assert.equal(first.statusCode, 403)
  const officer = await (await service.as('pc4321')).post(`/destructions/${id}/approve`, { sure: 'yes' })
  assert.equal(officer.statusCode, 403)
  assert(existsSync(container))
  const second = await (await service.as('iao310')).post(`/destructions/${id}/approve`, { sure: 'yes' })
  assert.equal(second.statusCode, 303, second.body)
  assert(!existsSync(container))
})

test('H14: who approves has before them how much it is, what reviewers tagged, the review and its reasons, and the holds', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction } = await somethingHeld(ops)
  await ops.store.db
    .insertInto('tags')
    .values({ extraction_id: extraction, record_id: 'a', tag: 'relevant', person_id: 'pc4321', tagged_at: ops.now() })
    .execute()
  const reviewer = await service.as('rec300')
  assert.match(
    (await reviewer.get(`/retention/${extraction}/review`)).body,
    /1 record\. Reviewers tagged: 1 relevant\./,
  )
  await reviewedAway(service, extraction)
  assert.match(
    (await reviewer.get(`/retention/${extraction}?done=reviewed`)).body,
    /The review is recorded\. Its destruction/,
  )
  assert.match((await reviewer.get(`/retention/${extraction}/destroy`)).body, /not even in a backup/)
  const id = await proposed(service, extraction)
  assert.match((await reviewer.get(`/destructions/${id}?done=proposed`)).body, /Its destruction is proposed\./)
  const owner = await service.as('iao310')
  const before = (await owner.get(`/destructions/${id}`)).body
  for (const said of [
    /Records\s*<\/dt>\s*<dd[^>]*>\s*1\s*<\/dd>/,
    /Tagged by reviewers\s*<\/dt>\s*<dd[^>]*>\s*1 relevant/,
    /It is to be destroyed; it is not relevant; it need not be kept as evidence/,
    new RegExp(REASON),
    /Holds\s*<\/dt>\s*<dd[^>]*>\s*None/,
    new RegExp(`href="/retention/${extraction}"`),
  ])
    assert.match(before, said)
  await owner.post(`/destructions/${id}/approve`, { sure: 'yes' })
  const after = (await owner.get(`/destructions/${id}`)).body
  assert.match(after, /The key of this extract is destroyed/)
  assert.match(after, /AB\/1/)
  assert.match(after, /Kit Abara \(rec300\)/)
  assert.match(after, /Moss Tate \(iao310\)/)
  assert.doesNotMatch((await owner.get(`/destructions/${id}/certificate.json`)).body, /AB\/1|Abara|Tate|43\//)
})

test('an approval is asked for again by whoever has not just proved who they are', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  const unproved = await service.as('iao310', { stepUp: false })
  const page = await unproved.get(`/destructions/${id}`)
  assert.match(
    String(page.headers.location),
    /^\/confirm-it-is-you/,
    'the page with the form asks before anything is typed',
  )
  const answer = await unproved.post(`/destructions/${id}/refuse`, { reason: 'The owl "and" <wait>' })
  assert.equal(answer.statusCode, 403)
  assert.match(answer.body, /<form method="post" action="\/destructions\/[0-9a-f-]{36}\/refuse"/)
  assert.match(
    answer.body,
    /name="reason" value="The owl &quot;and&quot; &lt;wait&gt;"/,
    'what was typed is on the page',
  )
  assert.equal((await readDestruction(service.ops, await service.actor('iao310'), id)).state, 'proposed')
  assert.equal((await (await service.as('dpo400', { stepUp: false })).get(`/destructions/${id}`)).statusCode, 200)
})

test('after a destruction no copy opens, the certificate names no person of the phone, and the log tells it in order', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction, container } = await somethingHeld(ops)
  const backup = mkdtempSync(join(tmpdir(), 'peel-copy-'))
  t.after(() => rmSync(backup, { recursive: true, force: true }))
  cpSync(container, join(backup, 'copy.peel'), { recursive: true })
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  await (await service.as('rec301')).post(`/destructions/${id}/approve`, { sure: 'yes' })
  assert.equal(await ops.keyring.has(extraction), false)
  const copies = await ops.keyring.checkNothingOpens({ containers: [join(backup, 'copy.peel')] })
  assert.equal(copies.ok, true)
  const reader = await service.as('rec300')
  const page = await reader.get(`/destructions/${id}`)
  assert.match(page.body, /Certificate of destruction/)
  const { format, root, approved } = (await reader.get(`/destructions/${id}/certificate.json`)).json()
  assert.equal(format, 'peel-destruction/1')
  assert.equal(root, 'ab'.repeat(32))
  assert.equal(approved.person, 'rec301')
  assert.deepEqual(
    (await kinds(service)).filter((kind) => /^(destruction|retention)/.test(kind)),
    [
      'retention.decided',
      'destruction.proposed',
      'destruction.authorised',
      'destruction.done',
      'destruction.certified',
    ],
  )
  assert.equal((await reader.get(`/retention/${extraction}`)).statusCode, 404)
})

test('D9: a hold beats everything: set after the approval was asked for, it stops the destruction', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction, container } = await somethingHeld(ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  await setHold(ops, await service.actor('iao310'), {
    extraction,
    kind: 'complaint',
    says: 'complaint 12',
    reviewOn: '2099-01-01',
  })
  await assert.rejects(approveDestruction(ops, await service.actor('iao310'), id), { reason: 'NOT_DUE' })
  assert(existsSync(container))
})

test('G15: nothing is proposed or approved for destruction while what came to light in it waits for a decision', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction, container } = await somethingHeld(ops)
  await reviewedAway(service, extraction)
  const { id: find } = await ops.store.db
    .insertInto('finds')
    .values({
      extraction_id: extraction,
      kind: 'safeguarding',
      says: 'a child may come to harm',
      reasons: 'it is not ours',
      found_by: 'rev200',
      found_at: ops.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await assert.rejects(proposed(service, extraction), /FIND_WAITS/)
  const decided = (outcome: 'go-on' | null) =>
    ops.store.db
      .updateTable('finds')
      .set({ outcome, decided_at: outcome && ops.now() })
      .where('id', '=', find)
      .execute()
  await decided('go-on')
  const id = await proposed(service, extraction)
  await decided(null)
  await assert.rejects(approveDestruction(ops, await service.actor('iao310'), id), { reason: 'FIND_WAITS' })
  assert(existsSync(container))
  await decided('go-on')
  await approveDestruction(ops, await service.actor('iao310'), id)
  assert(!existsSync(container))
})

test('D9: a hold is set and lifted on pages, each with its reason, in the log', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  const owner = await service.as('iao310')
  const wrong = await owner.post(`/retention/${extraction}/hold`, {
    kind: 'appeal',
    says: 'x',
    'review-day': '31',
    'review-month': '2',
    'review-year': '2099',
  })
  assert.equal(wrong.statusCode, 422)
  const set = await owner.post(`/retention/${extraction}/hold`, {
    kind: 'appeal',
    says: 'appeal of 3 May',
    'review-day': '3',
    'review-month': '5',
    'review-year': '2099',
  })
  assert.equal(set.statusCode, 303, set.body)
  const page = await owner.get(String(set.headers.location))
  assert.match(
    page.body,
    /The hold is set[\s\S]*On hold<[\s\S]*Set by Moss Tate on[^;]*; to be looked at again on 3 May 2099/,
  )
  const lift = /href="([^"]+\/lift\?hold=[^"]+)"/.exec(page.body)?.[1] ?? ''
  assert.match((await owner.get(lift)).body, /appeal of 3 May/)
  const lifted = await owner.post(`/retention/${extraction}/lift`, {
    hold: lift.split('=')[1] ?? '',
    reason: 'the appeal was decided',
  })
  assert.equal(lifted.statusCode, 303, lifted.body)
  const after = (await owner.get(String(lifted.headers.location))).body
  assert.match(after, /The hold is lifted[\s\S]*Lifted by Moss Tate on[\s\S]*Why it was lifted: the appeal was decided/)
  assert.doesNotMatch(after, /On hold<|looked at again on 3 May/)
  assert.deepEqual(
    (await kinds(service)).filter((kind) => kind.startsWith('hold')),
    ['hold.set', 'hold.lifted'],
  )
})

test('of two people who approve at once one does, and it is destroyed once', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction } = await somethingHeld(ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  const [a, b] = await Promise.allSettled([
    approveDestruction(ops, await service.actor('rec301'), id),
    approveDestruction(ops, await service.actor('iao310'), id),
  ])
  assert.deepEqual([a.status, b.status].sort(), ['fulfilled', 'rejected'])
  assert.equal((await kinds(service)).filter((kind) => kind === 'destruction.done').length, 1)
})

test('a destruction that was interrupted after its approval is finished, and one that nobody approved is not', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const first = await somethingHeld(ops)
  const second = await somethingHeld(ops)
  for (const { extraction } of [first, second]) await reviewedAway(service, extraction)
  const id = await proposed(service, first.extraction)
  const other = await proposed(service, second.extraction)
  // As if the process had been ended between the approval and the deed.
  await ops.store.db
    .updateTable('destructions')
    .set({ approved_by: 'rec301', approved_at: ops.now() })
    .where('id', '=', id)
    .execute()
  await ops.keyring.destroyExtractKey(first.extraction)
  assert.equal(await finishDestructions(ops), 1)
  assert.equal(await ops.keyring.has(second.extraction), true)
  await assert.rejects(destroyExtract(ops, other), { reason: 'NOT_APPROVED' })
  assert(existsSync(second.container))
  assert(!existsSync(first.container))
})

test('a destruction that was interrupted after it was logged is not logged a second time', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction } = await somethingHeld(ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  await approveDestruction(ops, await service.actor('rec301'), id)
  // As if the process had been ended between the entry and the row.
  await ops.store.db
    .updateTable('destructions')
    .set({ done_at: null, certificate: null })
    .where('id', '=', id)
    .execute()
  await ops.store.db
    .updateTable('holdings')
    .set({ destroyed_at: null })
    .where('extraction_id', '=', extraction)
    .execute()
  assert.equal(await finishDestructions(ops), 1)
  assert.equal((await kinds(service)).filter((kind) => kind === 'destruction.done').length, 1)
  const { files } = (await (await service.as('rec300')).get(`/destructions/${id}/certificate.json`)).json()
  assert(files > 0)
})

test('what the log says of a destruction keeps its invariants', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  await reviewedAway(service, extraction)
  const id = await proposed(service, extraction)
  await (await service.as('iao310')).post(`/destructions/${id}/approve`, { sure: 'yes' })
  const rows = await service.ops.store.db.selectFrom('statements').selectAll().orderBy('leaf').execute()
  const invariants = new LeafInvariants()
  const findings = rows.flatMap(({ kind, digest, happened_at: at, pseudonym, n, authorisation_leaf }) =>
    invariants.add(
      parseLeaf(
        leafFor({
          kind: kind as EventKind,
          digest,
          at,
          ...(pseudonym !== null && { casePseudonym: pseudonym, n: n ?? 0 }),
          ...(authorisation_leaf !== null && { authorisation: authorisation_leaf }),
        }),
      ),
    ),
  )
  assert.deepEqual(
    findings.map(({ index, code }) => `${rows[index]?.kind} ${code}`),
    [],
  )
})

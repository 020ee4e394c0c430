import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ops } from '../ops.ts'
import { openEvent } from '../../events/index.ts'
import { noticeEqualsScope, paperDigest, type Paper } from '../../notice/index.ts'
import { publicKeyOf } from '../../signature/index.ts'
import { testService } from '../../server/test-service.fixture.ts'
import { aRequest, served, WRITTEN } from '../decision/a-request.fixture.ts'
import { previewNotice } from './read-notice.ts'

/** The events of a kind in one case, as they were signed. */
async function logged(ops: Ops, caseId: string, kind: string) {
  const key = publicKeyOf(await ops.keyring.signingKey('installation'))
  const rows = await ops.store.db
    .selectFrom('statements')
    .select(['envelope', 'leaf'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  return rows.map(({ envelope, leaf }) => ({ ...openEvent(envelope, [key]), leaf }))
}

test('serving the notice', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const officer = await service.actor('pc4321')

  await t.test('B16: the notice is not served while a part is empty', async () => {
    for (const [document, reason] of [
      [{ ...WRITTEN, scope: [] }, 'NOTICE_INCOMPLETE'],
      [{ ...WRITTEN, lines_of_enquiry: [] }, 'NOTICE_INCOMPLETE'],
      [{ ...WRITTEN, lines_of_enquiry: [{ id: 'L1', proposition: ' ', why_this_device: ' ' }] }, 'PART_EMPTY'],
    ] as const) {
      const { id, caseId } = await aRequest(ops, officer, { document })
      await assert.rejects(served(ops, officer, id), { code: 'NOT_VALID', reason })
      assert.deepEqual(await logged(ops, caseId, 'notice.served'), [])
      const row = await ops.store.db.selectFrom('requests').select('status').where('id', '=', id).executeTakeFirst()
      assert.equal(row?.status, 'draft')
    }
  })

  await t.test('B16: what was served is kept as it was handed over, and says the scope and nothing else', async () => {
    const { id, caseId } = await aRequest(ops, officer)
    await served(ops, officer, id, { reasonInPlainWords: 'We want to know who asked to meet.' })
    const row = await ops.store.db
      .selectFrom('notices')
      .selectAll()
      .where('request_id', '=', id)
      .executeTakeFirstOrThrow()
    const paper = row.document as unknown as Paper
    assert.deepEqual(noticeEqualsScope(paper, WRITTEN.scope ?? []), { equal: true })
    assert.equal(row.digest, paperDigest(paper))
    assert.deepEqual(
      ['sought', 'reason', 'handling', 'refuse', 'enquiry'].filter(
        (key) => !paper.parts.some((part) => part.key === key),
      ),
      [],
    )
    const [event] = await logged(ops, caseId, 'notice.served')
    assert.deepEqual(event?.details['notice'], row.digest)
    assert.equal(typeof event?.leaf, 'number')
  })

  await t.test('B22: the notice carries the form that it stands for, and its version', async () => {
    const { id, caseId } = await aRequest(ops, officer)
    await served(ops, officer, id)
    const [event] = await logged(ops, caseId, 'notice.served')
    assert.equal(event?.details['form'], 'dpn-a')
    const row = await ops.store.db
      .selectFrom('notices')
      .select('document')
      .where('request_id', '=', id)
      .executeTakeFirst()
    assert.equal((row?.document as unknown as Paper | undefined)?.form, 'DPNa')
  })

  await t.test('B28: language and everything that helped somebody to understand it are recorded', async () => {
    const { id, caseId } = await aRequest(ops, officer)
    await served(ops, officer, id, { language: 'cy', format: 'large-print', adjustments: ['interpreter', 'supporter'] })
    const row = await ops.store.db
      .selectFrom('notices')
      .selectAll()
      .where('request_id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual([row.language, row.format, row.adjustments], ['cy', 'large-print', ['interpreter', 'supporter']])
    const [event] = await logged(ops, caseId, 'notice.served')
    assert.deepEqual(event?.details['adjustments'], ['interpreter', 'supporter'])
  })

  await t.test('B11: a child is not served as whoever decides', async () => {
    const { id } = await aRequest(ops, officer, { userIs: 'child' })
    await assert.rejects(served(ops, officer, id), { reason: 'MAY_NOT_AGREE' })
    await assert.rejects(served(ops, officer, id, { to: 'attorney' }), { reason: 'MAY_NOT_AGREE' })
    await served(ops, officer, id, { to: 'parent-or-guardian' })
  })

  await t.test('B9: a power that does not rest on agreement has no notice under section 39', async () => {
    const document = {
      ...WRITTEN,
      power: 'pace-1984-s8' as const,
      instrument: { kind: 'warrant' as const, reference: 'W/12' },
    }
    const { id } = await aRequest(ops, officer, { document })
    await assert.rejects(served(ops, officer, id), { reason: 'NO_AGREEMENT_NEEDED' })
    const paper = await previewNotice(ops, officer, id, { to: 'user', language: 'en' })
    assert.equal(paper.kind, 'information')
  })

  await t.test('H2: only somebody whom Schedule 3 lists for the purpose serves a notice', async () => {
    const { id } = await aRequest(ops, officer)
    await assert.rejects(served(ops, { ...officer, schedule3: undefined }, id), { reason: 'NOT_ENTITLED' })
  })

  await t.test('nobody who is not in the case learns that there is a notice', async () => {
    const { id } = await aRequest(ops, officer)
    await assert.rejects(served(ops, await service.actor('pc4322'), id), { code: 'NOT_FOUND' })
  })
})

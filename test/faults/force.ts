// A force at work, in a process that is killed: says on its output what it was told is done, one line of JSON each.
import { writeSync } from 'node:fs'
import type { TestContext } from 'node:test'
import {
  approveDestruction,
  destroyPart,
  proposeDestruction,
  proposeExcessDestruction,
  runExtraction,
  startExtraction,
} from '../../src/actions/index.ts'
import { somethingHeld } from '../../src/actions/retention/held.fixture.ts'
import { aGranted, handIn } from '../../src/server/pages/extraction/granted.fixture.ts'
import { recordsIn } from '../../src/server/pages/retention/a-part.fixture.ts'
import { testService } from '../../src/server/test-service.fixture.ts'

const [data = '', phone = ''] = process.argv.slice(2)
const say = (what: string, id: string) => writeSync(1, `${JSON.stringify([what, id])}\n`)
const ended = { after: () => {} } as unknown as TestContext
const service = await testService(ended, { data, failed: () => process.exit(3) })
const { ops } = service
const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const
say('open', '')

for (;;) {
  const { requestId, caseId, officer } = await aGranted(service)
  say('granted', requestId)
  const upload = await handIn(ops, officer, requestId, phone)
  say('received', upload)
  const id = await startExtraction(ops, officer, { requestId, from: { upload } })
  say('queued', id)
  await runExtraction(ops, id, RUN)
  say('sealed', id)
  const [excess] = await recordsIn(ops, id)
  if (excess === undefined) continue
  await ops.store.db
    .insertInto('tags')
    .values({
      extraction_id: id,
      record_id: excess.id,
      tag: 'excess',
      person_id: 'rev200',
      tagged_at: ops.now(),
      decided: 'destroy',
      decided_by: 'dis210',
      decided_at: ops.now(),
    })
    .execute()
  await ops.store.db
    .insertInto('case_members')
    .values({
      case_id: caseId,
      person_id: 'dis210',
      capacity: 'disclosure_officer',
      added_at: ops.now(),
      added_by: 'pc4321',
    })
    .execute()
  const part = await proposeExcessDestruction(ops, await service.actor('dis210'), {
    extraction: id,
    reason: 'Nobody asked for it.',
  })
  say('parting', id)
  await approveDestruction(ops, await service.actor('rec301'), part)
  say('approved', id)
  await destroyPart(ops, part, RUN)
  say('parted', id)
  const { extraction } = await somethingHeld(ops)
  say('held', extraction)
  const reason = 'Not relevant, and its time is over.'
  await ops.store.db
    .updateTable('holdings')
    .set({ relevance: 'not_relevant', reviewed_on: '2026-04-01', review_outcome: 'dispose' })
    .where('extraction_id', '=', extraction)
    .execute()
  const proposal = await proposeDestruction(ops, await service.actor('rec300'), { extraction, reason })
  say('proposed', extraction)
  await approveDestruction(ops, await service.actor('rec301'), proposal)
  say('destroyed', extraction)
}

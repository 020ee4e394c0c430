// A force at work, in a process that is killed: says on its output what it was told is done, one line of JSON each.
import { writeSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { approveDestruction, proposeDestruction, runExtraction, startExtraction } from '../../src/actions/index.ts'
import { somethingHeld } from '../../src/actions/retention/held.fixture.ts'
import { aGranted, handIn } from '../../src/server/pages/extraction/granted.fixture.ts'
import { testService } from '../../src/server/test-service.fixture.ts'

const [data = '', phone = ''] = process.argv.slice(2)
const say = (what: string, id: string) => writeSync(1, `${JSON.stringify([what, id])}\n`)
const ended = { after: () => {} } as unknown as TestContext
const service = await testService(ended, { data, failed: () => process.exit(3) })
const { ops } = service
const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const
say('open', '')

for (;;) {
  const { requestId, officer } = await aGranted(service)
  say('granted', requestId)
  const upload = await handIn(ops, officer, requestId, phone)
  say('received', upload)
  const id = await startExtraction(ops, officer, { requestId, from: { upload } })
  say('queued', id)
  await runExtraction(ops, id, RUN)
  say('sealed', id)
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

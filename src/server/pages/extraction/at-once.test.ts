// Two things that happen to one extraction, or one device, in the same instant: what is logged and what is said is what was.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  cancelExtraction,
  type Ops,
  returnDevice,
  runExtraction,
  withdrawAgreement,
  type Withdrawn,
} from '../../../actions/index.ts'
import { type EventKind, leafFor, LeafInvariants, openEvent, parseLeaf } from '../../../events/index.ts'
import { makeSample } from '../../../sample/index.ts'
import { type TestService, testService } from '../../test-service.fixture.ts'
import { aGranted, begun } from './granted.fixture.ts'

const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(base, { recursive: true, force: true }))
let backup = ''
before(async () => {
  backup = (await makeSample('android-backup', join(base, 'android'), { messages: 120 })).phone
})

const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const

const logged = async ({ store }: Ops, caseId: string) =>
  (await store.db.selectFrom('statements').select('kind').where('case_id', '=', caseId).orderBy('id').execute()).map(
    ({ kind }) => kind,
  )

const stateOf = async ({ store }: Ops, id: string) =>
  (await store.db.selectFrom('extractions').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

/** Lets something begin at the moment at which an event of a kind is about to be written, and the event wait a while for it. */
function meanwhile(t: TestContext, { journal }: Ops, kind: EventKind, act: () => void): void {
  const { record } = journal
  let done = false
  t.mock.method(journal, 'record', (async (event) => {
    if (event.kind === kind && !done) {
      done = true
      act()
      await pause(300)
    }
    return record(event)
  }) as typeof record)
}

async function invariantsHold({ ops }: TestService): Promise<void> {
  const rows = await ops.store.db.selectFrom('statements').selectAll().orderBy('leaf').execute()
  const invariants = new LeafInvariants()
  for (const { kind, digest, happened_at: at, pseudonym, n, authorisation_leaf } of rows) {
    const leaf = leafFor({
      kind: kind as EventKind,
      digest,
      at,
      ...(pseudonym !== null && { casePseudonym: pseudonym, n: n ?? 0 }),
      ...(authorisation_leaf !== null && { authorisation: authorisation_leaf }),
    })
    assert.deepEqual(invariants.add(parseLeaf(leaf)), [], kind)
  }
}

test('what happens at once', async (whole) => {
  const service = await testService(whole)
  const { ops } = service

  await whole.test(
    'an extraction that is stopped while it waits is logged as called off, by whom and why, once',
    async () => {
      const granted = await aGranted(service)
      const id = await begun(ops, granted, backup)
      await cancelExtraction(ops, granted.officer, id)
      assert.equal(await stateOf(ops, id), 'cancelled')
      assert.equal(await runExtraction(ops, id, RUN), 'over')
      assert.deepEqual((await logged(ops, granted.caseId)).slice(-2), ['extraction.called_off', 'source.destroyed'])
      const { envelope } = await ops.store.db
        .selectFrom('statements')
        .select('envelope')
        .where('kind', '=', 'extraction.called_off')
        .executeTakeFirstOrThrow()
      const { details, actor } = openEvent(envelope, [])
      assert.deepEqual([details['extraction'], details['because'], actor], [id, 'person', 'ext510'])
    },
  )

  await whole.test('B23: so is one that waits when agreement is withdrawn', async () => {
    const granted = await aGranted(service)
    const id = await begun(ops, granted, backup)
    const { requestId } = granted
    const { stage } = await withdrawAgreement(ops, granted.investigator, { requestId, channel: 'telephone' })
    await runExtraction(ops, id, RUN)
    await runExtraction(ops, id, RUN)
    assert.deepEqual([stage, await stateOf(ops, id)], ['before', 'withdrawn'])
    const kinds = await logged(ops, granted.caseId)
    assert.equal(kinds.filter((kind) => kind === 'extraction.called_off').length, 1)
    assert(!kinds.includes('extraction.started'))
  })

  await whole.test(
    'B23: agreement withdrawn while the extract is being sealed: it is sealed, and the letter says so',
    async (t) => {
      const granted = await aGranted(service)
      const id = await begun(ops, granted, backup)
      const { requestId } = granted
      let withdrawal: Promise<Withdrawn> | undefined
      meanwhile(t, ops, 'extraction.finished', () => {
        withdrawal = withdrawAgreement(ops, granted.investigator, { requestId, channel: 'in-person' })
      })
      await runExtraction(ops, id, RUN)
      const { stage, letter } = (await withdrawal) ?? assert.fail()
      assert.deepEqual([await stateOf(ops, id), stage, letter.kind], ['sealed', 'after', 'withdrawn-after'])
    },
  )

  await whole.test(
    'B23: sealed while agreement is being withdrawn: whichever is first, the letter is true',
    async (t) => {
      const granted = await aGranted(service)
      const id = await begun(ops, granted, backup)
      const { requestId } = granted
      meanwhile(t, ops, 'agreement.withdrawn', () => {})
      const running = runExtraction(ops, id, RUN)
      for (;;) {
        const row = await ops.store.db.selectFrom('extractions').select('state').where('id', '=', id).executeTakeFirst()
        if (row?.state === 'running') break
        await pause(5)
      }
      const withdrawal = withdrawAgreement(ops, granted.investigator, { requestId, channel: 'in-person' })
      await running
      const { stage } = await withdrawal
      assert.equal(stage === 'after', (await stateOf(ops, id)) === 'sealed')
    },
  )

  await whole.test(
    'B23: a worker ended between the entry and the seal: what the log says was finished is told as taken',
    async (t) => {
      const granted = await aGranted(service)
      const id = await begun(ops, granted, backup)
      const { requestId } = granted
      const { record } = ops.journal
      const broken = t.mock.method(ops.journal, 'record', (async (event) => {
        const written = await record(event)
        if (event.kind === 'extraction.finished') throw new Error('ended')
        return written
      }) as typeof record)
      await assert.rejects(runExtraction(ops, id, RUN), /ended/)
      broken.mock.restore()
      const { stage } = await withdrawAgreement(ops, granted.investigator, { requestId, channel: 'paper' })
      await runExtraction(ops, id, RUN)
      assert.deepEqual([stage, await stateOf(ops, id)], ['after', 'sealed'])
    },
  )

  await whole.test(
    'B25: of two people who give back one device at once one is logged, and the other is told',
    async () => {
      const { deviceId, caseId, investigator, officer } = await aGranted(service)
      const input = { deviceId, to: 'user', place: 'Front office' }
      const [a, b] = await Promise.allSettled([
        returnDevice(ops, investigator, input),
        returnDevice(ops, officer, input),
      ])
      assert.deepEqual([a.status, b.status].sort(), ['fulfilled', 'rejected'])
      const refused = a.status === 'rejected' ? a : b
      assert.equal(refused.status === 'rejected' && (refused.reason as { reason?: string }).reason, 'RETURNED')
      assert.equal((await logged(ops, caseId)).filter((kind) => kind === 'device.returned').length, 1)
    },
  )

  await whole.test('and the log is as its invariants want it', () => invariantsHold(service))
})

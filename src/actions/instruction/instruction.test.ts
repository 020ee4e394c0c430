import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { askForApp } from '../apps/ask-app.ts'
import { giveRoles } from '../fleet/a-fleet.fixture.ts'
import { answerInstruction, sayRead } from './answer-instruction.ts'
import { instructionProblems, issueInstruction } from './issue-instruction.ts'
import { instructionsFor, readReaders } from './read-instructions.ts'

const WRITTEN = {
  text: 'Write what is needed, and nothing else.',
  questions: [
    { id: 'Q1', asks: 'What do you write?', answers: ['What is needed', 'Everything'], right: [0] },
    { id: 'Q2', asks: 'Whom do you tell of a lost phone?', answers: ['The control room', 'Nobody'], right: [0] },
  ],
  passMark: 2,
}

test('instructions on apps', async (t) => {
  const service = await testService(t)
  const { ops } = service
  service.setNow(new Date('2026-11-20T09:00:00Z'))
  const owner = await service.actor('app410')
  const ada = await service.actor('pc4321')
  const ben = await service.actor('pc4322')
  const app = await askForApp(ops, ada, {
    app: 'Scene Notes',
    publisher: 'Example Notes Ltd',
    purpose: 'Notes at the scene.',
    why: 'Paper gets lost.',
    roles: ['response'],
    phones: 40,
  })
  let digest = ''
  const mine = async (actor = ada) => (await instructionsFor(ops, actor, app))[0]
  const right = { Q1: [0], Q2: [0] }

  await t.test('E9: one is written by whoever answers for apps, whole or not at all', async () => {
    for (const who of ['pc4321', 'iao310', 'dpo400', 'adm500'])
      await assert.rejects(issueInstruction(ops, await service.actor(who), app, WRITTEN), { code: 'NOT_ALLOWED' }, who)
    assert.deepEqual(
      instructionProblems({
        text: ' ',
        questions: [
          { id: 'Q1', asks: '', answers: ['a', 'b'], right: [0] },
          { id: 'Q2', asks: 'x', answers: ['a', 'b'], right: [] },
        ],
        passMark: 3,
      }).map(({ field }) => field),
      ['text', 'question-1', 'question-2', 'passMark'],
    )
    await assert.rejects(issueInstruction(ops, owner, app, { ...WRITTEN, questions: [] }), { code: 'NOT_VALID' })
    digest = await issueInstruction(ops, owner, app, WRITTEN)
    await assert.rejects(issueInstruction(ops, owner, app, WRITTEN), /Nothing has changed/)
  })

  await t.test(
    'E9, E10: those whose phones have a role of the app have to read it, and are named to its owner',
    async () => {
      await giveRoles(ops, owner, {
        'P-1': ['response', 'PC-4321'],
        'P-2': ['response', 'pc4322'],
        'P-3': ['office', 'insp77'],
      })
      const readers = await readReaders(ops, owner, app)
      assert.deepEqual(
        readers?.people.map(({ name, reading }) => [name, reading]),
        [
          ['Ada Holt', 'not_read'],
          ['Ben Osei', 'not_read'],
        ],
      )
      await assert.rejects(readReaders(ops, ada, app), { code: 'NOT_ALLOWED' })
      assert.equal((await mine())?.isTheirs, true)
      assert.equal((await mine(await service.actor('insp77')))?.isTheirs, false)
    },
  )

  await t.test('E9: nobody is cleared who has not read it, nor who answered wrongly', async () => {
    const answers = { app, digest, chosen: right }
    await assert.rejects(answerInstruction(ops, ada, answers), { code: 'NOT_NOW', reason: 'NOT_READ' })
    await sayRead(ops, ada, app, digest)
    await sayRead(ops, ada, app, digest)
    assert.equal((await mine())?.reading, 'not_answered')
    await assert.rejects(answerInstruction(ops, ada, { ...answers, chosen: { Q1: [0] } }), { reason: 'Q2' })
    const wrong = await answerInstruction(ops, ada, { ...answers, chosen: { Q1: [0], Q2: [0, 1, 99] } })
    assert.deepEqual([wrong.passed, wrong.wrong], [false, ['Q2']])
    assert.equal((await mine())?.reading, 'not_passed')
    assert.equal((await answerInstruction(ops, ada, answers)).passed, true)
    assert.equal((await mine())?.reading, 'cleared')
    assert.equal((await mine(ben))?.reading, 'not_read')
    assert.deepEqual(
      (await readReaders(ops, owner, app))?.people.map(({ reading }) => reading),
      ['cleared', 'not_read'],
    )
  })

  await t.test('E9: after a change everybody reads and answers anew', async () => {
    const next = await issueInstruction(ops, owner, app, { ...WRITTEN, text: 'Write nothing about health.' })
    assert.equal((await mine())?.reading, 'read_before')
    await assert.rejects(sayRead(ops, ada, app, digest), { code: 'NOT_NOW', reason: 'CHANGED' })
    await sayRead(ops, ada, app, next)
    assert.equal((await mine())?.reading, 'not_answered')
    assert.equal((await readReaders(ops, owner, app))?.isNamed, false)
  })

  await t.test('E9: of two who issue the same at once the second is told that nothing has changed', async () => {
    const issue = async (who: string) =>
      issueInstruction(ops, await service.actor(who), app, { ...WRITTEN, text: 'Write in short.' })
    const ended = await Promise.allSettled([issue('app410'), issue('app411')])
    const codes = ended.map((one) => (one.status === 'fulfilled' ? 'issued' : one.reason.code))
    assert.deepEqual(codes.sort(), ['NOT_VALID', 'issued'])
  })

  await t.test('the log has who, which version and how many, and no word of it', async () => {
    const rows = await ops.store.db
      .selectFrom('statements')
      .select('envelope')
      .where('kind', 'like', 'instruction.%')
      .execute()
    assert.equal(rows.length, 7)
    for (const { envelope } of rows)
      assert.doesNotMatch(Buffer.from(JSON.parse(envelope).payload, 'base64').toString(), /needed|health|Scene/)
  })
})

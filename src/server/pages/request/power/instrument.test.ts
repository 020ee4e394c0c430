import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ActionError, grantRequest, readRequest, savePart, submitRequest } from '../../../../actions/index.ts'
import { aGrant, aRequest, WRITTEN } from '../../../../actions/decision/a-request.fixture.ts'
import { testService } from '../../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request-walk.fixture.ts'

const DAY = 86_400_000
const reason = (expected: string) => (error: unknown) => error instanceof ActionError && error.reason === expected

test('a document that another power rests on', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const actor = await service.actor('pc4321')
  const officer = await service.as('pc4321')
  const inspector = await service.as('insp77')
  const { power: _, ...rest } = WRITTEN
  const fresh = async () => (await aRequest(ops, actor, { document: rest })).id

  await t.test('G14: a warrant has its reference, its day, its court and its last day', async () => {
    const id = await fresh()
    const form = { power: 'pace-1984-s8', why: 'The device was seized.', 'kind-pace-1984-s8': 'warrant' }
    assert.deepEqual(errorsOf(await officer.post(`/requests/${id}/power`, form)), [
      'Enter its reference',
      'Enter the day on which it was issued or made',
      'Enter which court, or who else, issued or made it',
      'Enter the last day on which it may be relied on',
    ])
    const whole = {
      ...form,
      'reference-pace-1984-s8': 'W/26/118',
      'issued-pace-1984-s8': '27/3/2026',
      'issued-by-pace-1984-s8': 'Calder Magistrates’ Court',
    }
    const early = { ...whole, 'expires-pace-1984-s8': '26/3/2026' }
    assert.match(errorsOf(await officer.post(`/requests/${id}/power`, early))[0] ?? '', /must not be before/)
    const done = await officer.post(`/requests/${id}/power`, { ...whole, 'expires-pace-1984-s8': '26/6/2026' })
    assert.equal(done.statusCode, 303, errorsOf(done).join())
    assert.match((await officer.get(`/requests/${id}/power`)).body, /value="26\/6\/2026"/)
    assert.match(
      textOf(await officer.get(`/requests/${id}/check`)),
      /Issued on 27 March 2026 by Calder Magistrates’ Court/,
    )
  })

  await t.test('G14: what is not known of a warrant is an open question, whoever wrote it', async () => {
    const id = await fresh()
    const instrument = { kind: 'warrant', reference: 'W/1' } as const
    await savePart(ops, actor, { id, answer: { part: 'power', power: 'pace-1984-s8', why: 'Seized.', instrument } })
    const { open } = await readRequest(ops, actor, id)
    assert.deepEqual(
      open.filter(({ part }) => part === 'power').map(({ text }) => text),
      [
        'Say when what the power rests on was issued or made',
        'Say which court, or who else, issued or made it',
        'Say until when it may be relied on',
      ],
    )
  })

  await t.test(
    'G14: a grant does not outlast the warrant, on its page, in the act and in the signed document',
    async () => {
      const id = await fresh()
      const now = ops.now().getTime()
      const instrument = {
        kind: 'warrant',
        reference: 'W/1',
        issued: new Date(now - DAY).toISOString(),
        issued_by: 'Calder Magistrates’ Court',
        expires: new Date(now + 3 * DAY).toISOString(),
      } as const
      await savePart(ops, actor, { id, answer: { part: 'power', power: 'pace-1984-s8', why: 'Seized.', instrument } })
      await savePart(ops, actor, { id, answer: { part: 'purpose', purpose: 'crime' } })
      await submitRequest(ops, actor, { id })
      const late = new Date(now + 7 * DAY)
      const page = await inspector.post(`/requests/${id}/decision/grant`, {
        ...aGrant(id, ops.now()),
        validUntil: '',
        day: String(late.getUTCDate()),
        month: String(late.getUTCMonth() + 1),
        year: String(late.getUTCFullYear()),
      })
      assert.match(errorsOf(page)[0] ?? '', /must not outlast the warrant/)
      const grant = async (days: number) =>
        grantRequest(ops, await service.actor('insp77'), {
          ...aGrant(id, ops.now()),
          validUntil: new Date(now + days * DAY),
        })
      await assert.rejects(grant(4), reason('OUTLASTS_INSTRUMENT'))
      await grant(2)
    },
  )
})

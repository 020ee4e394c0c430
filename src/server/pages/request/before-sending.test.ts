import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ActionError, readRequest, savePart, submitRequest } from '../../../actions/index.ts'
import {
  aRequest,
  agreedAndSent,
  anAgreement,
  codeFollowed,
  served,
  WRITTEN,
} from '../../../actions/decision/a-request.fixture.ts'
import { recordAgreement } from '../../../actions/agreement/record-agreement.ts'
import { openEvent } from '../../../events/index.ts'
import { testService, type TestService } from '../../test-service.fixture.ts'
import { CODE_FOLLOWED, errorsOf, textOf } from './request-walk.fixture.ts'

const reason = (expected: string) => (error: unknown) => error instanceof ActionError && error.reason === expected

/** What the log says was sent, of the last request. */
async function sent({ ops }: TestService) {
  const { envelope } = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('kind', '=', 'authorisation.requested')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return openEvent(envelope, []).details
}

test('what is said before a request is sent', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const actor = await service.actor('pc4321')
  const officer = await service.as('pc4321')
  const inspector = await service.as('insp77')
  const agreed = async () => {
    const made = await aRequest(ops, actor)
    await served(ops, actor, made.id)
    await recordAgreement(ops, actor, anAgreement(made.id))
    return made
  }

  await t.test('B8: each step of the code is followed or departed from with a reason, before it is sent', async () => {
    const { id } = await agreed()
    const page = textOf(await officer.get(`/requests/${id}/code-of-practice`))
    assert.match(page, /SI 2022\/1054/)
    assert.match(page, /paragraph 4 of the code/)
    const steps = Object.fromEntries(Object.keys(CODE_FOLLOWED.steps).map((step) => [step, 'followed']))
    const without = await officer.post(`/requests/${id}/code-of-practice`, { ...steps, understood: '' })
    assert.deepEqual(errorsOf(without), ['Select whether this step was followed'])
    const unsaid = await officer.post(`/requests/${id}/code-of-practice`, { ...steps, 'soon-returned': 'departed' })
    assert.deepEqual(errorsOf(unsaid), ['Enter why you departed from this step'])
    const done = await officer.post(`/requests/${id}/code-of-practice`, {
      ...steps,
      'soon-returned': 'departed',
      'because-soon-returned': 'The kiosk is closed until Monday.',
    })
    assert.equal(done.headers.location, `/requests/${id}/check`)
    assert.match(textOf(await officer.get(`/requests/${id}/check`)), /The kiosk is closed until Monday/)
    await submitRequest(ops, actor, { id })
    const { code, departures } = await sent(service)
    assert.deepEqual([code, departures], ['2022-11-08', ['soon-returned']])
    assert.doesNotMatch(JSON.stringify(await sent(service)), /kiosk/)
    const decision = await inspector.get(`/requests/${id}/decision`)
    const note =
      /<section class="peel-margin" aria-labelledby="part-code">[\s\S]*?<\/section>/.exec(decision.body)?.[0] ?? ''
    assert.match(note.slice(note.indexOf('peel-margin__note')), /Departed from:[\s\S]*The kiosk is closed until Monday/)
  })

  await t.test(
    'B8: what is said of the code is bound into what was sent, and said again of another agreement',
    async () => {
      const { id } = await aRequest(ops, actor)
      await assert.rejects(codeFollowed(ops, actor, id), reason('REQUEST_DRAFT'))
      await agreedAndSent(ops, actor, id)
      const row = await ops.store.db
        .selectFrom('requests')
        .select('beliefs')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await ops.store.db
        .updateTable('requests')
        .set({ beliefs: JSON.stringify({ ...row.beliefs, code: { ...CODE_FOLLOWED, edition: '2030-01-01' } }) })
        .where('id', '=', id)
        .execute()
      const grant = await inspector.post(`/requests/${id}/decision/grant`, {
        necessity: 'The messages are the only record.',
        proportionality: 'Two weeks and one person.',
        day: '1',
        month: '1',
        year: String(ops.now().getFullYear() + 1),
      })
      assert.notEqual(grant.statusCode, 303)
    },
  )

  await t.test('B8: the code covers the powers of its own Act and no other', async () => {
    const { id } = await aRequest(ops, actor, {
      document: { power: 'pace-1984-s8', instrument: { kind: 'warrant', reference: 'W/1' } },
    })
    const { open } = await readRequest(ops, actor, id)
    assert(!open.some(({ part }) => part === 'code'))
    assert.doesNotMatch(textOf(await officer.get(`/requests/${id}`)), /Code of practice/)
  })

  await t.test(
    'C3: sensitive processing has a condition, a policy document and a strict necessity of its own',
    async () => {
      const { id } = await aRequest(ops, actor)
      const beliefs = (await readRequest(ops, actor, id)).beliefs
      const { sensitive_processing: _, ...rest } = beliefs
      await ops.store.db
        .updateTable('requests')
        .set({ beliefs: JSON.stringify(rest) })
        .where('id', '=', id)
        .execute()
      assert.deepEqual(
        (await readRequest(ops, actor, id)).open.map(({ part }) => part),
        ['sensitive_processing'],
      )
      assert.deepEqual(errorsOf(await officer.post(`/requests/${id}/sensitive-processing`, {})), [
        'Select a condition',
        'Enter why it is strictly necessary',
        'Enter the reference and version of the policy document',
      ])
      const { necessity = '' } = (await readRequest(ops, actor, id)).document
      const form = { condition: 'safeguarding', necessary: necessity, policy: 'APD/7, version 3' }
      assert.equal((await officer.post(`/requests/${id}/sensitive-processing`, form)).statusCode, 303)
      assert.match((await readRequest(ops, actor, id)).open[0]?.text ?? '', /a test of its own/)
      await officer.post(`/requests/${id}/sensitive-processing`, { ...form, necessary: 'Nothing less shows it.' })
      await agreedAndSent(ops, actor, id)
      assert.equal((await sent(service))['condition'], 'safeguarding')
      assert.match(textOf(await inspector.get(`/requests/${id}/decision`)), /Schedule 8, paragraph 4/)
    },
  )

  await t.test(
    'B1: each further user of the device agrees, or it is said why not, before anybody can grant it',
    async () => {
      const { id, deviceId } = await agreed()
      await ops.store.db
        .updateTable('devices')
        .set({ other_users: 'Robin Field\nSasha Field' })
        .where('id', '=', deviceId)
        .execute()
      await codeFollowed(ops, actor, id)
      await assert.rejects(submitRequest(ops, actor, { id }), reason('OPEN_QUESTIONS'))
      assert.match(String((await officer.get(`/requests/${id}/check`)).headers.location), /\/other-users\?to=check$/)
      assert.deepEqual(
        errorsOf(await officer.post(`/requests/${id}/other-users`, { 'outcome-0': 'agreed', 'says-0': 'By letter.' })),
        ['Select whether Sasha Field agrees', 'Enter how Sasha Field agreed, or why not'],
      )
      await officer.post(`/requests/${id}/other-users`, {
        'outcome-0': 'agreed',
        'says-0': 'By letter of 3 June.',
        'outcome-1': 'refused',
        'says-1': 'Does not want pictures to be seen: none are asked for.',
      })
      await submitRequest(ops, actor, { id })
      const decision = textOf(await inspector.get(`/requests/${id}/decision`))
      assert.match(decision, /Sasha Field: no, they do not agree/)
      assert.match(decision, /none are asked for/)
      await assert.rejects(
        savePart(ops, actor, { id, answer: { part: 'other_users', users: [] } }),
        reason('REQUEST_SUBMITTED'),
      )
    },
  )

  await t.test(
    'C32: where the user has died nothing is let go of: every other control stays, and others on the phone are thought of',
    async () => {
      const { power: _, ...document } = WRITTEN
      const { id } = await aRequest(ops, actor, { document })
      await savePart(ops, actor, {
        id,
        answer: {
          part: 'power',
          power: 'pcsc-2022-s40',
          why: 'The user has died.',
          without_agreement: { condition: 'user-died', facts: 'She used it until the evening on which she died.' },
        },
      })
      await savePart(ops, actor, { id, answer: { part: 'purpose', purpose: 'crime' } })
      await ops.store.db.updateTable('requests').set({ beliefs: '{}' }).where('id', '=', id).execute()
      const { open } = await readRequest(ops, actor, id)
      assert.deepEqual(
        [...new Set(open.map(({ part }) => part))],
        ['power', 'lines', 'third_parties', 'sensitive_processing', 'code'],
      )
      await assert.rejects(submitRequest(ops, actor, { id }), reason('OPEN_QUESTIONS'))
    },
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ActionError, adviseRequest, grantRequest } from '../../../actions/index.ts'
import { aGrant, aSubmittedRequest, WRITTEN } from '../../../actions/decision/a-request.fixture.ts'
import { testService } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

const reason = (expected: string) => (error: unknown) => error instanceof ActionError && error.reason === expected

test('advice, and what is decided before a grant', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const officer = await service.actor('pc4321')
  const inspector = await service.as('insp77')
  const kinds = async (kind: string) =>
    ops.store.db.selectFrom('statements').select(['actor', 'envelope']).where('kind', '=', kind).execute()

  await t.test('H4: a media investigator advises on a request, and decides nothing by it', async () => {
    const { id, caseId } = await aSubmittedRequest(ops, officer)
    const adviser = await service.as('dmi700')
    assert.equal((await adviser.get(`/requests/${id}/advice`)).statusCode, 404)
    await ops.store.db
      .insertInto('case_members')
      .values({
        case_id: caseId,
        person_id: 'dmi700',
        capacity: 'media_investigator',
        added_at: ops.now(),
        added_by: officer.id,
      })
      .execute()
    assert.match(textOf(await adviser.get(`/requests/${id}`)), /Advise on this request/)
    assert.deepEqual(errorsOf(await adviser.post(`/requests/${id}/advice`, {})), ['Enter what you advise'])
    const says = 'One week would do: the <kiosk> takes single conversations.'
    const done = await adviser.post(`/requests/${id}/advice`, { says })
    assert.equal(done.headers.location, `/requests/${id}/decision`)
    const page = await inspector.get(`/requests/${id}/decision`)
    assert.match(page.body, /One week would do: the &lt;kiosk&gt;/)
    assert.match(textOf(page), /Gwen Platt Digital media investigator/)
    const [logged] = await kinds('request.advised')
    assert.equal(logged?.actor, 'dmi700')
    assert.doesNotMatch(Buffer.from(JSON.parse(logged?.envelope ?? '{}').payload, 'base64').toString(), /kiosk/)
    assert.equal((await adviser.get(`/requests/${id}/decision/grant`)).statusCode, 403)
    await grantRequest(ops, await service.actor('insp77'), aGrant(id, ops.now()))
    await assert.rejects(
      adviseRequest(ops, await service.actor('dmi700'), { id, says: 'Too late.' }),
      reason('REQUEST_GRANTED'),
    )
  })

  await t.test('C29 and H12: the data protection officer advises on any request, and nothing else', async () => {
    const { id } = await aSubmittedRequest(ops, officer)
    const dpo = await service.as('dpo400')
    assert.equal((await dpo.post(`/requests/${id}/advice`, { says: 'Name the group that is masked.' })).statusCode, 303)
    assert.match(textOf(await inspector.get(`/requests/${id}/decision`)), /Nia Pugh Data protection officer/)
    for (const outcome of ['grant', 'refuse', 'return', 'narrow', 'journalistic-material'])
      assert.equal((await dpo.get(`/requests/${id}/decision/${outcome}`)).statusCode, 403, outcome)
    assert.equal((await (await service.as('rev200')).get(`/requests/${id}/advice`)).statusCode, 403)
  })

  await t.test(
    'G2: journalistic material that may be taken wants a senior decision of its own before a grant',
    async () => {
      const document = {
        ...WRITTEN,
        confidential_information: {
          risk: true,
          kinds: ['journalistic'],
          amount: 'Some messages with a reporter.',
          relevance: 'None.',
          reason: 'They may lie between those that are sought.',
        },
      } as const
      const { id } = await aSubmittedRequest(ops, officer, { document })
      const grant = async () => grantRequest(ops, await service.actor('insp77'), aGrant(id, ops.now()))
      const page = textOf(await inspector.get(`/requests/${id}/decision`))
      assert.match(page, /A superintendent or above decides on it/)
      assert.doesNotMatch(page, /Grant it/)
      await assert.rejects(grant(), reason('SENIOR_DECISION_NEEDED'))
      assert.equal((await inspector.get(`/requests/${id}/decision/journalistic-material`)).statusCode, 403)
      const senior = await service.as('supt90')
      assert.match(
        textOf(await senior.get(`/requests/${id}/decision/journalistic-material`)),
        /Some messages with a reporter/,
      )
      assert.deepEqual(errorsOf(await senior.post(`/requests/${id}/decision/journalistic-material`, {})), [
        'Select whether it may be taken',
        'Enter your reasons',
        'Enter what is done so that no source becomes known',
      ])
      const form = { reasons: 'Nothing of it is sought.', sources: 'It is set apart unread.' }
      await senior.post(`/requests/${id}/decision/journalistic-material`, { ...form, outcome: 'refused' })
      await assert.rejects(grant(), reason('SENIOR_DECISION_NEEDED'))
      await senior.post(`/requests/${id}/decision/journalistic-material`, { ...form, outcome: 'allowed' })
      assert.match(
        textOf(await inspector.get(`/requests/${id}/decision`)),
        /It may be taken: decided by Una Beddoe, superintendent/,
      )
      await grant()
      assert.equal((await kinds('authorisation.journalistic_decided')).length, 2)
    },
  )
})

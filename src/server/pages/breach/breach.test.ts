import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

const HOUR = 3_600_000

test('the register of breaches', async (t) => {
  const service = await testService(t)
  const { ops } = service
  service.setNow(new Date('2026-11-20T10:00:00Z'))
  let owner = await service.as('iao310')
  let reviewer = await service.as('rev200')
  const report = {
    kind: 'confidentiality',
    when: 'now',
    facts: 'A printed list of exhibits was left in a court room.',
    effects: 'Two people could be recognised by those who know them.',
    remedy: 'It was fetched within the hour.',
  }

  await t.test(
    'C27: whoever finds a breach records it, with its facts, effects and remedy, and the clock runs',
    async () => {
      assert.match((await reviewer.get('/')).body, /href="\/breaches\/new">Report a breach/)
      for (const who of ['adm500', 'key501', 'log502', 'aud503', 'dpo400'])
        assert.match((await (await service.as(who)).get('/')).body, /href="\/breaches\/new">Report a breach/, who)
      assert.deepEqual(errorsOf(await reviewer.post('/breaches/new', {})), [
        'Select what happened to the data',
        'Choose when it happened',
        'Enter what happened',
        'Enter what it may mean for people',
        'Enter what was done about it so far',
      ])
      assert.equal((await reviewer.post('/breaches/new', report)).statusCode, 303)
      assert.equal((await reviewer.get('/breaches')).statusCode, 403)
      const list = textOf(await owner.get('/breaches'))
      assert.match(list, /Waits for a decision Until 23 November 2026 at 10/)
      service.setNow(new Date(ops.now().getTime() + 73 * HOUR))
      owner = await service.as('iao310')
      reviewer = await service.as('rev200')
      assert.match(textOf(await owner.get('/breaches')), /72 hours are over/)
      const logged = await ops.store.db
        .selectFrom('statements')
        .select('envelope')
        .where('kind', '=', 'breach.reported')
        .execute()
      assert.equal(logged.length, 1)
      const said = Buffer.from(JSON.parse(logged[0]?.envelope ?? '{}').payload, 'base64').toString()
      assert.doesNotMatch(said, /court room/)
    },
  )

  await t.test(
    'C27 and C28: who is told is decided with reasons, late with why, and again as more is known',
    async () => {
      const { id } = await ops.store.db.selectFrom('breaches').select('id').executeTakeFirstOrThrow()
      assert.equal((await reviewer.post(`/breaches/${id}`, {})).statusCode, 403)
      assert.equal((await (await service.as('dpo400')).post(`/breaches/${id}`, {})).statusCode, 403)
      assert.equal((await (await service.as('dpo400')).get(`/breaches/${id}`)).statusCode, 200)
      const form = {
        commissioner: 'told',
        commissionerReasons: 'By telephone, and in writing.',
        people: 'no-high-risk',
        peopleReasons: 'Nobody but court staff was in the room.',
      }
      assert.deepEqual(errorsOf(await owner.post(`/breaches/${id}`, form)), ['Enter why it took longer than 72 hours'])
      await owner.post(`/breaches/${id}`, { ...form, lateReasons: 'The owner was away.' })
      await owner.post(`/breaches/${id}`, {
        ...form,
        lateReasons: 'The owner was away.',
        people: 'told',
        peopleReasons: 'A copy was made after all.',
      })
      const page = textOf(await owner.get(`/breaches/${id}`))
      assert.match(page, /Not told: a high risk to them is unlikely[\s\S]*They were told A copy was made after all/)
      assert.match(page, /Why later than 72 hours: The owner was away/)
      assert.match(textOf(await owner.get('/breaches')), /Decided/)
      const kinds = await ops.store.db
        .selectFrom('statements')
        .select('kind')
        .where('kind', '=', 'breach.decided')
        .execute()
      assert.equal(kinds.length, 2)
      assert.equal((await owner.get('/breaches/x')).statusCode, 303)
    },
  )
})

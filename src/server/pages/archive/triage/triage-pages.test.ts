import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anArchive } from '../../../../actions/archive/an-archive.fixture.ts'
import { testService } from '../../../test-service.fixture.ts'
import { errorsOf, textOf } from '../../request/request-walk.fixture.ts'

test('pages of an archive’s recordings', async (t) => {
  const service = await testService(t)
  const { id, ops, truth } = await anArchive(service, { recordings: 300 })
  const reviewer = await service.as('rec300')
  const officer = await service.as('dis210')
  const rows = await ops.store.db.selectFrom('archive_items').selectAll().where('archive_id', '=', id).execute()
  const here = `/archives/${id}`

  await t.test('E14: nothing in a list is a number, a name or a path', async () => {
    for (const query of ['', '?all=1', '?class=B', '?class=D', '?code=live_case', '?phone=1', '?month=none']) {
      const { statusCode, body } = await officer.get(`${here}/recordings${query}`)
      assert.equal(statusCode, 200, query)
      for (const { number, holder, path } of truth.values()) {
        assert(number === null || !body.includes(number.slice(3)), `${query}: a number`)
        assert(!body.includes(holder), `${query}: a holder`)
        assert(!body.includes(path.slice(path.lastIndexOf('/') + 1)), `${query}: a name`)
      }
    }
  })

  await t.test('E15: a list shows nothing of what is protected but to the disclosure officer', async () => {
    const list = textOf(await reviewer.get(`${here}/recordings?class=C`))
    assert.match(list, /A protected recording/)
    assert.doesNotMatch(list, /phone \d|20\d\d-|seconds/)
    assert.match(textOf(await officer.get(`${here}/recordings?class=C`)), /A recording of phone \d/)
    assert.match(textOf(await reviewer.get(`${here}/waiting`)), /A protected recording/)
  })

  await t.test(
    'E14: a recording is shown after a proof alone, and to nobody who does not work on archives',
    async () => {
      const one = rows.find((row) => row.class === 'B')
      const path = `${here}/recordings/${one?.id}`
      const unproved = await (await service.as('rec300', { stepUp: false })).get(path)
      assert.equal(unproved.statusCode, 302)
      assert.match(String(unproved.headers.location), /^\/confirm-it-is-you/)
      assert.equal((await reviewer.get(path)).statusCode, 200)
      for (const who of ['pc4321', 'dpo400', 'adm500', 'aud503'])
        assert.equal((await (await service.as(who)).get(path)).statusCode, 403, who)
      assert.equal((await reviewer.get(`${here}/recordings/${'0'.repeat(32)}`)).statusCode, 404)
      for (const page of [
        'recordings',
        'recordings?phone=x',
        'waiting',
        'holds',
        'holds/new',
        `holds/${'0'.repeat(32)}/lift`,
      ])
        assert.equal((await reviewer.get(`/archives/x/${page}`)).statusCode, 404, page)
    },
  )

  await t.test('what is asked for in an address is what there is to ask, and no more', async () => {
    const wrong = await reviewer.get(`${here}/recordings?phone=07700900123`)
    assert.deepEqual(errorsOf(wrong), ['Enter the number of the phone in figures, for example 12 for phone 12'])
    for (const query of ['class=Z', 'code=toString', 'month=2018-13', 'after=x', 'class=E&after=%27'])
      assert.equal((await reviewer.get(`${here}/recordings?${query}`)).statusCode, 200, query)
    assert.match(textOf(await reviewer.get(`${here}/recordings?phone=9999`)), /There are no such recordings/)
    assert.equal((await reviewer.get(`${here}/waiting?after=2026-13-01T00:00:00Z~x`)).statusCode, 200)
  })

  await t.test(
    'E14: what waits stands on the start page of the disclosure officer, and what is overdue is said',
    async () => {
      const waiting = rows.filter(({ deadline }) => deadline !== null).length
      assert.match(textOf(await officer.get('/')), new RegExp(`Decide on ${waiting} recordings`))
      assert.doesNotMatch(textOf(await reviewer.get('/')), /Decide on/)
      service.setNow(new Date(Date.now() + 29 * 86_400_000))
      const later = await service.as('dis210')
      assert.match(textOf(await later.get('/')), new RegExp(`${waiting} overdue`))
      assert.match(textOf(await later.get(`${here}/waiting`)), /Overdue/)
      service.setNow(new Date())
    },
  )

  await t.test('D9: a hold is asked for in its own field, and what is wrong with it stands there', async () => {
    const set = (form: Record<string, string>) => reviewer.post(`${here}/holds/new`, form)
    assert.deepEqual(errorsOf(await set({})), ['Select what the hold is on', 'Enter why it must be held'])
    const number = await set({ on: 'number', number: '12', reasons: 'Call 07700 900123 about it.' })
    assert.deepEqual(errorsOf(number), [
      'Enter a telephone number, with its area or country code',
      'Leave out telephone numbers',
    ])
    assert.match(number.body, /href="#number"/)
    const done = await set({ on: 'number', number: '07700 900999', reasons: 'An inquest.' })
    assert.equal(done.headers.location, `${here}/holds?set=0`)
    assert.match(textOf(await reviewer.get(`${here}/holds?set=0`)), /No recording is under it now/)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDevicePage, CLOCK, importPhones, RECORDER } from '../../../actions/fleet/a-fleet.fixture.ts'
import { runFleetImport } from '../../../actions/index.ts'
import { testService, type Visitor } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

test('pages of what phones hold', async (t) => {
  const service = await testService(t)
  const { ops } = service
  let now = new Date('2026-11-20T09:00:00Z')
  service.setNow(now)
  const owner = await service.as('app410')

  /** Posts files as a browser without a script does. */
  const handIn = async (who: Visitor, url: string, name: string, files: readonly (string | Buffer)[]) => {
    const form = new FormData()
    form.append('csrf', who.csrf)
    for (const file of files)
      form.append(name, new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), 'a person’s name.json')
    const request = new Request('http://localhost/', { method: 'POST', body: form })
    return service.app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: who.cookie,
        origin: service.service.url,
        'content-type': request.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await request.arrayBuffer()),
    })
  }

  await t.test(
    'E11: an export is brought in without a script, read behind the pages, and its tickets are shown',
    async () => {
      assert.match(textOf(await owner.get('/fleet')), /Nobody has brought in yet what phones hold/)
      assert.deepEqual(errorsOf(await owner.post('/fleet/import', {})), [
        'Select where the export comes from',
        'Choose when it happened',
      ])
      const begun = await owner.post('/fleet/import', { source: 'android_management', when: 'now' })
      assert.equal(begun.statusCode, 303)
      const address = String(begun.headers.location)
      const id = address.split('/').at(-1) ?? ''
      assert.deepEqual(errorsOf(await handIn(owner, `${address}/files`, 'files', [])), ['Choose a file'])
      assert.deepEqual(errorsOf(await owner.post(`${address}/read`)), ['Choose a file'])
      const pages = [aDevicePage({ 'PHONE-A': [RECORDER] }), aDevicePage({ 'PHONE-B': [CLOCK] })]
      assert.equal((await handIn(owner, `${address}/files`, 'files', pages)).statusCode, 303)
      assert.match(textOf(await owner.get(address)), /2 files handed in, not more than 1 MB in all/)
      assert.equal((await owner.post(`${address}/read`)).statusCode, 303)
      assert.match(textOf(await owner.get(address)), /Being read[\s\S]*This page loads again every three seconds/)
      await runFleetImport(ops, id)
      assert.match(textOf(await owner.get(address)), /Taken in.*Tickets 2 opened, 0 closed/s)
      const list = await owner.get('/fleet/tickets')
      assert.match(textOf(list), /Could record calls: com\.nll\.acr/)
      assert.doesNotMatch(list.body, /PHONE-A/)
    },
  )

  await t.test('E11: a ticket says which phone, why, what to do and by when', async () => {
    const href =
      /href="(\/fleet\/tickets\/[0-9a-f-]{36})">Could record/.exec((await owner.get('/fleet/tickets')).body)?.[1] ?? ''
    const ticket = textOf(await owner.get(href))
    for (const says of [
      /PHONE-A/,
      /Investigatory Powers Act 2016 s\.3/,
      /Do not have it deleted yet/,
      /23 November 2026/,
    ])
      assert.match(ticket, says)
    assert.deepEqual(errorsOf(await owner.post(href, {})), [
      'Select whether it was seen to',
      'Enter what was done, or a note',
    ])
    assert.deepEqual(errorsOf(await owner.post(href, { kind: 'done', text: '' })), ['Enter what was done'])
    assert.equal((await owner.post(href, { kind: 'done', text: 'Taken in.' })).statusCode, 303)
    assert.match(textOf(await owner.get(href)), /Seen to.*Taken in\./s)
    assert.equal((await (await service.as('dpo400')).get(href)).statusCode, 200)
    assert.equal((await (await service.as('dpo400')).post(href, { kind: 'done', text: 'x' })).statusCode, 403)
    assert.equal((await (await service.as('pc4321')).get(href)).statusCode, 403)
    assert.equal((await owner.get('/fleet/tickets/x')).statusCode, 404)
  })

  await t.test('E11: what is overdue waits on the start page and is measured', async () => {
    now = new Date('2026-11-24T09:00:00Z')
    service.setNow(now)
    const later = await service.as('app411')
    assert.match(textOf(await later.get('/')), /See to 2 things that phones should not hold/)
    assert.match(textOf(await later.get('/fleet')), /Overdue 2 Overdue/)
    const { body } = await service.app.inject({ method: 'GET', url: '/metrics' })
    assert.match(body, /^peel_fleet_tickets_overdue 2$/m)
    assert.match(body, /^peel_fleet_tickets\{severity="high"\} 2$/m)
    assert.match(textOf(await later.get('/fleet/tickets?state=overdue&severity=high&page=1')), /com\.nll\.acr/)
    assert.match(textOf(await later.get('/fleet/tickets?severity=low')), /Nothing is open/)
    await importPhones(ops, await service.actor('app410'), { 'PHONE-A': [CLOCK], 'PHONE-B': [CLOCK] })
    assert.doesNotMatch(textOf(await later.get('/')), /phones should not hold/)
    assert.match(textOf(await later.get('/fleet/tickets?state=closed')), /Closed 24 November 2026/)
  })

  await t.test('a roster is handed in, or says what is wrong with it', async () => {
    const who = await service.as('app410')
    assert.deepEqual(errorsOf(await handIn(who, '/fleet/roster', 'roster', [])), ['Choose a file'])
    assert.deepEqual(errorsOf(await handIn(who, '/fleet/roster', 'roster', ['a,b\n1,2'])), [
      'The first line must name the columns device and role',
    ])
    assert.equal((await handIn(who, '/fleet/roster', 'roster', ['device,role\nPHONE-A,response'])).statusCode, 303)
    assert.match(
      textOf(await who.get('/fleet/roster?done=given')),
      /It counts from the next import on.*Roles response/s,
    )
  })

  await t.test('columns of a CSV are asked, and an answer that is missing is asked again', async () => {
    now = new Date('2026-11-25T09:00:00Z')
    service.setNow(now)
    const who = await service.as('app410')
    const address = String((await who.post('/fleet/import', { source: 'columns', when: 'now' })).headers.location)
    assert.deepEqual(errorsOf(await handIn(who, `${address}/files`, 'files', ['one word'])), [
      'The file must be a CSV whose first line names its columns',
    ])
    await handIn(who, `${address}/files`, 'files', ['Asset,Bundle\nT-1,com.example.chess'])
    assert.match(textOf(await who.get(address)), /What do the columns mean\?/)
    assert.deepEqual(errorsOf(await who.post(`${address}/columns`, {})), [
      'Choose the column of the phone',
      'Choose the column of the app’s id, or that of its name',
      'Choose which phones they are',
      'Select whether lists are whole',
    ])
    const told = { 'column-device': 'Asset', 'column-id': 'Bundle', platform: 'ios', whole: 'yes' }
    assert.deepEqual(errorsOf(await who.post(`${address}/columns`, { ...told, 'column-id': 'Elsewhere' })), [
      'Choose columns that the file has',
    ])
    assert.equal((await who.post(`${address}/columns`, told)).statusCode, 303)
    assert.match(textOf(await who.get(address)), /Read it now/)
    await who.post(`${address}/take-back`)
    assert.match(textOf(await who.get(address)), /destroyed unread/)
  })

  await t.test('E10: a name is confirmed by a person', async () => {
    const who = await service.as('app410')
    const id = '00000000-0000-4000-8000-000000000002'
    await ops.store.db
      .insertInto('fleet_aliases')
      .values({ id, platform: 'ios', name: 'Chess <b>', package: 'com.example.chess', proposed_at: now })
      .execute()
    assert.match((await who.get('/fleet/names')).body, /Chess &lt;b&gt;/)
    assert.deepEqual(errorsOf(await who.post(`/fleet/names/${id}`, {})), ['Select whether it is that app'])
    await who.post(`/fleet/names/${id}`, { confirmed: 'no' })
    assert.match(textOf(await who.get('/fleet/names')), /is not com\.example\.chess/)
  })
})

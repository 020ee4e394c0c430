import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { aDevicePage, CLOCK, giveRoles, importPhones, RECORDER } from './a-fleet.fixture.ts'
import {
  beginFleetImport,
  handInFleetFiles,
  isStuck,
  sayFleetColumns,
  startFleetImport,
  takeBackFleetImport,
} from './collect-import.ts'
import { decideName, readNames } from './names.ts'
import { seeQuietPhones } from './quiet-phones.ts'
import { overdueTickets, readFleet } from './read-fleet.ts'
import { type ImportRead, readFleetImport } from './read-imports.ts'
import { giveRoster } from './roster.ts'
import { runFleetImport } from './run-import.ts'
import { settleTicket } from './settle-ticket.ts'
import { readTickets, seeTicket } from './tickets.ts'

const HOUR = 3_600_000
const OPEN = { state: 'open', page: 1 } as const

test('what phones hold', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { db } = ops.store
  let now = new Date('2026-11-20T09:00:00Z')
  service.setNow(now)
  const later = (hours: number) => {
    now = new Date(now.getTime() + hours * HOUR)
    service.setNow(now)
  }
  const owner = await service.actor('app410')
  const logged = async (kind: string) =>
    (
      await db
        .selectFrom('statements')
        .select('envelope')
        .where('kind', '=', kind as never)
        .execute()
    ).map(({ envelope }) => Buffer.from(JSON.parse(envelope).payload, 'base64').toString())

  await t.test('E10, H17: is taken in by whoever owns apps, and by nobody else', async () => {
    for (const who of ['iao310', 'dpo400', 'adm500', 'pc4321', 'aud503'])
      await assert.rejects(
        beginFleetImport(ops, await service.actor(who), { source: 'android_management', at: now }),
        { code: 'NOT_ALLOWED' },
        who,
      )
    await assert.rejects(giveRoster(ops, await service.actor('pc4321'), Buffer.from('')), { code: 'NOT_ALLOWED' })
  })

  await t.test(
    'E11: a recorder that nobody approved is found at the first import, with a day by which it is seen to',
    async () => {
      await giveRoles(ops, owner, { 'PHONE-ALPHA': ['response', 'pc4321'], 'PHONE-BETA': ['response', 'pc4322'] })
      const id = await importPhones(ops, owner, { 'PHONE-ALPHA': [RECORDER, CLOCK], 'PHONE-BETA': [CLOCK] })
      const { tickets, total } = await readTickets(ops, OPEN)
      assert.deepEqual(
        tickets.map(({ kind, severity, app, deadline }) => [kind, severity, app, deadline.toISOString()]),
        [
          ['recorder', 'high', 'android com.nll.acr', '2026-11-23T09:00:00.000Z'],
          ['unapproved', 'high', 'android com.nll.acr', '2026-11-23T09:00:00.000Z'],
        ].sort(
          (a, b) => tickets.findIndex(({ kind }) => kind === a[0]) - tickets.findIndex(({ kind }) => kind === b[0]),
        ),
      )
      assert.equal(total, 2)
      const read = await readFleetImport(ops, id)
      assert.deepEqual(
        [read?.state, read?.summary?.phones, read?.summary?.apps, read?.summary?.installs, read?.summary?.opened],
        ['done', 2, 2, 3, 2],
      )
      assert.equal((await readFleet(ops)).roster?.holders, 2)
    },
  )

  await t.test('nothing of a phone rests readable, in the database, in a file or in the log', async () => {
    const files = readdirSync(ops.fleetFolder)
    assert.equal(files.length, 1)
    for (const file of files)
      assert.doesNotMatch(readFileSync(join(ops.fleetFolder, file), 'latin1'), /PHONE-|com\.nll/)
    const { rows } = await ops.store.pool.query(
      `SELECT to_jsonb(x)::text AS text FROM (SELECT * FROM fleet_tickets) x
       UNION ALL SELECT to_jsonb(r)::text FROM fleet_rosters r UNION ALL SELECT to_jsonb(i)::text FROM fleet_imports i
       UNION ALL SELECT to_jsonb(s)::text FROM fleet_state s`,
    )
    assert(rows.length >= 4)
    for (const { text } of rows) assert.doesNotMatch(text, /PHONE-|com\.nll|pc4322/)
    const said = [...(await logged('fleet.imported')), ...(await logged('fleet.roster_given'))]
    assert.equal(said.length, 2)
    for (const one of said) assert.doesNotMatch(one, /PHONE-|com\.nll/)
  })

  await t.test(
    'E11: which phone it is is told on the ticket alone, and that somebody looked is in the log',
    async () => {
      const [first] = (await readTickets(ops, OPEN)).tickets
      assert(first)
      const before = (await logged('fleet.ticket_seen')).length
      const ticket = await seeTicket(ops, await service.actor('dpo400'), first.id)
      assert.equal(ticket.device, 'PHONE-ALPHA')
      assert(ticket.reasons.length > 0)
      assert.equal((await logged('fleet.ticket_seen')).length, before + 1)
      await assert.rejects(seeTicket(ops, await service.actor('pc4321'), first.id), { code: 'NOT_ALLOWED' })
      await assert.rejects(seeTicket(ops, owner, 'x'), { code: 'NOT_FOUND' })
    },
  )

  await t.test('E11: what was done is written down; it closes only when an import shows it', async () => {
    const { tickets } = await readTickets(ops, OPEN)
    const [first] = tickets
    assert(first)
    const done = { ticket: first.id, kind: 'done', text: 'The phone was reset.' } as const
    await assert.rejects(settleTicket(ops, await service.actor('dpo400'), done), { code: 'NOT_ALLOWED' })
    await assert.rejects(settleTicket(ops, owner, { ...done, text: ' ' }), { code: 'NOT_VALID', reason: 'text' })
    await settleTicket(ops, owner, { ...done, kind: 'note', text: 'The officer was told.' })
    await settleTicket(ops, owner, done)
    assert.doesNotMatch((await logged('fleet.settled')).join(), /reset/)
    assert.equal((await readTickets(ops, OPEN)).total, 2)

    later(1)
    await importPhones(ops, owner, { 'PHONE-ALPHA': [RECORDER, CLOCK], 'PHONE-BETA': [CLOCK] })
    assert.equal((await readTickets(ops, OPEN)).total, 2)
    later(100)
    assert.deepEqual((await overdueTickets(ops)).n, 2)
    assert.equal((await readTickets(ops, { ...OPEN, state: 'overdue' })).total, 2)
    const id = await importPhones(ops, owner, { 'PHONE-ALPHA': [CLOCK], 'PHONE-BETA': [CLOCK] })
    assert.equal((await readFleetImport(ops, id))?.summary?.closed, 2)
    assert.equal((await readTickets(ops, OPEN)).total, 0)
    const closed = await seeTicket(ops, owner, first.id)
    assert.equal(closed.because, 'gone')
    assert.deepEqual(
      closed.notes.map(({ kind, text }) => [kind, text]),
      [
        ['note', 'The officer was told.'],
        ['done', 'The phone was reset.'],
      ],
    )
    await assert.rejects(settleTicket(ops, owner, done), { code: 'NOT_NOW', reason: 'CLOSED' })
  })

  await t.test('E11: it opens anew when the app comes back, and says how long it may have been there', async () => {
    later(10)
    await importPhones(ops, owner, { 'PHONE-ALPHA': [CLOCK, RECORDER], 'PHONE-BETA': [CLOCK] })
    const [again] = (await readTickets(ops, OPEN)).tickets
    assert(again)
    assert.deepEqual((await seeTicket(ops, owner, again.id)).detection, { atLeastMs: 0, atMostMs: 10 * HOUR })
    assert.equal((await readTickets(ops, { ...OPEN, state: 'closed' })).total, 2)
  })

  await t.test('an import that is taken up again after an interruption changes nothing twice', async () => {
    later(1)
    const id = await beginFleetImport(ops, owner, { source: 'android_management', at: now })
    await handInFleetFiles(ops, owner, id, [{ bytes: gzipSync(aDevicePage({ 'PHONE-BETA': [RECORDER] })) }])
    await startFleetImport(ops, owner, id)
    const broken = { ...ops, store: { ...ops.store, db: failingTransactions() } } as typeof ops
    await assert.rejects(runFleetImport(broken, id), /interrupted/)
    assert.equal((await readFleetImport(ops, id))?.state, 'queued')
    await runFleetImport(ops, id)
    await runFleetImport(ops, id)
    assert.equal((await readFleetImport(ops, id))?.state, 'done')
    assert.equal((await readTickets(ops, OPEN)).total, 4)
    assert.equal((await logged('fleet.imported')).filter((one) => one.includes(id)).length, 1)

    function failingTransactions() {
      return new Proxy(db, {
        get: (target, name) => {
          if (name === 'transaction') throw new Error('interrupted')
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    }
  })

  await t.test(
    'E11: where what phones held is lost, as after a restoration, tickets of phones that are not told of stay open',
    async () => {
      for (const file of readdirSync(ops.fleetFolder)) rmSync(join(ops.fleetFolder, file))
      later(1)
      await importPhones(ops, owner, { 'PHONE-BETA': [CLOCK] })
      const { tickets } = await readTickets(ops, OPEN)
      assert.equal(tickets.length, 2)
      assert.equal((await seeTicket(ops, owner, tickets[0]?.id ?? '')).device, 'PHONE-ALPHA')
      later(1)
      await importPhones(ops, owner, { 'PHONE-ALPHA': [RECORDER], 'PHONE-BETA': [RECORDER] })
      assert.equal((await readTickets(ops, OPEN)).total, 4)
    },
  )

  await t.test('an export that is none fails with its code, and what was there stays', async () => {
    later(1)
    const id = await beginFleetImport(ops, owner, { source: 'intune_graph', at: now })
    await handInFleetFiles(ops, owner, id, [{ bytes: Buffer.from('no json') }])
    await startFleetImport(ops, owner, id)
    await runFleetImport(ops, id)
    assert.deepEqual(
      [(await readFleetImport(ops, id))?.state, (await readFleetImport(ops, id))?.failure],
      ['failed', 'NOT_JSON'],
    )
    assert.equal((await readTickets(ops, OPEN)).total, 4)
    assert.equal(readdirSync(ops.fleetFolder).length, 1)
  })

  await t.test(
    'one that stops for a reason nobody expected is read again, or destroyed, by whoever asked',
    async () => {
      const id = await beginFleetImport(ops, owner, { source: 'intune_graph', at: now })
      await handInFleetFiles(ops, owner, id, [{ bytes: Buffer.from('no json') }])
      await startFleetImport(ops, owner, id)
      await assert.rejects(startFleetImport(ops, owner, id), { reason: 'NOT_COLLECTING' })
      const file = join(ops.fleetFolder, `import-${id}-0000`)
      renameSync(file, `${file}.away`)
      await assert.rejects(runFleetImport(ops, id), { code: 'ENOENT' })
      assert.equal(isStuck((await readFleetImport(ops, id)) as ImportRead), true)
      await startFleetImport(ops, owner, id)
      assert.equal(isStuck((await readFleetImport(ops, id)) as ImportRead), false)
      await assert.rejects(runFleetImport(ops, id), { code: 'ENOENT' })
      await takeBackFleetImport(ops, owner, id)
      assert.equal((await readFleetImport(ops, id))?.state, 'taken_back')
      assert.equal(readdirSync(ops.fleetFolder).length, 1, 'nothing of it is left')
    },
  )

  await t.test('a time before the last import is refused, and what is taken back is gone', async () => {
    await assert.rejects(beginFleetImport(ops, owner, { source: 'apple_mdm', at: new Date('2026-11-20T09:00:00Z') }), {
      code: 'NOT_VALID',
      reason: 'at',
    })
    const id = await beginFleetImport(ops, owner, { source: 'apple_mdm', at: now })
    await handInFleetFiles(ops, owner, id, [{ bytes: Buffer.from('x') }])
    assert.equal(readdirSync(ops.fleetFolder).length, 2)
    await takeBackFleetImport(ops, owner, id)
    assert.equal(readdirSync(ops.fleetFolder).length, 1)
    await assert.rejects(startFleetImport(ops, owner, id), { code: 'NOT_NOW' })
  })

  await t.test(
    'a CSV of any columns is read once they were named, and the next of its heading is read alike',
    async () => {
      const csv = (device: string) => Buffer.from(`Asset;App name;Bundle\r\n${device};Chess;com.example.chess\r\n`)
      const columns = {
        platform: 'ios',
        columns: { device: 'Asset', name: 'App name', id: 'Bundle' },
        whole: true,
      } as const
      const id = await beginFleetImport(ops, owner, { source: 'columns', at: now })
      await handInFleetFiles(ops, owner, id, [{ bytes: csv('TABLET-1') }])
      await assert.rejects(startFleetImport(ops, owner, id), { reason: 'NO_COLUMNS' })
      const bad = { ...columns, columns: { device: 'Asset', name: 'Nowhere' } }
      await assert.rejects(sayFleetColumns(ops, owner, id, bad), { code: 'NOT_VALID' })
      await sayFleetColumns(ops, owner, id, columns)
      await startFleetImport(ops, owner, id)
      await runFleetImport(ops, id)
      assert.equal((await readFleetImport(ops, id))?.summary?.installs, 1)
      later(24 * 8)
      const next = await beginFleetImport(ops, owner, { source: 'columns', at: now })
      await handInFleetFiles(ops, owner, next, [{ bytes: csv('TABLET-2') }])
      assert.deepEqual((await readFleetImport(ops, next))?.columns?.columns, columns.columns)
      await startFleetImport(ops, owner, next)
      await runFleetImport(ops, next)
      assert.equal((await readFleetImport(ops, next))?.state, 'done')
      const quiet = await seeQuietPhones(ops, await service.actor('aud503'))
      assert.deepEqual(quiet.map(({ device }) => device).sort(), ['PHONE-ALPHA', 'PHONE-BETA', 'TABLET-1'])
    },
  )

  await t.test('E10: a name stands for an app only once somebody has said so', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    await db
      .insertInto('fleet_aliases')
      .values({ id, platform: 'ios', name: 'Chess', package: 'com.example.chess', proposed_at: now })
      .execute()
    await assert.rejects(decideName(ops, await service.actor('iao310'), id, true), { code: 'NOT_ALLOWED' })
    await assert.rejects(decideName(ops, owner, id, undefined), { code: 'NOT_VALID' })
    await decideName(ops, owner, id, true)
    assert.equal((await readNames(ops))[0]?.decided?.confirmed, true)
  })

  await t.test('a roster that cannot be read says at which line, and the one before stays', async () => {
    for (const [text, says] of [
      ['', /Choose a file/],
      ['phone;rank\nA;B', /device and role/],
      ['device,role\nA,', /Line 2/],
      ['device,role', /no phones/],
      ['device,role,since\nA,b,yesterday', /Line 2/],
    ] as const)
      await assert.rejects(giveRoster(ops, owner, Buffer.from(text)), says)
    assert.equal((await readFleet(ops)).roster?.phones, 2)
  })
})

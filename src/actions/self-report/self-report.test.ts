import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { setAmnesty } from './amnesty.ts'
import { doneWithReport } from './done-with-report.ts'
import { followingReport, readReports, seeReport } from './read-reports.ts'
import { type ReportedApp, reportApp, selfReportFaults } from './report-app.ts'

const REPORT = {
  app: 'Another Call Recorder',
  installed: 'still',
  phone: 'of_the_force',
  data: 'both',
  deleted: 'some',
  evidence: 'yes',
  told: false,
  named: true,
} as const satisfies ReportedApp

test('apps that somebody reports on their own phone', async (t) => {
  const service = await testService(t)
  const { ops } = service
  service.setNow(new Date('2026-11-20T09:00:00Z'))
  const ada = await service.actor('pc4321')
  const owner = await service.actor('app410')
  const disclosure = await service.actor('dis210')
  const officer = await service.actor('dpo400')
  const logged = async () =>
    (
      await ops.store.db
        .selectFrom('statements')
        .select(['actor', 'envelope'])
        .where('kind', '=', 'self_report.made')
        .execute()
    ).map(({ actor, envelope }) => ({ actor, said: Buffer.from(JSON.parse(envelope).payload, 'base64').toString() }))

  await t.test('E14: what decides what is kept is asked, all of it', () => {
    assert.deepEqual(
      selfReportFaults({ app: '' }, '2026-11-20').map(({ field }) => field),
      ['app', 'phone', 'installed', 'data', 'deleted', 'evidence', 'told', 'named'],
    )
    assert.deepEqual(
      [
        ...selfReportFaults({ ...REPORT, since: '2026-11-21' }, '2026-11-20'),
        ...selfReportFaults({ ...REPORT, since: '2026-02-30' }, '2026-11-20'),
      ].map(({ says }) => says),
      ['The date must be in the past', 'Enter a real date'],
    )
  })

  await t.test('E14: what follows is told at once: first of all, delete nothing', async () => {
    const id = await reportApp(ops, ada, REPORT)
    const follows = await followingReport(ops, id)
    assert.equal(follows?.following[0], 'keep_everything')
    assert(follows?.following.includes('tell_disclosure'))
    assert.equal(follows?.amnesty, undefined)
    const read = await seeReport(ops, owner, id)
    assert.deepEqual([read.by, read.report.data, read.report.used_after_told_not_to], ['Ada Holt', 'both', false])
  })

  await t.test('E8: somebody may report without a name, and then stands nowhere', async () => {
    const id = await reportApp(ops, ada, { ...REPORT, named: false, evidence: 'no' })
    const row = await ops.store.db.selectFrom('self_reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.equal(row.person_id, null)
    const entry = (await logged()).find(({ said }) => said.includes(id))
    assert.deepEqual(entry?.actor, 'service')
    assert.doesNotMatch(entry?.said ?? '', /pc4321|Recorder/)
    assert.equal((await seeReport(ops, owner, id)).by, undefined)
  })

  await t.test(
    'E14, H12: the disclosure officer sees what may be evidence, and no other report; others see none',
    async () => {
      assert.equal((await readReports(ops, owner)).length, 2)
      assert.equal((await readReports(ops, officer)).length, 2)
      const theirs = await readReports(ops, disclosure)
      assert.deepEqual(
        theirs.map(({ evidence }) => evidence),
        ['yes'],
      )
      const other = (await readReports(ops, owner)).find(({ evidence }) => evidence === 'no')
      await assert.rejects(seeReport(ops, disclosure, other?.id ?? ''), { code: 'NOT_FOUND' })
      for (const who of ['pc4321', 'iao310', 'adm500', 'insp77'])
        await assert.rejects(readReports(ops, await service.actor(who)), { code: 'NOT_ALLOWED' }, who)
    },
  )

  await t.test('E11: a promise covers what it names, for its days, and not who was told not to', async () => {
    const amnesty = { from: '2026-11-01', until: '2026-11-30', apps: [] }
    await assert.rejects(setAmnesty(ops, ada, amnesty), { code: 'NOT_ALLOWED' })
    await assert.rejects(setAmnesty(ops, owner, { ...amnesty, until: '2026-10-01' }), { code: 'NOT_VALID' })
    await setAmnesty(ops, owner, amnesty)
    const covered = async (more: Partial<ReportedApp>) =>
      (await followingReport(ops, await reportApp(ops, ada, { ...REPORT, ...more })))?.amnesty?.covered
    assert.equal(await covered({}), true)
    assert.equal(await covered({ told: true }), false)
    service.setNow(new Date('2026-12-01T09:00:00Z'))
    assert.equal(await covered({}), false)
  })

  await t.test('E11: what was done is written down once, and its words stay out of the log', async () => {
    const [first] = await readReports(ops, owner)
    assert(first)
    await assert.rejects(doneWithReport(ops, officer, first.id, 'x'), { code: 'NOT_ALLOWED' })
    await assert.rejects(doneWithReport(ops, owner, first.id, ' '), { code: 'NOT_VALID', reason: 'done' })
    const done = (who: typeof owner) => doneWithReport(ops, who, first.id, 'The phone was taken in.')
    const both = await Promise.allSettled([done(owner), done(await service.actor('app411'))])
    assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
    await assert.rejects(doneWithReport(ops, owner, first.id, 'again'), { code: 'NOT_NOW' })
    assert.equal((await seeReport(ops, owner, first.id)).doneSays?.text, 'The phone was taken in.')
  })
})

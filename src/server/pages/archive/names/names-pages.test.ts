import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anArchive, matchAgain } from '../../../../actions/archive/an-archive.fixture.ts'
import { withArchiveKeys } from '../../../../actions/archive/details.ts'
import { unreadNamesIn } from '../../../../actions/archive/names/unread-names.fixture.ts'
import { testService } from '../../../test-service.fixture.ts'
import { errorsOf, textOf } from '../../request/request-walk.fixture.ts'
import { templateWords } from './words.ts'

test('how names are read is learnt', async (t) => {
  const service = await testService(t)
  const archive = await anArchive(service, { recordings: 200 })
  const { id, ops } = archive
  const at = `/archives/${id}/names`
  const [analyst, other, owner] = [await service.as('rec300'), await service.as('rec301'), await service.as('iao310')]
  const numbers = [...new Set([...archive.truth.values()].flatMap(({ number }) => (number === null ? [] : [number])))]
  const tellsNobody = (body: string) => {
    for (const number of numbers) assert(!body.includes(number.slice(-6)), 'a number is shown')
  }
  const kinds = async () =>
    (await ops.store.db.selectFrom('statements').select('kind').orderBy('id').execute()).map(({ kind }) => kind)

  await t.test('where every name is read, that is said', async () => {
    assert.match(
      textOf(await analyst.get(at)),
      /The service can tell from every file name in this archive when the call was/,
    )
  })
  const renamed = await unreadNamesIn(ops, id)

  await t.test('E13: what no rule reads is shown by its shape, to whoever may see recordings, and logged', async () => {
    const before = (await kinds()).filter((kind) => kind === 'names.shown').length
    const list = await analyst.get(at)
    assert.match(textOf(list), /cannot tell when the call was from 60 of 2\d\d file names in this archive/)
    assert.match(list.body, /\d\d•{9}-\d{8} \d\d\.\d\d [ES]/)
    tellsNobody(list.body)
    assert.equal((await kinds()).filter((kind) => kind === 'names.shown').length, before + 1)
    assert.match(String((await (await service.as('rec300', { stepUp: false })).get(at)).headers.location), /confirm/)
    for (const who of ['dpo400', 'pc4321', 'aud503'])
      assert.equal((await (await service.as(who)).get(at)).statusCode, 403)
    // Who may see recordings, and not manage archives, marks nothing.
    assert.doesNotMatch((await owner.get(at)).body, new RegExp(`${at}/[0-9a-f]{32}`))
    assert.equal((await owner.get(`${at}/${renamed[0]}`)).statusCode, 403)
  })

  let template = ''
  await t.test('E14: one name is marked, tried on all, and proposed', async () => {
    const item = /names\/([0-9a-f]{32})"[^>]*>\d\d•{9}-\d{8}/.exec((await analyst.get(at)).body)?.[1] ?? ''
    const page = `${at}/${item}`
    const form = await analyst.get(page)
    tellsNobody(form.body)
    assert.match(textOf(form), /Characters 1 to 11/)
    assert.equal((await analyst.get(`${at}/${'0'.repeat(32)}`)).statusCode, 404)
    assert.deepEqual(errorsOf(await analyst.post(page, {})), ['Mark at least one part'])
    assert.deepEqual(errorsOf(await analyst.post(page, { 'part-13': 'dmy' })), ['Select what this part is'])
    assert.deepEqual(errorsOf(await analyst.post(page, { cuts: 'x' })), [
      'Enter numbers of characters, such as 11 and 19',
    ])
    const marks = {
      'part-1': 'number',
      'part-13': 'dmy',
      'part-22': 'hour',
      'part-25': 'minute',
      'part-28': 'direction',
    }
    const tried = await analyst.post(page, { ...marks, do: 'try' })
    assert.equal(tried.statusCode, 200)
    assert.match(
      textOf(tried),
      /It reads 60 of 2\d\d names[\s\S]*\[number\]-\[day\]\[month\]\[year\] \[hour\]\.\[minute\] \[direction\]/,
    )
    tellsNobody(tried.body)
    assert.deepEqual(errorsOf(await analyst.post(page, { ...marks, do: 'propose' })).toSorted(), [
      'Select what “E” means',
      'Select what “S” means',
    ])
    const words = [...tried.body.matchAll(/name="word-(\d)" value="(.)"/g)].map(([, index, word]) => ({ index, word }))
    const means = Object.fromEntries(
      words.flatMap(({ index, word }) => [
        [`word-${index}`, word ?? ''],
        [`means-${index}`, word === 'E' ? 'in' : 'unknown'],
      ]),
    )
    const proposed = await analyst.post(page, { ...marks, ...means, do: 'propose' })
    assert.equal(proposed.headers.location, `${at}?done=proposed`)
    const row = await ops.store.db.selectFrom('name_templates').selectAll().executeTakeFirstOrThrow()
    template = row.id
    assert.deepEqual([row.read, row.approved], [60, null])
    assert.deepEqual(row.template['directions'], { E: 'in', S: null })
    const again = await analyst.post(page, { ...marks, ...means, do: 'propose' })
    assert.match(textOf(again), /ALREADY_PROPOSED/)
  })

  await t.test('E14: somebody else approves it, and it is used when the archive is matched next', async () => {
    const page = `${at}/templates/${template}`
    assert.match(textOf(await analyst.get(page)), /You proposed it. Somebody else has to approve it/)
    const own = await analyst.post(page, { outcome: 'approved' })
    assert.match(textOf(own), /SAME_PERSON/)
    assert.match((await other.get('/')).body, new RegExp(page))
    assert.doesNotMatch((await analyst.get('/')).body, new RegExp(page))
    const shown = await other.get(page)
    assert.match(
      textOf(shown),
      /Are file names to be read this way\?[\s\S]*60 of 2\d\d[\s\S]*E : Incoming[\s\S]*S : Not known for certain/,
    )
    tellsNobody(shown.body)
    assert.deepEqual(errorsOf(await other.post(page, {})), ['Select whether file names are read this way'])
    await other.post(page, { outcome: 'approved' })
    assert.match(textOf(await owner.post(page, { outcome: 'refused' })), /TEMPLATE_DECIDED/)
    assert.match(
      textOf(await analyst.get(at)),
      /The service can tell from every file name in this archive when the call was[\s\S]*Approved/,
    )
    await matchAgain(archive.ops, id)
    const { generation } = await ops.store.db.selectFrom('archives').select('generation').executeTakeFirstOrThrow()
    const rows = await ops.store.db.selectFrom('archive_items').selectAll().where('id', 'in', renamed).execute()
    await withArchiveKeys(ops, { id, generation }, (keys) => {
      for (const row of rows) {
        const { named } = keys.openDetails(row.id, row.sealed as Buffer)
        assert.match(named?.recorder ?? '', /^learnt-[0-9a-f]{8}$/)
        const truth = archive.truth.get(row.id)
        assert.equal(named?.numbers[0]?.slice(-9), truth?.number?.slice(-9))
        assert.equal(named?.direction, truth?.direction === 'in' ? 'in' : undefined)
        assert(named?.started?.at.some((one) => Math.abs(one - (truth?.started_at ?? 0)) < 60_000))
      }
    })
    assert.deepEqual(
      (await kinds()).filter((kind) => kind.startsWith('template.')),
      ['template.proposed', 'template.decided'],
    )
  })
})

test('a template is read as its own text, with what stands in each place in brackets', () => {
  assert.equal(templateWords('{number}-{DD}{MM}{YYYY} \\[{direction}\\]'), '[number]-[day][month][year] [[direction]]')
})

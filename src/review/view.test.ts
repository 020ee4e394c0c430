import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold, type PeelRecord, person, says, wordsOf } from '../records/index.ts'
import { Catalogue } from './catalogue.ts'
import { COMPARTMENTS, compartmentOf } from './compartment.ts'
import { partiesOf } from './parties.ts'
import type { Filter } from './filter.ts'
import { messageAt, openContainer, seal } from './open-container.fixture.ts'
import { FOUND_AT_MOST, View } from './view.ts'

const PEOPLE = ['+447700900123', '07700 900124', '447700900125@s.whatsapp.net']
const NAMES = [undefined, 'Dan Reeve', 'Uma Quill']
const WORDS = ['heron', 'river', 'meet', 'café', '早上好']

/** Records as a phone might hold them, with few values each, so that conditions meet. */
const someRecords = fc
  .array(
    fc.record({
      app: fc.constantFrom('sms', 'whatsapp'),
      thread: fc.constantFrom(undefined, 't1', 't2', 't3'),
      from: fc.nat(2),
      to: fc.option(fc.nat(2), { nil: undefined }),
      day: fc.option(fc.nat(20), { nil: undefined }),
      words: fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
      place: fc.boolean(),
      media: fc.boolean(),
      tags: fc.subarray(['relevant', 'privileged', 'excess', 'confidential']),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ app, thread, from, to, day, words, place, media, tags }, row) => ({
      tags,
      record: messageAt(row, {
        app,
        thread,
        from: { address: PEOPLE[from] as string, ...(NAMES[from] !== undefined && { name: NAMES[from] }) },
        to: to === undefined ? [] : [{ address: PEOPLE[to] as string }],
        time: day === undefined ? undefined : new Date(Date.UTC(2026, 2, 1 + day)).toISOString(),
        body: words.join(' '),
        ...(place && { place: { lat: 52, lon: -1 } }),
        ...(media && { attachments: [{ name: 'a.jpg', taken: true, sha256: '0'.repeat(64) }] }),
      }),
    })),
  )

const someFilter = fc.record(
  {
    app: fc.constantFrom('sms', 'whatsapp', 'none'),
    fromMs: fc.nat(20).map((day) => Date.UTC(2026, 2, 1 + day)),
    toMs: fc.nat(20).map((day) => Date.UTC(2026, 2, 1 + day)),
    tag: fc.constantFrom('relevant', 'confidential', 'privileged'),
    media: fc.constant(true as const),
    place: fc.constant(true as const),
  },
  { requiredKeys: [] },
)

/** The same as the filter in SQL, over records in memory. */
function matches(record: PeelRecord, tags: readonly string[], filter: Filter & { who?: string }): boolean {
  const at = record.time === undefined ? undefined : Date.parse(record.time)
  return (
    (filter.app === undefined || record.app === filter.app) &&
    (filter.fromMs === undefined || at === undefined || at >= filter.fromMs) &&
    (filter.toMs === undefined || (at !== undefined && at < filter.toMs)) &&
    (filter.tag === undefined || tags.includes(filter.tag)) &&
    (filter.media === undefined || record.attachments.some(({ taken }) => taken)) &&
    (filter.place === undefined || record.place !== undefined) &&
    (filter.who === undefined ||
      partiesOf(record).some(({ address }) => person(address) === person(filter.who as string)))
  )
}

test('pages, counts, searches and conversations of each compartment are what a look at all records gives', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      someRecords,
      someFilter,
      fc.constantFrom(...WORDS),
      fc.constantFrom(undefined, ...PEOPLE),
      async (rows, some, word, who) => {
        const sealed = await seal(
          t,
          rows.map(({ record }) => record),
        )
        // Once as it is made in memory, and once as it comes from a file that was made before.
        const made = await Catalogue.open(await sealed.open(), { manifest: sealed.manifest })
        await Catalogue.open(await sealed.open(), sealed)
        const kept = await Catalogue.open(await sealed.open(), sealed)
        for (const catalogue of [made, kept]) check(catalogue, rows, { some, word, who })
      },
    ),
    { numRuns: process.env['CI'] ? 60 : 12 },
  )
})

type Rows = typeof someRecords extends fc.Arbitrary<infer T> ? T : never

/** Holds every page of a catalogue to a look at all records. */
function check(
  catalogue: Catalogue,
  rows: Rows,
  { some, word, who }: { some: Filter; word: string; who: string | undefined },
): void {
  catalogue.setTags(rows.flatMap(({ record: { id }, tags }) => tags.map((tag) => ({ id, tag }))))
  const party = who === undefined ? undefined : catalogue.partyNumber(who)
  if (who !== undefined && party === undefined) return
  const filter: Filter = { ...some, ...(party !== undefined && { party }) }
  for (const compartment of COMPARTMENTS) {
    const view = new View(catalogue, compartment)
    const here = rows.filter(({ tags }) => compartmentOf(new Set(tags)) === compartment)
    const expected = here
      .filter(({ record, tags }) => matches(record, tags, { ...some, ...(who !== undefined && { who }) }))
      .map(({ record }) => record)
      .sort((a, b) => ((a.time ?? '~') < (b.time ?? '~') ? -1 : (a.time ?? '~') > (b.time ?? '~') ? 1 : 0))
    const ids = expected.map(({ id }) => id)
    assert.deepEqual(walk(view, filter), ids)
    assert.deepEqual(walkBack(view, filter), ids)
    assert.equal(view.count(filter), ids.length)
    const found = view.search([word], filter, 100)
    assert.deepEqual(
      found.items.map(({ record }) => record.id),
      expected.filter((record) => says(wordsOf(record), fold(word))).map(({ id }) => id),
    )
    const { bars, undated } = view.histogram(filter)
    assert.equal(bars.reduce((sum, { count }) => sum + count, 0) + undated, ids.length)
    const { total, conversations } = view.conversations(100)
    const threads = new Set(here.map(({ record }) => `${record.app} ${(record as { thread?: string }).thread}`))
    assert.equal(total, threads.size)
    assert.equal(
      conversations.reduce((sum, { count }) => sum + count, 0),
      here.length,
    )
    for (const { thread } of conversations) {
      const inIt = walk(view, { thread }).map((id) => here.find(({ record }) => record.id === id)?.record as PeelRecord)
      const people = new Set(inIt.flatMap((record) => partiesOf(record).map(({ address }) => person(address))))
      assert.equal(view.peopleIn(thread), people.size)
      for (const one of view.peopleOf(thread, 10)) assert(people.has(one.person))
    }
    const named = here.flatMap(({ record }) => [...new Set(partiesOf(record).map(({ address }) => person(address)))])
    assert.deepEqual(
      Object.fromEntries(view.people(100).map(({ person, count }) => [person, count])),
      Object.fromEntries([...Map.groupBy(named, (one) => one)].map(([one, all]) => [one, all.length])),
    )
    assert.deepEqual(view.apps(), [...new Set(here.map(({ record }) => record.app))].sort())
  }
}

function walk(view: View, filter: Filter): string[] {
  const ids: string[] = []
  for (let page = view.page(filter, 7); ; ) {
    ids.push(...page.items.map(({ record }) => record.id))
    const last = page.items.at(-1)
    if (!page.hasAfter || last === undefined) return ids
    page = view.page(filter, 7, { after: last.seq })
  }
}

function walkBack(view: View, filter: Filter): string[] {
  const [last] = walk(view, filter).slice(-1)
  if (last === undefined) return []
  const ids = [last]
  for (let before = view.seqOf(last) as number; ; ) {
    const page = view.page(filter, 5, { before })
    ids.unshift(...page.items.map(({ record }) => record.id))
    const first = page.items[0]
    if (!page.hasBefore || first === undefined) return ids
    before = first.seq
  }
}

test('the name of somebody that stands only in what was set apart is not told elsewhere', async (t) => {
  const named = messageAt(1, { from: { address: '+447700900123', name: 'Lena Barrister' }, thread_name: 'Advice' })
  const { catalogue } = await openContainer(t, [named, messageAt(2)])
  const view = new View(catalogue, 'main')
  assert.equal(view.people(10)[0]?.name, 'Lena Barrister')
  catalogue.setTags([{ id: named.id, tag: 'privileged' }])
  assert.equal(view.people(10)[0]?.name, undefined)
  assert.equal(view.conversation(0)?.name, undefined)
  assert.equal(view.conversation(0)?.count, 1)
  assert.equal(new View(catalogue, 'privileged').people(10)[0]?.name, 'Lena Barrister')
  catalogue.setTags([])
  assert.equal(view.people(10)[0]?.name, 'Lena Barrister')
})

test('a page is found around a record, wherever it stands', async (t) => {
  const records = Array.from({ length: 100 }, (_, row) => messageAt(row))
  const { catalogue } = await openContainer(t, records)
  const view = new View(catalogue, 'main')
  for (const at of [0, 1, 49, 98, 99]) {
    const page = view.pageAround({}, 20, records[at]?.id as string)
    assert(page.items.some(({ record }) => record.id === records[at]?.id))
    assert.equal(page.hasBefore, page.items[0]?.seq !== 0)
    assert.equal(page.hasAfter, page.items.at(-1)?.seq !== 99)
  }
  assert.equal(view.pageAround({}, 20, 'unknown').items[0]?.seq, 0)
})

test('a search that finds more than can be looked through says so, and one of no words finds nothing', async (t) => {
  const records = Array.from({ length: FOUND_AT_MOST + 5 }, (_, row) => messageAt(row, { body: 'the heron' }))
  const { catalogue } = await openContainer(t, records)
  const view = new View(catalogue, 'main')
  const { total, isAll, items } = view.search(['heron'], {}, 20)
  assert.deepEqual([total, isAll, items.length], [FOUND_AT_MOST, false, 20])
  assert.equal(
    view.search(['the heron'], { thread: 0, fromMs: Date.UTC(2026, 2, 7) + (FOUND_AT_MOST + 1) * 60_000 }, 20).total,
    4,
  )
  for (const nothing of [[], [''], ['!!'], ['heron', '??'], ['" OR "'], ['heron" OR "x']])
    assert.equal(view.search(nothing, {}, 20).total, 0, nothing.join(' '))
})

test('bars are days in Britain: what was sent at half past midnight in summer is not drawn the day before', async (t) => {
  const times = ['2026-07-01T22:59:59.000Z', '2026-07-01T23:30:00.000Z', '2026-07-02T10:00:00.000Z']
  const { catalogue } = await openContainer(
    t,
    times.map((time, row) => messageAt(row, { time })),
  )
  const view = new View(catalogue, 'main')
  // Once from sums that are there already, and once counted.
  for (const filter of [{}, { app: 'sms', fromMs: 0 }]) {
    const { stretch, bars } = view.histogram(filter)
    assert.equal(stretch.name, 'day')
    assert.deepEqual(
      bars.map(({ fromMs, toMs, count }) => [new Date(fromMs).toISOString(), new Date(toMs).toISOString(), count]),
      [
        ['2026-06-30T23:00:00.000Z', '2026-07-01T23:00:00.000Z', 1],
        ['2026-07-01T23:00:00.000Z', '2026-07-02T23:00:00.000Z', 2],
      ],
    )
  }
})

test('every bar holds what its stretch of time holds, whatever was set apart', async (t) => {
  const records = Array.from({ length: 400 }, (_, row) =>
    messageAt(row, { time: new Date(Date.UTC(2026, 2, 1) + row * 5_000_000 * 13).toISOString() }),
  )
  const { catalogue } = await openContainer(t, records)
  catalogue.setTags(records.filter((_, row) => row % 3 === 0).map(({ id }) => ({ id, tag: 'privileged' })))
  for (const compartment of ['main', 'privileged'] as const) {
    const view = new View(catalogue, compartment)
    for (const filter of [{}, { app: 'sms', fromMs: 0 }])
      for (const { fromMs, toMs, count } of view.histogram(filter).bars)
        assert.equal(count, view.count({ fromMs, toMs }), new Date(fromMs).toISOString())
  }
})

test('a message is found by the key that its app gives it, and not where it was set apart', async (t) => {
  const called = messageAt(1, { message_id: 'A1', thread: 't1' })
  const other = messageAt(2, { message_id: 'A1', app: 'whatsapp' })
  const { catalogue } = await openContainer(t, [called, other, messageAt(3)])
  const found = (compartment: 'main' | 'privileged') => new View(catalogue, compartment).messageCalled('sms', 'A1')?.id
  assert.equal(found('main'), called.id)
  assert.equal(new View(catalogue, 'main').messageCalled('sms', 'A2'), undefined)
  assert.equal(new View(catalogue, 'main').messageCalled('whatsapp', 'A1')?.id, other.id)
  catalogue.setTags([{ id: called.id, tag: 'privileged' }])
  assert.equal(found('main'), undefined)
  assert.equal(found('privileged'), called.id)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { writtenMoment } from '../../../records/index.ts'
import { readMoment } from './british-moment.ts'

const MARCH = Date.UTC(2019, 2, 4, 18, 22, 7)
const MINUTE = Date.UTC(2019, 2, 4, 18, 22)
const DAY = Date.UTC(2019, 2, 4)
const DAY_MS = 86_400_000

const FORMS: readonly (readonly [text: string, at: number, lastsMs: number])[] = [
  ['04/03/2019 18:22:07', MARCH, 1000],
  ['4/3/19 18:22:07', MARCH, 1000],
  ['04-03-2019 18.22.07', MARCH, 1000],
  ['04.03.2019, 18:22', MINUTE, 60_000],
  ['04/03/2019 6:22pm', MINUTE, 60_000],
  ['04/03/2019 06:22:07 PM', MARCH, 1000],
  ['4 March 2019 at 6:22pm', MINUTE, 60_000],
  ['4 March 2019 at 6:22:07pm', MARCH, 1000],
  ['4th Mar 2019 18:22', MINUTE, 60_000],
  ['04-Mar-19 18:22:07', MARCH, 1000],
  ['Mon 04/03/2019 18:22:07', MARCH, 1000],
  ['Monday, 4 March 2019', DAY, DAY_MS],
  ['2019-03-04 18:22:07', MARCH, 1000],
  ['2019-03-04T18:22:07Z', MARCH, 1000],
  ['2019-03-04T18:22:07.250Z', MARCH + 250, 1],
  ['2019-03-04T20:22:07+02:00', MARCH, 1000],
  ['2019/03/04 18:22:07 GMT', MARCH, 1000],
  ['20190304182207', MARCH, 1000],
  ['20190304 1822', MINUTE, 60_000],
  ['20190304', DAY, DAY_MS],
  ['04/03/2019', DAY, DAY_MS],
  ['43528', DAY, DAY_MS],
  ['43528.7653587963', MARCH, 1000],
  ['03/03/2019 24:00', DAY, 60_000],
  ['04/03/2019 12:05am', DAY + 300_000, 60_000],
  ['04/07/2019 19:22:07', Date.UTC(2019, 6, 4, 18, 22, 7), 1000],
  ['04/07/2019 18:22:07 UTC', Date.UTC(2019, 6, 4, 18, 22, 7), 1000],
  ['04/07/2019 19:22:07 BST', Date.UTC(2019, 6, 4, 18, 22, 7), 1000],
  ['31/03/2019', Date.UTC(2019, 2, 31), 23 * 3_600_000],
  ['27/10/2019', Date.UTC(2019, 9, 26, 23), 25 * 3_600_000],
]

test('dates are read in the forms that British exports have, the day before the month', () => {
  for (const [text, at, lastsMs] of FORMS) assert.deepEqual(readMoment(text), { at: [at], lastsMs }, text)
})

test('in the hour that comes twice both instants are kept, and none of the hour that never was', () => {
  const first = Date.UTC(2019, 9, 27, 0, 30)
  assert.deepEqual(readMoment('27/10/2019 01:30'), { at: [first, first + 3_600_000], lastsMs: 60_000 })
  assert.deepEqual(readMoment('27/10/2019 01:30 BST')?.at, [first])
  assert.deepEqual(readMoment('27/10/2019 01:30', 'utc')?.at, [first + 3_600_000])
  assert.equal(readMoment('31/03/2019 01:30'), undefined)
})

test('a year that systems write where they mean none is the beginning or the end of time', () => {
  assert.deepEqual(readMoment('31/12/9999')?.at, [Infinity])
  assert.deepEqual(readMoment('01/01/1900 00:00')?.at, [-Infinity])
})

test('what is no day, no time or no date is not guessed', () => {
  const none = [
    '',
    '03/13/2019',
    '31/06/2019',
    '4/3/2019 25:00',
    '4/3/2019 24:01',
    '4/3/2019 13:00pm',
    '4/3/2019 0:30am',
    '4 Marchmont 2019',
    '4 Xyz 2019',
    '04/03/2019 18:61',
    '04/03',
    '2019',
    '12345678901',
    '04/03/2019 18:22:07 EST',
    '2019-03-04T18:22:07+19:00',
    'yesterday',
    '1'.repeat(5000),
  ]
  for (const text of none) assert.equal(readMoment(text), undefined, text)
})

test('what our own pages write of an instant is read back as that minute', () => {
  const minutes = fc.integer({ min: Date.UTC(2000, 0, 2) / 60_000, max: Date.UTC(2099, 11, 30) / 60_000 })
  fc.assert(
    fc.property(minutes, (minute) => {
      const text = writtenMoment(minute * 60_000).replace(/ \(.*\)$/, '')
      assert.ok(readMoment(text)?.at.includes(minute * 60_000))
    }),
    { numRuns: 500 },
  )
})

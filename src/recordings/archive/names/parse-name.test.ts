import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { handled, NAMED_RECORDERS, randomFrom, recordingName } from '../../../sample/index.ts'
import { fuzzNames } from './names-fuzz.fixture.ts'
import { NameParser } from './parse-name.ts'

const parser = new NameParser()
const MARCH = Date.UTC(2019, 2, 4, 18, 22, 7)

// Every row of the table of recorders: what its source says that names look like, and what they tell.
const GOLDEN: readonly (readonly [path: string, told: object])[] = [
  ['ACRCalls/07700900123-anything at all.3gp', { recorder: 'acr-legacy', numbers: ['07700900123'] }],
  ['sdcard/ACR/+447700900123_4 Mar.amr', { recorder: 'acr-legacy', numbers: ['+447700900123'] }],
  [
    'ACR Recordings/Sam Smith_+447700900123_2019_03_04_18_22_07_0.mp3',
    { recorder: 'acr', numbers: ['+447700900123'], contact: 'Sam Smith', direction: 'in', at: [MARCH] },
  ],
  [
    'com.nll.acr/07700900123,07700900124_2019_03_04_18_22_07_1.m4a',
    { recorder: 'acr', numbers: ['07700900123', '07700900124'], direction: 'out', at: [MARCH] },
  ],
  ['07700900123_2019_03_04_18_22_07.m4a', { recorder: 'acr', numbers: ['07700900123'], at: [MARCH] }],
  [
    'ACRPhone/2019/03/04/07700900123/07700900123-1-1551723727000.m4a',
    { recorder: 'acr-phone', numbers: ['07700900123'], direction: 'out', at: [MARCH] },
  ],
  [
    'Sam Smith (07700900123) [2019-03-04 18-22-07] [Incoming calls].m4a',
    { recorder: 'acr-phone', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'in', at: [MARCH] },
  ],
  [
    'Sam Smith (07700900123) [2019-03-04 18-22-07] [Połączenia wychodzące].m4a',
    { recorder: 'acr-phone', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'out', at: [MARCH] },
  ],
  [
    'Sam Smith (07700900123) [2019-03-04 18-22-07] [Llamadas].m4a',
    { recorder: 'acr-phone', numbers: ['07700900123'], contact: 'Sam Smith', at: [MARCH] },
  ],
  [
    'CubeCallRecorder/All/2019-03-04 18-22-07 (phone) Sam Smith (07700900123) ↗.m4a',
    { recorder: 'cube', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'out', at: [MARCH] },
  ],
  [
    'Documents/CubeCallRecorder/All/2019-03-04 18-22-07 (whatsapp) Sam Smith (07700900123).amr',
    { recorder: 'cube', numbers: ['07700900123'], contact: 'Sam Smith', via: 'whatsapp', at: [MARCH] },
  ],
  [
    '2019-03-04 18-22-07 ↙ (phone) Sam Smith (07700900123).m4a',
    { recorder: 'cube', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'in', at: [MARCH] },
  ],
  ['phone_20190304-182207_07700900123.amr', { recorder: 'cube', numbers: ['07700900123'], at: [MARCH] }],
  [
    '20220429_180249.123-0400_in_sim1_+447700900123_Sam Smith.oga',
    {
      recorder: 'bcr',
      numbers: ['+447700900123'],
      contact: 'Sam Smith',
      direction: 'in',
      sim: 1,
      at: [Date.UTC(2022, 3, 29, 22, 2, 49, 123)],
    },
  ],
  [
    '20220429_180249.123456789+0000_conference.flac',
    { recorder: 'bcr', numbers: [], direction: 'conference', at: [Date.UTC(2022, 3, 29, 18, 2, 49, 123)] },
  ],
  [
    'Recordings/Call/Call recording Sam Smith_190304_182207.m4a',
    { recorder: 'samsung', numbers: [], contact: 'Sam Smith', at: [MARCH] },
  ],
  ['Call recording 07700900123_190304_182207.m4a', { recorder: 'samsung', numbers: ['07700900123'], at: [MARCH] }],
  ['Call_20190304_182207_INCOMING_1.m4a', { recorder: 'samsung', numbers: [], direction: 'in', at: [MARCH] }],
  [
    'MIUI/sound_recorder/call_rec/Sam Smith(00447700900123)_20190304182207.mp3',
    { recorder: 'xiaomi', numbers: ['00447700900123'], contact: 'Sam Smith', at: [MARCH] },
  ],
  [
    'Вызов@Sam Smith(00447700900123)_20190304182207.mp3',
    { recorder: 'xiaomi', numbers: ['00447700900123'], contact: 'Sam Smith', at: [MARCH] },
  ],
  [
    'Sounds/CallRecord/Sam Smith@07700900123_20190304182207.amr',
    { recorder: 'huawei', numbers: ['07700900123'], contact: 'Sam Smith', at: [MARCH] },
  ],
  [
    'Record/PhoneRecord/Sam Smith-1903041822.mp3',
    { recorder: 'coloros', numbers: [], contact: 'Sam Smith', at: [Date.UTC(2019, 2, 4, 18, 22)] },
  ],
  ['07700900123_190304_182207123.amr', { recorder: 'lineage', numbers: ['07700900123'], at: [MARCH + 123] }],
  ['CallRecord_20190304-182207_07700900123.wav', { recorder: 'graphene', numbers: ['07700900123'], at: [MARCH] }],
  ['call_rec/0d20190304182207p+447700900123.3gp', { recorder: 'lg', numbers: ['+447700900123'], at: [MARCH] }],
  ['call_rec/1d20190304182207pnull.mp4', { recorder: 'lg', numbers: [], at: [MARCH] }],
  ['null_1_1551723727000.mp3', { recorder: 'lg', numbers: [], at: [MARCH] }],
  [
    '2019-03-04 18.22.07 ↓ Sam Smith (07700900123).ogg',
    { recorder: 'axet', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'in', at: [MARCH] },
  ],
  ['20190304T182207 ↑ 07700900123.ogg', { recorder: 'axet', numbers: ['07700900123'], direction: 'out', at: [MARCH] }],
  [
    'Sam Smith (07700900123 mobile) 2019-03-04_182207_in.amr',
    { recorder: 'true-phone', numbers: ['07700900123'], contact: 'Sam Smith', direction: 'in', at: [MARCH] },
  ],
  ['.TPhoneCallRecords/.nomedia/CallRec_07700900123_1.amr', { recorder: 'skt', numbers: ['07700900123'] }],
]

for (const [path, told] of GOLDEN)
  test(`“${path}” tells what its recorder put into it, and nothing else`, () => {
    const found = parser.parse(path)
    assert.ok(found)
    const { started, ...rest } = found
    assert.deepEqual({ ...rest, ...(started && { at: started.at }) }, told)
  })

test('names of anything else tell nothing', () => {
  for (const path of [
    'Music/holiday.mp3',
    'IMG_20190304_182207.jpg',
    '07700900123.txt',
    '20191332_182207+0000_in.oga',
    '07700900123_2019_02_30_18_22_07_0.mp3',
    '07700900123-1-0000000000000.m4a',
    '07700900123-other folder.3gp',
    '',
    '/',
  ])
    assert.equal(parser.parse(path), undefined, path)
})

test('in the hour that comes twice both instants are kept, and in the hour that never was there is none', () => {
  const at = (path: string) => parser.parse(path)?.started?.at
  assert.deepEqual(at('07700900123_2019_10_27_01_30_00_0.mp3'), [
    Date.UTC(2019, 9, 27, 0, 30),
    Date.UTC(2019, 9, 27, 1, 30),
  ])
  assert.deepEqual(at('07700900123_2019_03_31_01_30_00_0.mp3'), [])
  assert.deepEqual(at('20191027_013000+0100_in_07700900123.oga'), [Date.UTC(2019, 9, 27, 0, 30)])
})

test('an hour 24 is the first of its day or of the next, and both are kept', () => {
  assert.deepEqual(parser.parse('07700900123_2019_03_04_24_22_07_1.m4a')?.started?.at, [
    Date.UTC(2019, 2, 4, 0, 22, 7),
    Date.UTC(2019, 2, 5, 0, 22, 7),
  ])
})

test('which of 0 and 1 means incoming on an LG phone is not said, because it is not known', () => {
  for (const path of ['0d20190304182207p+447700900123.3gp', '07700900123_1_1551723727000.mp3'])
    assert.equal(parser.parse(path)?.direction, undefined)
})

test('what copying does to names does not change what they tell', () => {
  const path = 'CubeCallRecorder/All/2019-03-04 18-22-07 (phone) Zoë Smith (07700900123) ↗.m4a'
  const told = parser.parse(path)
  for (const copy of [
    path.replace('.m4a', ' (1).m4a'),
    path.replace('.m4a', ' - Copy.m4a'),
    path.replace('.m4a', '.M4A'),
    path.normalize('NFD'),
    path.replace('↗', 'â†—'),
    path.replace('↗', 'Γåù'),
    `${path} `,
  ])
    assert.deepEqual(parser.parse(copy), told, copy)
})

test('of 50,000 names of every recorder nearly all are read, and none is read wrong', () => {
  const random = randomFrom('names')
  const contacts = [
    'Sam Smith',
    'Zoë',
    'Mum',
    'Dr Ó Briain',
    'Œuvre Ltd',
    '小林',
    'ACME (office)',
    'J_P',
    "O'Neil",
    '2nd line',
  ]
  let unknown = 0
  const wrong: string[] = []
  for (let n = 0; n < 50_000; n++) {
    const call = {
      number: random.chance(0.95) ? `+447700900${String(random.below(1000)).padStart(3, '0')}` : undefined,
      contact: random.chance(0.5) ? random.pick(contacts) : undefined,
      direction: random.pick(['in', 'out'] as const),
      // One in ten lies in the night in which the clocks go back.
      startedAt: random.chance(0.1)
        ? Date.UTC(2019, 9, 27, 0) + random.below(10_800_000)
        : Date.UTC(2016, 0, 1) + random.below(4 * 365 * 86_400) * 1000 + random.below(1000),
    }
    const name = recordingName(random.pick(NAMED_RECORDERS), call, random)
    const found = parser.parse(handled(name.path, random))
    if (found === undefined) {
      unknown++
      continue
    }
    const said = {
      recorder: found.recorder,
      number: found.numbers[0],
      contact: found.contact,
      direction: found.direction,
      at: found.started?.at,
    }
    const { number, contact, direction, at } = name.told
    const told = { recorder: name.recorder, number, contact, direction, at }
    try {
      assert.deepEqual(said, told)
    } catch {
      wrong.push(`${name.path}\n  ${JSON.stringify(said)}\n  ${JSON.stringify(told)}`)
    }
  }
  assert.deepEqual(wrong.slice(0, 5), [])
  assert.ok(unknown <= 250, `${unknown} of 50,000 were not read`)
})

test('any name whatever gives a call or nothing, in no time', () => {
  fuzzNames({ numRuns: 2_000 })
})

test('a name of the greatest length takes no longer than it should', () => {
  const started = process.cpuUsage()
  for (const part of ['(', '1', '_', '1_', '@', '-', ' (', '2019-03-04 18-22-07 (phone) '])
    parser.parse(`${part.repeat(4_000 / part.length)}.mp3`)
  assert.ok(process.cpuUsage(started).user < 5_000_000)
})

test('a template that was learnt of an archive is asked first', () => {
  const learnt = new NameParser([
    {
      id: 'learnt-1',
      template: String.raw`{number}\[{DD}-{MM}-{YYYY} {HH}h{mm}\]{direction}`,
      directions: { E: 'in', S: 'out' },
    },
  ])
  assert.deepEqual(learnt.parse('ACRCalls/07700900123[04-03-2019 18h22]E.3gp'), {
    recorder: 'learnt-1',
    numbers: ['07700900123'],
    direction: 'in',
    started: { at: [Date.UTC(2019, 2, 4, 18, 22)], precision: 'minute', zone: 'british' },
  })
})

test('a template that cannot be meant says why', () => {
  for (const [template, code] of [
    ['{numbr}', 'UNKNOWN_FIELD'],
    ['{number}{number}', 'TWICE'],
    ['[{number}', 'NOT_CLOSED'],
    ['{number}]', 'NOT_CLOSED'],
    ['call', 'NO_FIELD'],
    ['{direction}', 'UNKNOWN_FIELD'],
    ['{constructor}', 'UNKNOWN_FIELD'],
  ])
    assert.throws(() => new NameParser([{ id: 'x', template: template ?? '' }]), { code }, template)
})

test('a template’s own text is text, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 12 }), (text) => {
      fc.pre(!text.includes('/') && text.trim() === text && text.normalize('NFC') === text)
      const template = `${text.replaceAll(/[\\{}[\]]/g, String.raw`\$&`)}{number}`
      const made = new NameParser([{ id: 'x', template }]).parse(`${text}07700900123.mp3`)
      assert.equal(made?.recorder, 'x')
    }),
    { numRuns: 300 },
  )
})

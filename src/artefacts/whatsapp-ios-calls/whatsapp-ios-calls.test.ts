import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openSource } from '../../acquisition/index.ts'
import type { Call } from '../../records/index.ts'
import { concerning, describedIn, onPhone, rowsOf } from '../whatsapp/generated-phone.ts'
import { whatsappIosCalls } from './whatsapp-ios-calls.ts'

const root = resolve(
  process.env.PEEL_TESTDATA ?? resolve(import.meta.dirname, '../../../../shared/testdata'),
  'ios-apps-chat',
)
const skip = existsSync(root) ? false : 'the folder of real phone data is not here'

const ME = '447700900999@s.whatsapp.net'
const SAM = '447700900123@s.whatsapp.net'
const KIM = '447700900456@s.whatsapp.net'
const PATH = 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared/CallHistory.sqlite'
const SCHEMA = `
CREATE TABLE ZWAAGGREGATECALLEVENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZINCOMING INTEGER, ZMISSED INTEGER, ZMISSEDREASON INTEGER, ZVIDEO INTEGER, ZFIRSTDATE TIMESTAMP, ZLINKTOKEN VARCHAR );
CREATE TABLE ZWACDCALLEVENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZBYTESRECEIVED INTEGER, ZBYTESSENT INTEGER, ZOUTCOME INTEGER, Z1CALLEVENTS INTEGER, Z_FOK_1CALLEVENTS INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZGROUPCALLCREATORUSERJIDSTRING VARCHAR, ZGROUPJIDSTRING VARCHAR, ZSCHEDULEDID VARCHAR );
CREATE TABLE ZWACDCALLEVENTPARTICIPANT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZOUTCOME INTEGER, Z1PARTICIPANTS INTEGER, Z_FOK_1PARTICIPANTS INTEGER, ZJIDSTRING VARCHAR );
`
const ROWS = `
INSERT INTO ZWAAGGREGATECALLEVENT (Z_PK, ZINCOMING, ZMISSED, ZVIDEO) VALUES (1, 1, 1, 0), (2, 0, 0, 1), (3, 1, 0, 0);
INSERT INTO ZWACDCALLEVENT (Z_PK, Z1CALLEVENTS, ZDATE, ZDURATION, ZOUTCOME, ZGROUPCALLCREATORUSERJIDSTRING, ZGROUPJIDSTRING) VALUES
  (1, 1, 700000000, 0, 1, '${SAM}', NULL), (2, 1, 700000100, 0, 4, '${SAM}', NULL), (3, 2, 700000200, 12.5, 0, '${ME}', NULL),
  (4, 3, 700000300, 60, 0, '${SAM}', '120363000000000001@g.us'), (5, 2, 700000400, 0, 1, '${ME}', NULL), (6, 3, 700000500, 0, 4, '${KIM}', NULL);
INSERT INTO ZWACDCALLEVENTPARTICIPANT (Z_PK, Z1PARTICIPANTS, ZJIDSTRING) VALUES
  (1, 1, '${SAM}'), (2, 2, '${SAM}'), (3, 3, '${KIM}'), (4, 4, '${SAM}'), (5, 4, '${KIM}'), (6, 4, '${ME}'), (7, 5, '${KIM}'), (8, 6, '${KIM}');
`

test('calls say who called whom, for how long and how it ended, also where several are shown as one', async () => {
  await onPhone(whatsappIosCalls, PATH, SCHEMA + ROWS, (described) => {
    const calls = rowsOf(described, described.tables[0]!).map(({ found }) => found as Call)
    assert.deepEqual(calls[0], {
      kind: 'call',
      app: 'whatsapp',
      time: '2023-03-08T20:26:40.000Z',
      time_raw: '700000000',
      direction: 'in',
      from: { address: SAM },
      to: [],
      duration_seconds: 0,
      outcome: 'missed',
      attachments: [],
    })
    assert.deepEqual(
      calls.map(({ direction, outcome }) => `${direction} ${outcome}`),
      ['in missed', 'in missed', 'out answered', 'in answered', 'out unanswered', 'in rejected'],
    )
    assert.deepEqual([calls[2]?.to, calls[2]?.video, calls[2]?.duration_seconds], [[{ address: KIM }], true, 12.5])
    assert.deepEqual([calls[3]?.from, calls[3]?.to], [{ address: SAM }, [{ address: KIM }]])
    for (const address of [SAM, KIM, ME, '07700900001']) {
      const { sql, read } = concerning(described, described.tables[0]!, address)
      assert.deepEqual(sql, read, address)
    }
    assert.deepEqual(concerning(described, described.tables[0]!, '07700 900456').sql, [3, 4, 5, 6])
  })
})

test('without the table of directions, a call came in when one of the others made it', async () => {
  const early = SCHEMA.replace(/CREATE TABLE ZWAAGG.*\n/, '') + ROWS.replace(/INSERT INTO ZWAAGG.*\n/, '')
  await onPhone(whatsappIosCalls, PATH, early, (described) => {
    const calls = rowsOf(described, described.tables[0]!).map(({ found }) => found as Call)
    assert.deepEqual(
      calls.map(({ direction }) => direction),
      ['in', 'in', 'out', 'in', 'out', 'in'],
    )
    assert.deepEqual(calls[2]?.to, [{ address: KIM }])
    for (const address of [SAM, KIM, ME]) {
      const { sql, read } = concerning(described, described.tables[0]!, address)
      assert.deepEqual(sql, read, address)
    }
  })
})

test("another app's CallHistory.sqlite is not taken for WhatsApp's in silence", async () => {
  await onPhone(whatsappIosCalls, 'CallHistory.sqlite', 'CREATE TABLE calls (id)', ({ notRecognised }) => {
    assert.match(notRecognised ?? '', /no table ZWACDCALLEVENT/)
  })
  assert.ok(whatsappIosCalls.locates('mobile/Containers/Shared/AppGroup/694FBBC5/CallHistory.sqlite'))
  assert.ok(whatsappIosCalls.locates(PATH))
  assert.ok(!whatsappIosCalls.locates('HomeDomain/Library/CallHistoryDB/CallHistory.storedata'))
  assert.ok(!whatsappIosCalls.locates('AppDomain-org.example/CallHistory.sqlite'))
})

test('josh_ios15: the 4 calls of iLEAPP, each with its start, end, direction, outcome and other side', {
  skip,
}, async () => {
  const source = await openSource(resolve(root, 'testdata.whatsApp.whatsAppCallHistory.josh_ios15_ffs.zip'))
  const described = await describedIn(source, whatsappIosCalls, 'CallHistory.sqlite')
  const ours = rowsOf(described, described.tables[0]!).map(({ found }) => {
    const { time, duration_seconds, direction, outcome, from, to } = found as Call
    const start = Date.parse(time ?? '') / 1000
    return [
      Math.floor(start),
      Math.floor(start + (duration_seconds ?? 0)),
      direction,
      outcome,
      (from ?? to[0])?.address,
    ]
  })
  await source.close()
  const file = resolve(root, 'expected/whatsApp.whatsAppCallHistory.josh_ios15_ffs.20250621193412.json')
  const expected = JSON.parse(readFileSync(file, 'utf8')).data as (string | number)[][]
  const theirs = expected.map(([start, end, , direction, cause, id]) => [
    start,
    end,
    direction === 'Outgoing' ? 'out' : 'in',
    cause === 'Ended' ? 'answered' : cause,
    id,
  ])
  assert.deepEqual(ours, theirs)
})

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Call } from '../../records/index.ts'
import { make, type Opened, type Row, readAll, tablesOf } from '../opened.fixture.ts'
import { iosCallHistory } from './ios-call-history.ts'
import { IOS_18, IOS_9, OLD, RENUMBERED } from './schema.fixture.ts'

const STORE = 'HomeDomain/Library/CallHistoryDB/CallHistory.storedata'
const OLD_PATH = 'WirelessDomain/Library/CallHistory/call_history.db'
const SAM = '+447700900001'
const ALEX = '+447700900002'
const KIM = 'kim@example.org'
/** 2026-03-01T12:00:00Z in seconds since 2001. */
const NOON = 794_059_200

const call = (id: number, values: Row[1]): Row => ['ZCALLRECORD', { Z_PK: id, ZDATE: NOON, ZDURATION: 0, ...values }]
const handle = (id: number, value: string, normal: string | null = null): Row => [
  'ZHANDLE',
  { Z_PK: id, ZVALUE: value, ZNORMALIZEDVALUE: normal },
]

async function read(t: TestContext, schema: string, rows: readonly Row[], path = STORE) {
  const opened = await make(t, { path, schema, rows })
  const [table] = tablesOf(iosCallHistory, opened)
  assert.ok(table)
  const all = readAll(table, opened)
  for (const { found, app, key } of all) {
    assert.equal(found.app, app)
    assert.ok(typeof table.app === 'object' && table.app.apps.includes(found.app))
    assert.deepEqual(spellings(found as Call), named(table, opened, key))
  }
  return { ...opened, table, calls: all.map(({ found }) => found as Call) }
}

const spellings = ({ from, to }: Call) =>
  [...new Set([...(from ? [from] : []), ...to].flatMap(({ address, also = [] }) => [address, ...also]))].sort()

/** Every spelling that the party columns name for a call. */
function named(table: Awaited<ReturnType<typeof tablesOf>>[number], { database }: Opened, key: number): string[] {
  const found = table.parties.flatMap((party) => {
    const sql = 'key' in party ? party.key : party.address
    const value = database.all(`SELECT ${sql} AS value FROM ${table.from} WHERE ${table.key} = ?`, key)[0]?.value
    if (!('key' in party)) return typeof value === 'string' && value !== '' ? [value] : []
    return typeof value === 'number' ? (party.addresses().get(value) ?? []) : []
  })
  return [...new Set(found)].sort()
}

test('a call shows who, when, how long, by what, and how it ended', async (t) => {
  const { calls } = await read(t, IOS_18, [
    call(1, {
      ZADDRESS: SAM,
      ZORIGINATED: 0,
      ZANSWERED: 1,
      ZDURATION: 61.25,
      ZDATE: NOON + 0.5,
      ZSERVICE_PROVIDER: 'com.apple.Telephony',
      ZCALLTYPE: 1,
      ZNAME: 'Sam',
    }),
  ])
  assert.deepEqual(calls, [
    {
      kind: 'call',
      app: 'phone',
      direction: 'in',
      from: { address: SAM, name: 'Sam' },
      to: [],
      time: '2026-03-01T12:00:00.500Z',
      time_raw: '794059200.5',
      duration_seconds: 61.25,
      outcome: 'answered',
      service: 'com.apple.Telephony',
      attachments: [],
    },
  ])
})

test('the outcome follows from direction, answer and duration', async (t) => {
  const { calls } = await read(t, IOS_18, [
    call(1, { ZADDRESS: SAM, ZORIGINATED: 0, ZANSWERED: 0 }),
    call(2, { ZADDRESS: SAM, ZORIGINATED: 0, ZANSWERED: 0, ZDURATION: 12 }),
    call(3, { ZADDRESS: SAM, ZORIGINATED: 1, ZANSWERED: 0, ZDURATION: 12 }),
    call(4, { ZADDRESS: SAM, ZORIGINATED: 1, ZANSWERED: 0 }),
    call(5, { ZADDRESS: SAM, ZORIGINATED: 0, ZANSWERED: 0, ZBLOCKEDBYEXTENSION: 'org.example.blocker' }),
  ])
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    ['missed', 'missed', 'answered', 'unanswered', 'blocked'],
  )
})

test('the app is the service provider, by its own name where scopes have none for it', async (t) => {
  const { calls, table } = await read(t, IOS_18, [
    call(1, { ZADDRESS: SAM, ZSERVICE_PROVIDER: 'com.apple.FaceTime', ZCALLTYPE: 8 }),
    call(2, { ZADDRESS: SAM, ZSERVICE_PROVIDER: 'com.apple.FaceTime', ZCALLTYPE: 16 }),
    call(3, {
      ZADDRESS: '447700900001@s.whatsapp.net',
      ZSERVICE_PROVIDER: 'net.whatsapp.WhatsApp',
      ZCALLTYPE: 0,
      ZCALL_CATEGORY: 2,
    }),
    call(4, { ZADDRESS: 'x', ZSERVICE_PROVIDER: "org.example.it's" }),
    call(5, { ZADDRESS: SAM, ZSERVICE_PROVIDER: null, ZCALLTYPE: 16 }),
    call(6, { ZADDRESS: SAM, ZSERVICE_PROVIDER: '' }),
  ])
  assert.deepEqual(
    calls.map(({ app, video }) => [app, video]),
    [
      ['facetime', true],
      ['facetime', undefined],
      ['whatsapp', true],
      ["org.example.it's", undefined],
      ['facetime', undefined],
      ['phone', undefined],
    ],
  )
  assert.ok(typeof table.app === 'object')
  assert.deepEqual(table.app.apps, ['facetime', "org.example.it's", 'phone', 'whatsapp'])
})

test('a call of several names everybody in it, whatever the table between is called', async (t) => {
  for (const schema of [IOS_18, RENUMBERED]) {
    const link = schema === IOS_18 ? 'Z_2REMOTEPARTICIPANTHANDLES' : 'Z_3REMOTEPARTICIPANTHANDLES'
    const [callColumn, handleColumn] =
      schema === IOS_18
        ? ['Z_2REMOTEPARTICIPANTCALLS', 'Z_4REMOTEPARTICIPANTHANDLES']
        : ['Z_3REMOTEPARTICIPANTCALLS', 'Z_5REMOTEPARTICIPANTHANDLES']
    const joined = (id: number, ...handles: number[]): Row[] =>
      handles.map((one) => [link, { [callColumn]: id, [handleColumn]: one }])
    const { calls } = await read(t, schema, [
      handle(1, SAM),
      handle(2, ALEX),
      handle(3, KIM),
      handle(4, '06 12 34 56 78', '+33612345678'),
      handle(5, '+33612345679'),
      call(1, { ZADDRESS: null, ZORIGINATED: 1 }),
      ...joined(1, 3, 1, 2),
      call(2, { ZADDRESS: ALEX, ZORIGINATED: 0 }),
      ...joined(2, 1, 2),
      call(3, { ZADDRESS: null, ZORIGINATED: 0, ZINITIATOR: 3 }),
      ...joined(3, 1, 3),
      call(4, { ZADDRESS: null, ZORIGINATED: 0, ZNAME: 'Sam' }),
      ...joined(4, 1),
      call(5, { ZADDRESS: '06 12 34 56 78', ZORIGINATED: 0 }),
      ...joined(5, 4),
      call(6, { ZADDRESS: null, ZORIGINATED: 0 }),
      ...joined(6, 1, 2, 99),
      call(7, { ZADDRESS: '06 12 34 56 79', ZORIGINATED: 0 }),
      ...joined(7, 5),
    ])
    assert.deepEqual(
      calls.map(({ from, to }) => [from, to]),
      [
        [undefined, [{ address: SAM }, { address: ALEX }, { address: KIM }]],
        [{ address: ALEX }, [{ address: SAM }]],
        [{ address: KIM }, [{ address: SAM }]],
        [{ address: SAM, name: 'Sam' }, []],
        [{ address: '06 12 34 56 78', also: ['+33612345678'] }, []],
        [undefined, [{ address: SAM }, { address: ALEX }]],
        [{ address: '06 12 34 56 79', also: ['+33612345679'] }, []],
      ],
    )
  }
})

test('a store of iOS 9 has numbers as bytes and no providers', async (t) => {
  const { calls } = await read(t, IOS_9, [
    call(1, { ZADDRESS: Buffer.from(SAM), ZORIGINATED: 0, ZANSWERED: 1, ZDURATION: 3, ZCALLTYPE: 1 }),
    call(2, { ZADDRESS: Buffer.from(KIM), ZORIGINATED: 1, ZCALLTYPE: 16 }),
    call(3, { ZADDRESS: null, ZORIGINATED: 0, ZDATE: null, ZDURATION: null }),
  ])
  assert.deepEqual(calls[0]?.from, { address: SAM })
  assert.deepEqual([calls[1]?.app, calls[1]?.to], ['facetime', [{ address: KIM }]])
  assert.deepEqual(calls[2], {
    kind: 'call',
    app: 'phone',
    direction: 'in',
    to: [],
    outcome: 'missed',
    attachments: [],
  })
})

test('calls of call_history.db count from 1970 and tell their direction in a bit', async (t) => {
  const old = (id: number, flags: number | null, values: Row[1] = {}): Row => [
    'call',
    { ROWID: id, address: SAM, date: 1_289_164_912, duration: 0, flags, ...values },
  ]
  const { calls } = await read(
    t,
    OLD,
    [
      old(1, 4, { duration: 60, name: 'Sam' }),
      old(2, 5),
      old(3, 4),
      old(4, 8),
      old(5, 20),
      old(6, 21, { duration: 9 }),
      old(7, 65_541),
      old(8, null, { address: '', date: 0 }),
    ],
    OLD_PATH,
  )
  assert.deepEqual(calls[0], {
    kind: 'call',
    app: 'phone',
    direction: 'in',
    from: { address: SAM, name: 'Sam' },
    to: [],
    time: '2010-11-07T21:21:52.000Z',
    time_raw: '1289164912',
    duration_seconds: 60,
    outcome: 'answered',
    attachments: [],
  })
  assert.deepEqual(
    calls.map(({ app, direction, outcome }) => [app, direction, outcome]),
    [
      ['phone', 'in', 'answered'],
      ['phone', 'out', 'unanswered'],
      ['phone', 'in', 'missed'],
      ['phone', 'in', 'blocked'],
      ['facetime', 'in', 'missed'],
      ['facetime', 'out', 'answered'],
      ['phone', 'out', 'unanswered'],
      ['phone', 'in', 'missed'],
    ],
  )
  assert.deepEqual([calls[7]?.from, calls[7]?.time, calls[7]?.time_raw], [undefined, undefined, '0'])
})

test('a schema that is not known is named and not read as none', async (t) => {
  const { database, context } = await make(t, {
    path: STORE,
    schema: 'CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZWHEN REAL, ZADDRESS); PRAGMA user_version = 7',
  })
  assert.deepEqual(iosCallHistory.describe(database, context), {
    notRecognised:
      'no column ZCALLRECORD.zdate, no column ZCALLRECORD.zduration, no column ZCALLRECORD.zoriginated, no column ZCALLRECORD.zanswered (user_version 7)',
  })
  const empty = await make(t, { path: OLD_PATH, schema: 'CREATE TABLE call (x)' })
  assert.match(JSON.stringify(iosCallHistory.describe(empty.database, empty.context)), /no column call\.address/)
})

test('both databases are found by their places and recognised by their tables', async (t) => {
  for (const path of [
    STORE,
    OLD_PATH,
    'private/var/wireless/Library/CallHistory/call_history.db',
    'CallHistory.storedata',
    '5a/5a4935c78a5255723f707230a451d79c540d2741',
    '2b2b0084a1bc3a5ac8c27afdf14afb42c61a19ca',
  ])
    assert.ok(iosCallHistory.locates(path), path)
  for (const path of [`${STORE}-wal`, 'Library/CallHistoryDB/CallHistoryTemp.storedata', 'calllog.db'])
    assert.ok(!iosCallHistory.locates(path), path)
  for (const schema of [IOS_9, IOS_18, OLD]) {
    const { database } = await make(t, { path: 'unknown', schema })
    assert.ok(iosCallHistory.recognises(database.tables))
  }
})

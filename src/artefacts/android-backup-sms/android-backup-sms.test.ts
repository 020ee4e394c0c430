import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { openSource } from '../../acquisition/index.ts'
import { NO_REAL_DATA, realFile, TestPhone } from '../test-phone.fixture.ts'
import { androidBackupSms } from './android-backup-sms.ts'
import { fuzzElements } from './elements-fuzz.fixture.ts'

const FOLDER = 'apps/com.android.providers.telephony/d_f'
const SMS = `${FOLDER}/000000_sms_backup`
const MMS = `${FOLDER}/000001_mms_backup`
const OWN = '+447700900999'
const ANN = '+447700900101'
const BEN = '+447700900102'

function phone(path: string, elements: unknown): TestPhone {
  return new TestPhone().file(path, deflateSync(JSON.stringify(elements)))
}

test('the real encrypted backup gives its one message', { skip: skip() }, async () => {
  const source = await openSource(realFile('adb-backup-and-triage-bundles/backup2.ab') ?? '', { password: '123456' })
  try {
    const files = source.files.filter(({ path }) => androidBackupSms.locates(path))
    const readings = await Promise.all(files.map((file) => androidBackupSms.read(file, source)))
    const placed = readings.flatMap((reading) => reading.placed)
    assert.deepEqual(
      placed.map(({ found }) => found),
      [
        {
          kind: 'message',
          app: 'sms',
          time: '2022-02-22T15:29:41.956Z',
          time_raw: '1645543781956',
          direction: 'out',
          to: [{ address: '06543219' }],
          service: 'SMS',
          body: 'Hi this is a test message to https://google.com/',
          system: 'queued',
          attachments: [],
        },
      ],
    )
    assert.deepEqual(
      readings.flatMap(({ problems }) => problems),
      [],
    )
  } finally {
    await source.close()
  }
})

test('SMS: milliseconds, direction, drafts by their recipients', async () => {
  using made = phone(SMS, [
    {
      self_phone: OWN,
      address: ANN,
      body: 'hello',
      date: '1772445600123',
      date_sent: '0',
      status: '-1',
      type: '1',
      recipients: [ANN],
      read: '1',
    },
    { address: ANN, body: 'bye', date: '1772445601000', type: '2', recipients: [ANN] },
    { body: 'not yet', date: '1772445602000', type: '3', recipients: [ANN, BEN] },
  ])
  const { placed, problems } = await made.readFile(androidBackupSms, SMS)
  assert.deepEqual(placed[0], {
    found: {
      kind: 'message',
      app: 'sms',
      time: '2026-03-02T10:00:00.123Z',
      time_raw: '1772445600123',
      direction: 'in',
      from: { address: ANN },
      to: [],
      service: 'SMS',
      body: 'hello',
      attachments: [],
    },
    provenance: { file: SMS, wal: false, row: 1 },
  })
  assert.deepEqual(
    placed.slice(1).map(({ found }) => found.kind === 'message' && [found.direction, found.to, found.system]),
    [
      ['out', [{ address: ANN }], undefined],
      ['out', [{ address: ANN }, { address: BEN }], 'draft'],
    ],
  )
  assert.deepEqual(problems, [])
})

test('MMS: seconds, the device user known by self_phone, attachments named and absent', async () => {
  using made = phone(MMS, [
    {
      self_phone: '07700 900999',
      sub: 'CafÃ©',
      date: '1772445600',
      m_type: '132',
      msg_box: '1',
      mms_addresses: [
        { type: 137, address: ANN, charset: 106 },
        { type: 151, address: OWN, charset: 106 },
        { type: 151, address: BEN, charset: 106 },
      ],
      mms_body: 'two of you',
      attachments: [{ mime_type: 'image/jpeg', filename: 'image000000.jpg' }],
      sub_cs: '106',
    },
    {
      date: '1772445601',
      m_type: '128',
      msg_box: '2',
      mms_addresses: [
        { type: 137, address: OWN },
        { type: 151, address: 'ann@example.org' },
      ],
      mms_body: 'out',
    },
  ])
  const { placed } = await made.readFile(androidBackupSms, MMS)
  assert.deepEqual(placed[0]?.found, {
    kind: 'message',
    app: 'sms',
    time: '2026-03-02T10:00:00.000Z',
    time_raw: '1772445600',
    direction: 'in',
    from: { address: ANN },
    to: [{ address: BEN }],
    service: 'MMS',
    subject: 'Café',
    body: 'two of you',
    attachments: [{ name: 'image000000.jpg', media_type: 'image/jpeg', taken: false }],
  })
  assert.deepEqual(placed[1]?.found.kind === 'message' && placed[1].found.to, [{ address: 'ann@example.org' }])
})

test('what is no message is told of, and the others are read', async () => {
  using made = phone(SMS, [7, { address: ANN, date: 'soon', type: 'x' }, null, []])
  const { placed, problems } = await made.readFile(androidBackupSms, SMS)
  assert.equal(placed.length, 1)
  assert.deepEqual(
    problems.map(({ code, detail }) => `${code}: ${detail}`),
    [
      'row_unreadable: element 1 is not a message',
      'value_odd: type: a type outside 1 to 6; read as received',
      'value_odd: date: not a number',
      'row_unreadable: element 3 is not a message',
      'row_unreadable: element 4 is not a message',
    ],
  )
})

test('a file that expands without end, is cut short or is something else is a problem and not a crash', async () => {
  const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024, '['))
  const cut = deflateSync(JSON.stringify([{ address: ANN, body: 'x'.repeat(999) }])).subarray(0, 20)
  for (const [bytes, detail] of [
    [bomb, 'expands past the limit of 64 MiB'],
    [cut, 'not a whole zlib stream'],
    [Buffer.from('plain'), 'not a whole zlib stream'],
    [new Uint8Array(), 'not a whole zlib stream'],
    [deflateSync('{"a":1}'), 'not an array'],
    [deflateSync('[1,'), 'not JSON'],
    [deflateSync('['.repeat(1_000_000)), 'not JSON'],
    [deflateSync(`[${'1,'.repeat(100_000)}1]`), 'more messages than a file of messages can hold'],
  ] as const) {
    using made = new TestPhone().file(SMS, bytes)
    const { placed, problems } = await made.readFile(androidBackupSms, SMS)
    assert.deepEqual([placed, problems], [[], [{ code: 'file_damaged', file: SMS, detail }]])
  }
})

test('any bytes are read or refused', () => fuzzElements(300, 7))

function skip(): string | false {
  return realFile('adb-backup-and-triage-bundles/backup2.ab') === undefined ? NO_REAL_DATA : false
}

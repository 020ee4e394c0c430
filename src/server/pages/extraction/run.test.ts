import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  ActionError,
  cancelExtraction,
  giveReceipt,
  openReceipt,
  readExtraction,
  runExtraction,
  startExtraction,
  withdrawAgreement,
  beginUpload,
  receiveChunk,
  destroyAbandoned,
  extractPath,
  type Ops,
} from '../../../actions/index.ts'
import { openEvent } from '../../../events/index.ts'
import { makeSample, SAMPLE_PASSWORD } from '../../../sample/index.ts'
import { ContainerReader } from '../../../vault/index.ts'
import { testService } from '../../test-service.fixture.ts'
import { aGranted, begun, handIn } from './granted.fixture.ts'

const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(base, { recursive: true, force: true }))
const kiosk = join(base, 'kiosk')
let backup = ''

before(async () => {
  mkdirSync(kiosk)
  backup = (await makeSample('android-backup', join(base, 'android'), { messages: 300 })).phone
  renameSync((await makeSample('ios-backup', join(base, 'ios'), { messages: 300 })).phone, join(kiosk, 'AH-1'))
})

const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const

/** The kinds of everything that was logged of a case, in order. */
async function logged({ store: { db } }: Ops, caseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('statements')
    .select(['kind', 'leaf'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  assert(rows.every(({ leaf }) => leaf !== null))
  return rows.map(({ kind }) => kind)
}

function refusal(reason: string) {
  return (error: unknown) => error instanceof ActionError && error.reason === reason
}

test('B21, B26, F6, F12, X1: what is authorised is taken from what was handed in, checked, sealed and held; the source is destroyed', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  const secret = Buffer.from('ANDROID BACKUP')
  for (const name of readdirSync(ops.uploadsFolder))
    assert(!readFileSync(join(ops.uploadsFolder, String(name))).includes(secret), 'the source rests sealed')
  assert.equal(await runExtraction(ops, id, RUN), 'over')

  const extraction = await readExtraction(ops, granted.officer, id)
  assert.equal(extraction.state, 'sealed', String(extraction.failure))
  const { result } = extraction
  assert(result)
  assert.deepEqual(result.tool, { version: '0.0.0', commit: 'test' })
  for (const { total, taken, left } of Object.values(result.records))
    assert.equal(total, taken + Object.values(left).reduce((sum, count) => sum + (count ?? 0), 0))
  assert((result.records.message?.taken ?? 0) > 0)
  assert(result.checks.length > 5 && result.checks.every((check) => check.result === 'passed'))
  assert.equal(extraction.holding?.owner, 'Ada Holt')
  assert.match(extraction.holding?.reviewOn ?? '', /^\d{4}-\d{2}-\d{2}$/)
  assert.doesNotMatch(JSON.stringify(result), /\/|\.db|whatsapp/i, 'no path is kept')

  assert.deepEqual(readdirSync(ops.uploadsFolder), [])
  assert.deepEqual(await ops.keyring.extractIds(), [id])
  await ops.keyring.useExtractIdentity(id, async (identity) => {
    const reader = await ContainerReader.open(extractPath(ops, id), [identity])
    reader.close()
  })
  assert.deepEqual((await logged(ops, granted.caseId)).slice(-4), [
    'source.received',
    'extraction.started',
    'extraction.finished',
    'source.destroyed',
  ])
  const { envelope } = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('kind', '=', 'extraction.finished')
    .executeTakeFirstOrThrow()
  const { details } = openEvent(envelope, [])
  assert.equal(
    details['manifest'],
    createHash('sha256')
      .update(readFileSync(join(extractPath(ops, id), 'manifest.dsse.json')))
      .digest('hex'),
  )
  assert.equal(await runExtraction(ops, id, RUN), 'over', 'a second run finds nothing to do')
  await assert.rejects(
    startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { kiosk: 'x' } }),
    refusal('ALREADY_TAKEN'),
  )
})

test('a phone at the kiosk is read where it lies, and stays there', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const granted = await aGranted(service, { serial: 'PEELSAMPLE01' })
  const { ops } = service
  const id = await startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { kiosk: 'AH-1' } })
  await runExtraction(ops, id, RUN)
  const { state, failure, result } = await readExtraction(ops, granted.officer, id)
  assert.equal(state, 'sealed', String(failure))
  assert((result?.records.message?.taken ?? 0) > 0)
  assert(existsSync(join(kiosk, 'AH-1')))
})

test('the password of an encrypted backup rests sealed until it was used, and then is gone', async (t) => {
  process.env['PEEL_SAMPLE_ROUNDS'] = '1000'
  const { phone } = await makeSample('ios-backup-encrypted', join(base, 'encrypted'), { messages: 100 })
  renameSync(phone, join(kiosk, 'encrypted'))
  t.after(() => rmSync(join(kiosk, 'encrypted'), { recursive: true }))
  const service = await testService(t, { kioskFolder: kiosk })
  const { ops } = service
  for (const [password, end, failure] of [
    [undefined, 'failed', 'PASSWORD_NEEDED'],
    ['not the password', 'failed', 'PASSWORD_WRONG'],
    [SAMPLE_PASSWORD, 'sealed', undefined],
  ] as const) {
    const granted = await aGranted(service, { serial: 'PEELSAMPLE01' })
    const id = await startExtraction(ops, granted.officer, {
      requestId: granted.requestId,
      from: { kiosk: 'encrypted' },
      ...(password !== undefined && { password }),
    })
    for (const name of readdirSync(ops.uploadsFolder))
      assert(!readFileSync(join(ops.uploadsFolder, String(name))).includes(password ?? ''))
    const dump = JSON.stringify(await ops.store.db.selectFrom('extractions').selectAll().execute())
    assert(password === undefined || !dump.includes(password))
    await runExtraction(ops, id, RUN)
    const extraction = await readExtraction(ops, granted.officer, id)
    assert.deepEqual([extraction.state, extraction.failure], [end, failure])
    assert.deepEqual(readdirSync(ops.uploadsFolder), [])
  }
})

test('nothing but what lies directly in the kiosk’s folder can be named', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { ops } = service
  const granted = await aGranted(service)
  writeFileSync(join(base, 'outside'), 'x')
  symlinkSync(join(base, 'outside'), join(kiosk, 'link'))
  t.after(() => rmSync(join(kiosk, 'link')))
  for (const name of [
    '..',
    '.',
    '',
    '../outside',
    'AH-1/phone',
    '/etc',
    'link',
    'AH-1\0',
    'nothing',
    '.hidden',
    '..\\x',
  ])
    await assert.rejects(
      startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { kiosk: name } }),
      refusal('KIOSK'),
    )
  assert.equal((await ops.store.db.selectFrom('extractions').select('id').execute()).length, 0)
})

test('B20, H3: whoever granted it, whoever is not in the case, and whoever Schedule 3 does not list do not extract', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { ops } = service
  const granted = await aGranted(service)
  const start = async (who: string, options?: { stepUp: boolean }) =>
    startExtraction(ops, await service.actor(who, options), {
      requestId: granted.requestId,
      from: { kiosk: 'AH-1' },
    })
  await assert.rejects(start('insp77'), refusal('NOT_YOUR_ROLE'))
  await assert.rejects(start('pc4321'), refusal('NOT_YOUR_ROLE'))
  await assert.rejects(start('ext510', { stepUp: false }), refusal('STEP_UP'))
  await ops.store.db.updateTable('people').set({ schedule_3_part: null }).where('id', '=', 'ext510').execute()
  await assert.rejects(start('ext510'), refusal('NOT_ENTITLED'))
  await ops.store.db.updateTable('people').set({ schedule_3_part: 1 }).where('id', '=', 'ext510').execute()
  await ops.store.db.deleteFrom('case_members').where('person_id', '=', 'ext510').execute()
  await assert.rejects(start('ext510'), (error) => error instanceof ActionError && error.code === 'NOT_FOUND')
})

test('another phone than the one authorised is opened and nothing is taken', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const granted = await aGranted(service, { serial: 'SOMEOTHER001' })
  const { ops } = service
  const id = await startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { kiosk: 'AH-1' } })
  await runExtraction(ops, id, RUN)
  const { state, failure } = await readExtraction(ops, granted.officer, id)
  assert.equal(state, 'failed')
  assert.equal(failure, 'WRONG_DEVICE')
  assert.deepEqual(readdirSync(ops.extractsFolder), [])
  assert.deepEqual(await ops.keyring.extractIds(), [])
  assert.deepEqual((await logged(ops, granted.caseId)).slice(-2), ['extraction.started', 'extraction.failed'])
})

test('an authorisation that ran out while an extraction waited grants nothing', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const granted = await aGranted(service)
  const { ops } = service
  const id = await startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { kiosk: 'AH-1' } })
  service.setNow(new Date(Date.now() + 8 * 86_400_000))
  await runExtraction(ops, id, RUN)
  service.setNow(new Date())
  assert.equal((await readExtraction(ops, granted.officer, id)).state, 'expired')
  assert(!(await logged(ops, granted.caseId)).includes('extraction.started'))
})

test('B23: withdrawn or cancelled before it began, nothing is opened, and what was handed in is gone', async (t) => {
  const service = await testService(t)
  const { ops } = service
  for (const how of ['withdrawn', 'cancelled'] as const) {
    const granted = await aGranted(service)
    const id = await begun(ops, granted, backup)
    if (how === 'withdrawn')
      await withdrawAgreement(ops, granted.investigator, { requestId: granted.requestId, channel: 'telephone' })
    else await cancelExtraction(ops, granted.officer, id)
    await runExtraction(ops, id, RUN)
    assert.equal((await readExtraction(ops, granted.officer, id)).state, how)
    assert.deepEqual(readdirSync(ops.uploadsFolder), [])
    assert.deepEqual(await ops.keyring.extractIds(), [])
    assert(!(await logged(ops, granted.caseId)).includes('extraction.started'))
  }
})

test('an upload goes on where it stopped; parts out of place, of odd length or of somebody else are refused', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  const MIB = 1 << 20
  const upload = await beginUpload(ops, granted.officer, { requestId: granted.requestId, bytes: 3 * MIB + 7 })
  const send = (offset: number, length: number, actor = granted.officer) =>
    receiveChunk(ops, actor, upload, { offset, chunk: Buffer.alloc(length, 1) })
  assert.deepEqual(await send(0, 2 * MIB), { bytes: 3 * MIB + 7, received: 2 * MIB })
  assert.equal((await send(0, 2 * MIB)).received, 2 * MIB, 'the same part again is acknowledged again')
  await assert.rejects(send(3 * MIB, 7), refusal('OFFSET'))
  await assert.rejects(send(1, MIB), refusal('OFFSET'))
  await assert.rejects(send(2 * MIB, 5), refusal('CHUNK'))
  await assert.rejects(send(2 * MIB, 0), refusal('CHUNK'))
  await assert.rejects(send(2 * MIB, 2 * MIB), refusal('CHUNK'))
  await assert.rejects(send(2 * MIB, MIB, granted.investigator), (error) => error instanceof ActionError)
  await assert.rejects(
    startExtraction(ops, granted.officer, { requestId: granted.requestId, from: { upload } }),
    refusal('UPLOAD_UNFINISHED'),
  )
  const both = await Promise.allSettled([send(2 * MIB, MIB + 7), send(2 * MIB, MIB + 7)])
  assert(both.some(({ status }) => status === 'fulfilled'))
  await assert.rejects(
    beginUpload(ops, granted.officer, { requestId: granted.requestId, bytes: 5 }),
    refusal('UPLOAD_THERE'),
  )
  for (const bytes of [0, -1, 1.5, Number.MAX_SAFE_INTEGER])
    await assert.rejects(beginUpload(ops, granted.officer, { requestId: granted.requestId, bytes }), refusal('SIZE'))
})

test('B23: what was handed in is destroyed with the agreement, though nothing had begun to read it', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { officer, investigator, requestId, caseId } = await aGranted(service)
  await handIn(ops, officer, requestId, backup)
  const { stage, letter } = await withdrawAgreement(ops, investigator, { requestId, channel: 'telephone' })
  assert.equal(stage, 'before')
  assert.match(JSON.stringify(letter), /bigger copy of the phone. It deletes that copy now/)
  assert.deepEqual(readdirSync(ops.uploadsFolder), [])
  assert.equal((await logged(ops, caseId)).at(-1), 'source.destroyed')
})

test('B23: what was handed in and could not be destroyed with the agreement is destroyed by the clock, before its day is over', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { officer, investigator, requestId } = await aGranted(service)
  await handIn(ops, officer, requestId, backup)
  const failing: Ops = {
    ...ops,
    journal: Object.assign(Object.create(ops.journal) as Ops['journal'], {
      record: async (event: Parameters<Ops['journal']['record']>[0]) => {
        if (event.kind === 'source.destroyed') throw new Error('the log is not there')
        return ops.journal.record(event)
      },
    }),
  }
  await withdrawAgreement(failing, investigator, { requestId, channel: 'telephone' })
  assert.equal(readdirSync(ops.uploadsFolder).length, 1)
  assert.equal(await destroyAbandoned(ops), 1)
  assert.deepEqual(readdirSync(ops.uploadsFolder), [])
})

test('a source that nobody went on with is destroyed after a day, and what rests without belonging to anything at once', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  await handIn(ops, granted.officer, granted.requestId, backup)
  await ops.keyring.createExtractKey('source/00000000-0000-4000-8000-000000000000')
  writeFileSync(join(ops.uploadsFolder, '00000000-0000-4000-8000-000000000001'), 'x')
  assert.equal(await destroyAbandoned(ops), 2)
  assert.equal(readdirSync(ops.uploadsFolder).length, 1)
  service.setNow(new Date(Date.now() + 25 * 3_600_000))
  assert.equal(await destroyAbandoned(ops), 1)
  assert.deepEqual(readdirSync(ops.uploadsFolder), [])
  assert.deepEqual(await ops.keyring.extractIds(), [])
  assert.equal((await logged(ops, granted.caseId)).at(-1), 'source.destroyed')
})

test('A4, C11: the code on the receipt opens the page about it; a lost one ends when another is given', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  await assert.rejects(giveReceipt(ops, granted.officer, { extractionId: id, manner: 'paper' }), refusal('NOT_SEALED'))
  await runExtraction(ops, id, RUN)
  const code = await giveReceipt(ops, granted.officer, { extractionId: id, manner: 'paper' })
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  const receipt = await openReceipt(ops, ` ${code.toLowerCase().replaceAll('-', ' ')} `)
  assert.equal(receipt.extractionId, id)
  assert.deepEqual(receipt.why, ['The suspect arranged to meet the complainant on 7 March.'])
  assert(receipt.byAgreement)
  await assert.rejects(giveReceipt(ops, granted.officer, { extractionId: id, manner: 'paper' }), refusal('GIVEN'))
  const next = await giveReceipt(ops, granted.officer, { extractionId: id, manner: 'post', again: true })
  await assert.rejects(openReceipt(ops, code), (error) => error instanceof ActionError && error.code === 'NOT_FOUND')
  assert.equal((await openReceipt(ops, next)).extractionId, id)
  const dump = JSON.stringify(await ops.store.db.selectFrom('extractions').selectAll().execute())
  assert(!dump.includes(next) && !dump.includes(next.replaceAll('-', '')))
})

test('what cannot be logged is not done; and what was done and not logged is brought to its end, once', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  const deafTo = (kind: string): Ops => ({
    ...ops,
    journal: {
      ...ops.journal,
      record: async (event) => {
        if (event.kind === kind) throw new Error('the log is not there')
        return ops.journal.record(event)
      },
    },
  })
  await assert.rejects(runExtraction(deafTo('extraction.started'), id, RUN), /the log is not there/)
  assert.deepEqual(readdirSync(ops.extractsFolder), [])
  assert(!(await ops.keyring.has(id)), 'no entry, no key')
  assert.equal((await readExtraction(ops, granted.officer, id)).state, 'queued')

  await assert.rejects(runExtraction(deafTo('extraction.finished'), id, RUN), /the log is not there/)
  const before = await readExtraction(ops, granted.officer, id)
  assert.equal(before.state, 'running')
  assert.equal(before.result, undefined, 'nothing is shown that was not logged')
  assert.equal(await runExtraction(ops, id, RUN), 'over')
  assert.equal((await readExtraction(ops, granted.officer, id)).state, 'sealed')
  assert.deepEqual(
    (await logged(ops, granted.caseId)).filter((kind) => kind.startsWith('extraction.')),
    ['extraction.started', 'extraction.finished'],
  )
})

test('a source whose destruction was interrupted after it was read is destroyed with the next look', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const granted = await aGranted(service)
  const id = await begun(ops, granted, backup)
  const journal = {
    ...ops.journal,
    record: (async (event) => {
      if (event.kind === 'source.destroyed') throw new Error('the log is not there')
      return ops.journal.record(event)
    }) as Ops['journal']['record'],
  }
  await assert.rejects(runExtraction({ ...ops, journal }, id, RUN), /the log is not there/)
  assert.equal((await readExtraction(ops, granted.officer, id)).state, 'sealed')
  assert.equal(readdirSync(ops.uploadsFolder).length, 1)
  assert.equal(await destroyAbandoned(ops), 1)
  assert.deepEqual(readdirSync(ops.uploadsFolder), [])
  assert.deepEqual(await ops.keyring.extractIds(), [id])
})

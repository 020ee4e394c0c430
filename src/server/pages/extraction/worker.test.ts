import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  cancelExtraction,
  extractPath,
  leftBehind,
  readExtraction,
  runExtraction,
  startExtraction,
  withdrawAgreement,
} from '../../../actions/index.ts'
import { LeafInvariants } from '../../../events/index.ts'
import { createKeyring, FileEpochKeys } from '../../../keyring/index.ts'
import { makeSample } from '../../../sample/index.ts'
import type { ExtractionState } from '../../../store/index.ts'
import { type TestService, testService } from '../../test-service.fixture.ts'
import { aGranted, begun, type Granted } from './granted.fixture.ts'

const PEEL = fileURLToPath(new URL('../../../../bin/peel.mjs', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
const kiosk = join(base, 'kiosk')
after(() => rmSync(base, { recursive: true, force: true }))
let backup = ''

// Large enough that somebody can do something in the middle of it.
const MESSAGES = 60_000

before(async () => {
  mkdirSync(kiosk)
  renameSync((await makeSample('ios-backup', join(base, 'ios'), { messages: MESSAGES })).phone, join(kiosk, 'AH-1'))
  backup = (await makeSample('android-backup', join(base, 'android'), { messages: 200 })).phone
})

const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const

/** A worker as it is started on a machine, ended with the test. */
function aWorker(t: TestContext, service: TestService): ChildProcess {
  const worker = spawn(process.execPath, [PEEL, 'work'], {
    env: {
      ...process.env,
      PEEL_DATA: dirname(service.ops.uploadsFolder),
      DATABASE_URL: service.databaseAddress,
      PEEL_KIOSK: kiosk,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  t.after(async () => {
    if (worker.exitCode === null && worker.signalCode === null) {
      worker.kill('SIGKILL')
      await ended(worker)
    }
  })
  return worker
}

function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => worker.once('exit', () => resolve()))
}

/** A large phone at the kiosk, and an authorisation for all of its messages. */
async function large(service: TestService): Promise<Granted & { id: string }> {
  const granted = await aGranted(service, { serial: 'PEELSAMPLE01', everything: true })
  const id = await startExtraction(service.ops, granted.officer, {
    requestId: granted.requestId,
    from: { kiosk: 'AH-1' },
  })
  return { ...granted, id }
}

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(20)
}

async function reaches({ ops }: TestService, id: string, states: readonly ExtractionState[]): Promise<ExtractionState> {
  for (;;) {
    const { state } = await ops.store.db
      .selectFrom('extractions')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (states.includes(state)) return state
    await pause(20)
  }
}

/** Waits until something is being written. */
async function writing({ ops }: TestService, id: string): Promise<void> {
  const database = join(`${extractPath(ops, id)}.unfinished`, 'records.db')
  await until(async () => existsSync(database) && statSync(database).size > 0)
}

async function nothingLeft({ ops }: TestService, id: string): Promise<void> {
  assert.deepEqual(readdirSync(ops.extractsFolder), [])
  assert(!(await ops.keyring.has(id)))
}

async function kinds({ ops }: TestService, caseId: string): Promise<string[]> {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'extraction.%')
    .orderBy('id')
    .execute()
  return rows.map(({ kind }) => kind)
}

/** Holds the whole log to what must be true among its entries. */
async function soundLog({ ops }: TestService): Promise<void> {
  const rows = await ops.store.db
    .selectFrom('statements')
    .selectAll()
    .where('leaf', 'is not', null)
    .orderBy('leaf')
    .execute()
  const invariants = new LeafInvariants()
  for (const row of rows)
    assert.deepEqual(
      invariants.add({
        v: 1,
        k: row.kind,
        e: row.digest,
        t: `${row.happened_at.toISOString().slice(0, 16)}Z`,
        ...(row.pseudonym !== null && row.n !== null && { c: row.pseudonym, n: row.n }),
        ...(row.authorisation_leaf !== null && { a: row.authorisation_leaf }),
      }),
      [],
    )
}

test('B23: agreement withdrawn while it runs stops it, and nothing is left: no file, no key', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { id, requestId, caseId, investigator } = await large(service)
  aWorker(t, service)
  await writing(service, id)
  await withdrawAgreement(service.ops, investigator, { requestId, channel: 'in-person' })
  assert.equal(await reaches(service, id, ['withdrawn', 'sealed', 'failed', 'cancelled']), 'withdrawn')
  await nothingLeft(service, id)
  assert.deepEqual(await kinds(service, caseId), ['extraction.started', 'extraction.cancelled'])
  await soundLog(service)
})

test('somebody who stops it while it runs stops it', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { id, officer, caseId } = await large(service)
  aWorker(t, service)
  await writing(service, id)
  await cancelExtraction(service.ops, officer, id)
  assert.equal(await reaches(service, id, ['withdrawn', 'sealed', 'failed', 'cancelled']), 'cancelled')
  await nothingLeft(service, id)
  const row = await service.ops.store.db
    .selectFrom('statements')
    .select('actor')
    .where('kind', '=', 'extraction.cancelled')
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  assert.equal(row?.actor, 'ext510')
})

test('an authorisation that runs out while it runs stops it', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { id } = await large(service)
  const running = runExtraction(service.ops, id, RUN)
  await writing(service, id)
  service.setNow(new Date(Date.now() + 8 * 86_400_000))
  assert.equal(await running, 'over')
  assert.equal(await reaches(service, id, ['expired', 'sealed', 'failed']), 'expired')
  await nothingLeft(service, id)
})

test('a worker that is killed in the middle leaves nothing that opens, and another does it from the start', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { id, officer, caseId } = await large(service)
  const first = aWorker(t, service)
  await writing(service, id)
  first.kill('SIGKILL')
  await ended(first)
  await until(async () => (await leftBehind(service.ops)).includes(id))
  aWorker(t, service)
  assert.equal(await reaches(service, id, ['sealed', 'failed']), 'sealed')
  await until(async () => readdirSync(service.ops.extractsFolder).length === 1)
  assert.deepEqual(readdirSync(service.ops.extractsFolder), [`${id}.peel`])
  const { result } = await readExtraction(service.ops, officer, id)
  // All but what has no date.
  assert((result?.records.message?.taken ?? 0) > MESSAGES - 100)
  assert.deepEqual(await kinds(service, caseId), [
    'extraction.started',
    'extraction.failed',
    'extraction.started',
    'extraction.finished',
  ])
  await soundLog(service)
})

test('a worker that is asked to end gives back what it was doing, and another does it', async (t) => {
  const service = await testService(t, { kioskFolder: kiosk })
  const { id, caseId } = await large(service)
  const first = aWorker(t, service)
  await writing(service, id)
  first.kill('SIGTERM')
  await ended(first)
  assert.equal(first.exitCode, 0)
  assert.equal(await reaches(service, id, ['queued']), 'queued')
  assert.deepEqual(readdirSync(service.ops.extractsFolder), [])
  assert.equal(await runExtraction(service.ops, id, RUN), 'over')
  assert.equal(await reaches(service, id, ['sealed', 'failed']), 'sealed')
  assert.deepEqual(await kinds(service, caseId), [
    'extraction.started',
    'extraction.cancelled',
    'extraction.started',
    'extraction.finished',
  ])
  await soundLog(service)
})

test('two workers never run one extraction twice', async (t) => {
  const service = await testService(t)
  const grants = [await aGranted(service), await aGranted(service), await aGranted(service)]
  const ids: string[] = []
  for (const granted of grants) ids.push(await begun(service.ops, granted, backup))
  const ran = await Promise.all([...ids, ...ids, ...ids.toReversed()].map((id) => runExtraction(service.ops, id, RUN)))
  assert(ran.every((one) => one === 'over' || one === 'elsewhere'))
  for (const [at, granted] of grants.entries()) {
    assert.equal(await reaches(service, ids[at] ?? '', ['sealed', 'failed']), 'sealed')
    assert.deepEqual(await kinds(service, granted.caseId), ['extraction.started', 'extraction.finished'])
  }
})

const small = join(base, 'small')
mkdirSync(small)
const mounts = (option: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', option, 'tmpfs', small]).status === 0
const mayMount = mounts('size=64k')
if (mayMount) spawnSync('umount', [small])

test('on a full disk it fails clearly, and leaves nothing', { skip: !mayMount }, async (t) => {
  const service = await testService(t)
  const granted = await aGranted(service, { everything: true })
  const id = await begun(service.ops, granted, backup)
  assert(mounts('size=32k'))
  t.after(() => spawnSync('umount', [small]))
  assert.equal(await runExtraction({ ...service.ops, extractsFolder: small }, id, RUN), 'over')
  const { state, failure } = await readExtraction(service.ops, granted.officer, id)
  assert.equal(state, 'failed')
  assert.equal(failure, 'NO_SPACE')
  assert.deepEqual(readdirSync(small), [])
  assert(!(await service.ops.keyring.has(id)))
  assert.deepEqual(await kinds(service, granted.caseId), ['extraction.started', 'extraction.failed'])
  // What was handed in is still there: another try is all that is needed.
  const again = await startExtraction(service.ops, granted.officer, {
    requestId: granted.requestId,
    from: {
      upload: String((await service.ops.store.db.selectFrom('uploads').select('id').executeTakeFirstOrThrow()).id),
    },
  })
  await runExtraction(service.ops, again, RUN)
  assert.equal(await reaches(service, again, ['sealed', 'failed']), 'sealed')
})

test('a stolen folder without the keyring shows nothing: neither what was handed in, nor what was taken', async (t) => {
  const service = await testService(t)
  const granted = await aGranted(service)
  const done = await begun(service.ops, granted, backup)
  await runExtraction(service.ops, done, RUN)
  const waiting = await aGranted(service)
  await begun(service.ops, waiting, backup)
  const truth = readFileSync(join(base, 'android', 'truth.json'), 'utf8')
  const secrets = [...truth.matchAll(/"(?:text|name|address)":"([^"\\\\]{12,})"/g)].flatMap(([, text]) => text ?? [])
  assert(secrets.length > 20)
  const stolen = dirname(service.ops.uploadsFolder)
  for (const folder of ['uploads', 'extracts', 'log'])
    for (const entry of readdirSync(join(stolen, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      for (const secret of secrets) assert(!bytes.includes(secret), `${folder} holds what was on the phone`)
      assert(!bytes.includes('ANDROID BACKUP') && !bytes.includes('SQLite format 3'))
    }
  const rows = await service.ops.store.pool.query('SELECT * FROM extractions')
  for (const secret of secrets) assert(!JSON.stringify(rows.rows).includes(secret))
  // Another keyring, as whoever took the folder could make one, opens neither.
  const folder = join(base, 'theirs')
  const theirs = await createKeyring({
    folder,
    epochKeys: new FileEpochKeys(`${folder}-epochs`),
    now: () => new Date(),
  })
  await assert.rejects(
    theirs.useExtractIdentity(done, () => {}),
    { code: 'NO_SUCH_KEY' },
  )
})

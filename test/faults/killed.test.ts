// The server, or its database, killed at any moment of a flow: what was acknowledged is there, what was not is undone, and no key is left over.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  destroyAbandoned,
  destroyPart,
  finishDestructions,
  leftBehind,
  runExtraction,
} from '../../src/actions/index.ts'
import { makeSample } from '../../src/sample/index.ts'
import { recordsIn } from '../../src/server/pages/retention/a-part.fixture.ts'
import { type TestService, testService } from '../../src/server/test-service.fixture.ts'
import { soundLog } from './sound-log.ts'

const FORCE = join(import.meta.dirname, 'force.ts')
const RUN = { tool: { name: 'peel', version: '0.0.0', commit: 'test' }, ending: new AbortController().signal } as const
const base = mkdtempSync(join(tmpdir(), 'peel-faults-'))
let phone = ''
before(async () => {
  phone = (await makeSample('android-backup', join(base, 'phone'), { messages: 400 })).phone
})
after(() => rmSync(base, { recursive: true, force: true }))

/** What was said to be done before the end. */
type Said = readonly (readonly [what: string, id: string])[]

/** Lets a force work on a folder, and kills it, or its database, so long after it began something. */
async function killedIn(data: string, what: string, wait: number, victim: 'server' | 'database'): Promise<Said> {
  const child = spawn(process.execPath, [FORCE, data, phone], { stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = new Promise((resolve) => child.once('close', resolve))
  let text = ''
  const begun = new Promise<void>((resolve) =>
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes(`["${what}"`)) resolve()
    }),
  )
  await Promise.race([begun, gone])
  await pause(wait)
  if (victim === 'database')
    process.kill(
      Number(readFileSync(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    )
  // Without its database it ends by itself or stands still: whoever runs it kills it.
  else child.kill('SIGKILL')
  await Promise.race([gone, pause(3000, undefined, { ref: false })])
  child.kill('SIGKILL')
  await gone
  const said = text.slice(0, text.lastIndexOf('\n')).split('\n')
  return said.map((line) => JSON.parse(line) as [string, string])
}

/** Opens the folder again, does what the timers and a worker do, and holds everything to what was said. */
async function soundAgain(t: TestContext, data: string, said: Said): Promise<TestService> {
  const service = await testService(t, { data })
  const { ops } = service
  const { db } = ops.store
  for (const id of await leftBehind(ops)) await runExtraction(ops, id, RUN)
  await finishDestructions(ops)
  const parts = await db.selectFrom('destructions').selectAll().where('records', 'is not', null).execute()
  for (const { id } of parts) await destroyPart(ops, id, RUN)
  const ids = (what: string) => said.filter(([one]) => one === what).map(([, id]) => id)

  for (const id of ids('granted')) {
    const row = await db.selectFrom('decisions').selectAll().where('request_id', '=', id).executeTakeFirst()
    assert(row?.outcome === 'granted' && row.leaf !== null && row.envelope !== null, 'a grant is kept')
  }
  for (const id of ids('received')) {
    const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
    assert(row !== undefined && row.received === row.bytes && row.finished_at !== null, 'a source is kept')
  }
  const extractions = await db.selectFrom('extractions').select(['id', 'state']).execute()
  const stateOf = (id: string) => extractions.find((row) => row.id === id)?.state
  for (const id of ids('queued')) assert(stateOf(id) !== undefined, 'what was queued is kept')
  for (const id of [...ids('sealed'), ...ids('held')]) assert.equal(stateOf(id), 'sealed')
  for (const { extraction_id: id, done_at } of await db
    .selectFrom('destructions')
    .selectAll()
    .where('records', 'is not', null)
    .where('approved_by', 'is not', null)
    .execute()) {
    assert(done_at, 'a part that two people decided on is gone')
    const tags = await db.selectFrom('tags').select('record_id').where('extraction_id', '=', id).execute()
    assert.deepEqual(tags, [])
    assert((await recordsIn(ops, id)).length > 0, 'and the rest opens')
  }
  for (const id of ids('parted')) assert(parts.some(({ extraction_id: one, approved_by }) => one === id && approved_by))
  const holdings = await db.selectFrom('holdings').selectAll().execute()
  for (const id of ids('destroyed')) assert(holdings.find((row) => row.extraction_id === id)?.destroyed_at)
  for (const row of holdings.filter(({ destroyed_at }) => destroyed_at !== null)) {
    const approved = await db
      .selectFrom('destructions')
      .select('approved_by')
      .where('extraction_id', '=', row.extraction_id)
      .executeTakeFirst()
    assert(approved?.approved_by, 'nothing was destroyed that nobody approved')
  }

  const held = holdings.filter(({ destroyed_at }) => destroyed_at === null).map(({ extraction_id }) => extraction_id)
  for (const id of held) {
    assert(existsSync(join(ops.extractsFolder, `${id}.peel`)), 'what is held is there')
    assert(await ops.keyring.has(id), 'and opens')
  }
  await destroyAbandoned(ops)
  const keys = (await ops.keyring.extractIds()).filter((id) => !id.startsWith('source/'))
  const containers = readdirSync(ops.extractsFolder).map((name) => name.replace(/\.peel(?:\.unfinished)?$/, ''))
  // A fixture makes a key and a container before it makes their row: what it had under way is not the service's.
  const known = new Set(extractions.map(({ id }) => id))
  assert.deepEqual(
    keys.filter((id) => !known.has(id)),
    [],
    'no key without a row',
  )
  assert.deepEqual(
    containers.filter((id) => !known.has(id)),
    [],
    'no container without a row',
  )
  const taken = (id: string) => said.some(([what, one]) => what === 'queued' && one === id)
  assert.deepEqual(
    keys.filter((id) => taken(id) && stateOf(id) !== 'sealed'),
    [],
  )
  const unfinished = readdirSync(ops.extractsFolder).filter((name) => name.endsWith('.unfinished'))
  assert.deepEqual(
    unfinished.filter((name) => taken(name.slice(0, 36))),
    [],
    'nothing is left half made',
  )
  const live = await db.selectFrom('uploads').select('id').where('destroyed_at', 'is', null).execute()
  const sources = readdirSync(ops.uploadsFolder)
  assert.deepEqual(
    sources.filter((id) => !live.some((row) => row.id === id)),
    [],
    'no source without a row',
  )

  await soundLog(ops)
  return service
}

// So many milliseconds after what was said last: the seeds of a run that found nothing and of those that did.
const MOMENTS: readonly (readonly [during: string, after: string, waits: readonly number[]])[] = [
  ['granting', 'open', [60, 170]],
  ['an upload', 'granted', [15, 70]],
  ['an extraction', 'queued', [90, 300]],
  ['sealing', 'queued', [500]],
  ['the destruction of a part', 'approved', [20, 150, 400]],
  ['what comes after that', 'parted', [5]],
  ['a destruction', 'proposed', [3, 25]],
  ['what comes after one', 'destroyed', [10]],
]

for (const victim of ['server', 'database'] as const)
  test(`the ${victim} killed in the middle of anything: all of it is done or undone`, async (t) => {
    const data = mkdtempSync(join(base, `${victim}-`))
    const all: (readonly [string, string])[] = []
    for (const [during, what, waits] of MOMENTS)
      for (const wait of waits) {
        all.push(...(await killedIn(data, what, wait, victim)))
        t.diagnostic(`${victim} killed during ${during}: ${all.length} acknowledgements`)
        await t.test(`${during}, ${wait} ms on`, async (inner) => {
          const service = await soundAgain(inner, data, all)
          await service.close()
        })
      }
    for (const what of ['granted', 'received', 'sealed', 'parted', 'destroyed'])
      assert(
        all.some(([one]) => one === what),
        what,
      )
  })

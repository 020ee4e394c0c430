import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { type Kysely, sql } from 'kysely'
import type { TrueRecording } from '../../../sample/index.ts'
import type { Tables } from '../../../store/index.ts'
import { testService } from '../../../server/test-service.fixture.ts'
import { anArchive } from '../an-archive.fixture.ts'
import { withArchiveKeys } from '../details.ts'
import { openedItems } from '../opened-items.ts'
import { archiveOf } from '../read-archive.ts'
import { aProposal, approvedBy, IAO310, REC301, sampledToTheEnd } from './a-batch.fixture.ts'
import { destroyBatch } from './destroy-batch.ts'
import { readCertificate, readLeaves } from './read-certificate.ts'

const GOES_ON = { ending: new AbortController().signal }
const DOCUMENT = readFileSync(new URL('../../../../docs/formats/recordings-certificate.md', import.meta.url), 'utf8')

/** What is written down under a language in the document of the format. */
function documented(language: string): string {
  const [, code = ''] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOCUMENT) ?? []
  assert(code !== '', language)
  return code
}

function tools(t: TestContext, ...names: string[]): boolean {
  const missing = names.filter((name) => spawnSync(name, ['--version']).status !== 0)
  if (missing.length === 0) return true
  assert(!process.env['PEEL_REQUIRE_TOOLS'], `not installed: ${missing.join(', ')}`)
  t.skip(`not installed: ${missing.join(', ')}`)
  return false
}

test('E14: what was destroyed is proved by files that anybody checks as they are documented, and that tell of nobody', async (t) => {
  const { ops: given } = await testService(t)
  const archive = await anArchive(given, { recordings: 150 })
  const { ops, id } = archive
  const { db } = ops.store
  const sampleOf = new Map<string, { path: string }>()
  await withArchiveKeys(ops, await archiveOf(ops, id), async (keys) => {
    for await (const page of openedItems(db, keys))
      for (const { id: item, details } of page) sampleOf.set(item, details)
  })
  await sampledToTheEnd(ops, id)
  const batch = await aProposal(archive)
  await approvedBy(ops, IAO310, batch)
  await destroyBatch(ops, batch, GOES_ON)
  const { certificate, signature, publicKey, digest } = await readCertificate(ops, REC301, batch)
  const leaves = await readLeaves(ops, REC301, batch)
  const folder = mkdtempSync(join(tmpdir(), 'peel-certificate-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, contents: string | Buffer) => writeFileSync(join(folder, name), contents)
  write('certificate.json', certificate)
  write('certificate.sig', signature)
  write('installation-key.pem', publicKey)
  write('leaves.ndjson', leaves)

  await t.test('the signature, with OpenSSL alone', (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return void tools(t, 'openssl')
    assert.equal(signature.length, 64)
    const run = () => spawnSync('sh', ['-c', documented('sh')], { cwd: folder, encoding: 'utf8' })
    assert.match(run().stdout, /Signature Verified Successfully/)
    write('certificate.json', certificate.toString().replace('"count":', '"count": '))
    assert.notEqual(run().status, 0, 'other bytes are not what was signed')
    write('certificate.json', certificate)
  })

  await t.test('the root, with a page of Python', (t) => {
    if (!tools(t, 'python3')) return
    const run = () => spawnSync('python3', ['-c', documented('python')], { cwd: folder, encoding: 'utf8' })
    assert.match(run().stdout, /the root is right, over \d+ recordings/)
    write('leaves.ndjson', leaves.replace('"bytes":', '"bytes":1'))
    assert.notEqual(run().status, 0, 'another leaf has another root')
  })

  await t.test('the log holds its digest', async () => {
    const said = JSON.parse(certificate.toString()) as { log: { index: number }; count: number }
    const rows = await db
      .selectFrom('statements')
      .select(['kind', 'leaf'])
      .where('kind', 'like', 'batch.%')
      .orderBy('leaf')
      .execute()
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['batch.proposed', 'batch.approved', 'batch.destroyed', 'batch.certified'],
    )
    assert.equal(rows.find(({ kind }) => kind === 'batch.destroyed')?.leaf, said.log.index)
    assert.match(digest, /^[0-9a-f]{64}$/)
  })

  await t.test(
    'and no number, name or path of what was destroyed is in it, in the database, in the log or in the folders',
    async () => {
      const gone = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', batch).execute()
      const looked = new Set(gone.flatMap(({ item_id }) => personal(sampleOf.get(item_id) as object)))
      assert(looked.size > gone.length, 'there is something to look for')
      const places = [certificate.toString(), leaves, await everythingInDatabase(db)]
      for (const root of [ops.archivesFolder, ops.logFolder, dirname(ops.logFolder)])
        for (const path of filesIn(root)) places.push(path, readFileSync(path).toString('latin1'))
      const all = places.join('\n')
      assert(all.includes(batch), 'what is looked through is what is there')
      for (const { item_id } of gone) {
        const { number, holder, path } = archive.truth.get(item_id) as TrueRecording
        for (const one of [
          holder,
          path.slice(path.lastIndexOf('/') + 1),
          ...(number === null ? [] : [number.slice(3)]),
        ])
          looked.add(one)
      }
      const found = [...looked].filter((one) => all.includes(one))
      assert.deepEqual(found, [])
    },
  )
})

/** Everything in what is known of a recording that tells of a person: its path and its parts, numbers, names, who held the phone. */
function personal(details: object): string[] {
  const found: string[] = []
  const walk = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, name)
    else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) walk(one, key)
    else if (typeof value === 'string' && PERSONAL.has(name) && value.length >= 6) found.push(value)
  }
  walk(details, '')
  return found
}

const PERSONAL = new Set(['path', 'number', 'numbers', 'contact', 'holders', 'device', 'devices', 'recordingKey'])

/** The service's own files that are no part of its database or of what was collected. */
function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/(?:samples|collected|postgres)\//.test(path))
}

async function everythingInDatabase(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`.execute(db)
  const texts: string[] = []
  for (const { name } of rows) {
    const found = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.raw(name)} t`.execute(db)
    for (const { row } of found.rows) texts.push(row)
    // What stands as bytes is written as hex above: here as it is.
    const bytes = await sql<Record<string, unknown>>`SELECT * FROM ${sql.raw(name)} t`.execute(db)
    for (const row of bytes.rows)
      for (const value of Object.values(row)) if (Buffer.isBuffer(value)) texts.push(value.toString('latin1'))
  }
  return texts.join('\n')
}

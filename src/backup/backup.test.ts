import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { anArchive } from '../actions/archive/an-archive.fixture.ts'
import { archiveFolder, withArchiveKeys } from '../actions/archive/details.ts'
import { openedItems } from '../actions/archive/opened-items.ts'
import { archiveOf } from '../actions/archive/read-archive.ts'
import { readRecording, recordingPlace } from '../actions/archive/recording-file.ts'
import { noteRefusal } from '../actions/index.ts'
import { somethingHeld } from '../actions/retention/held.fixture.ts'
import { FileEpochKeys, openKeyring } from '../keyring/index.ts'
import { type TestService, testService } from '../server/test-service.fixture.ts'
import type pg from 'pg'
import { addressOfRunning, openStore } from '../store/index.ts'
import { logFolder, parsePolicy, verifyLog } from '../tlog/index.ts'
import { ContainerReader } from '../vault/index.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const now = () => new Date('2026-11-22T10:00:00Z')
// Each folder here has its own embedded database, whatever else tests run on.
delete process.env['PEEL_TEST_DATABASE_URL']

// At the end of all: after its own test a service is still open, and would find its folder gone.
const grounds: string[] = []
after(() => {
  for (const folder of grounds) rmSync(folder, { recursive: true, force: true })
})

function ground(): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-backup-'))
  grounds.push(folder)
  return folder
}

function backUp({ ops }: TestService, data: string, out: string) {
  return makeBackup({
    data,
    address: addressOfRunning({ folder: join(data, 'postgres') }),
    out,
    recipients: [recipient],
    id: 'b-0000-test',
    version: 'test',
    now,
    record: ({ id, digest, generation, entries }) =>
      ops.journal.record({
        kind: 'backup.made',
        actor: 'service',
        details: { backup: id, digest, epoch: generation, entries },
      }),
  })
}

/** As whoever keeps the epoch keys puts them back: they are in no backup. */
function withEpochKeys(from: string, data: string): void {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  cpSync(join(from, 'epoch-keys'), join(data, 'epoch-keys'), { recursive: true, preserveTimestamps: true })
  for (const name of readdirSync(join(data, 'epoch-keys')))
    writeFileSync(join(data, 'epoch-keys', name), readFileSync(join(from, 'epoch-keys', name)), { mode: 0o600 })
}

async function refusals({ ops, actor }: TestService, times: number): Promise<void> {
  const somebody = await actor('pc4321')
  for (let at = 0; at < times; at++) await noteRefusal(ops, somebody, 'log.see', { code: 'NOT_YOUR_ROLE', says: '' })
}

/** What the database says of the entries before one. */
async function statements({ ops }: TestService, before: number): Promise<unknown[]> {
  return ops.store.db.selectFrom('statements').selectAll().where('leaf', '<', before).orderBy('leaf').execute()
}

test('C9 and C24: a backup of a running service is restored, starts, and is what it was at that moment', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  const { extraction, pseudonym } = await somethingHeld(service.ops)
  await refusals(service, 300)
  // Others go on meanwhile.
  const going = Promise.all([refusals(service, 60), somethingHeld(service.ops), refusals(service, 60)])
  const made = await backUp(service, data, join(place, 'backup'))
  await going
  const before = await statements(service, made.entries)
  await service.close()

  const again = join(place, 'again')
  withEpochKeys(data, again)
  await restoreBackup({ from: join(place, 'backup'), identities: [identity], data: again })
  const restored = await testService(t, { data: again })
  const { ops } = restored
  const size = Number((await ops.store.pool.query('SELECT max(leaf) AS n FROM statements')).rows[0].n) + 1
  assert.equal(
    (await ops.store.db.selectFrom('cases').select('id').where('pseudonym', '=', pseudonym).execute()).length,
    1,
  )
  const kinds = await ops.store.db
    .selectFrom('statements')
    .select(['kind', 'leaf'])
    .where('leaf', '>=', made.entries)
    .orderBy('leaf')
    .execute()
  assert.equal(kinds.at(-1)?.kind, 'backup.restored')
  // What was held opens with its own key.
  await ops.keyring.useExtractIdentity(extraction, async (key) => {
    const reader = await ContainerReader.open(join(again, 'extracts', `${extraction}.peel`), [key])
    reader.close()
  })
  // Sequences go on where they were: new rows take no number that is taken.
  await refusals(restored, 2)
  assert.equal(before.length, made.entries)
  assert.deepEqual(await statements(restored, made.entries), before)
  await restored.close()
  const policy = parsePolicy(readFileSync(join(again, 'log', 'policy.tlog-policy')))
  const verified = await verifyLog({ ...logFolder(join(again, 'log')), policy })
  assert.deepEqual(
    verified.checks.filter(({ result }) => result === 'failed'),
    [],
  )
  assert.equal(verified.size, size + 2)
})

test('C9 and C24: nothing that the database says stands in a backup in plaintext, and any age opens it', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  await somethingHeld(service.ops)
  await backUp(service, data, join(place, 'backup'))
  await service.close()
  const files = readdirSync(join(place, 'backup'), { recursive: true, encoding: 'utf8' })
  for (const name of ['epoch-keys', 'uploads', 'cookie-secret', 'catalogues'])
    assert(!files.some((path) => path.startsWith(name)), name)
  assert(!files.some((path) => path.includes('sign_ins')))
  for (const path of files.filter((one) => one.endsWith('.age')))
    assert(!readFileSync(join(place, 'backup', path)).includes('Ada Holt'), path)
  if (!existsSync('/usr/bin/age')) return t.diagnostic('no age here to open it with')
  writeFileSync(join(place, 'identity'), identity)
  const people = execFileSync('age', [
    '-d',
    '-i',
    join(place, 'identity'),
    join(place, 'backup', 'database', 'people.ndjson.age'),
  ]).toString()
  assert.match(people, /"name":"Ada Holt"/)
})

test('C16: what is destroyed after a backup cannot be opened from it, and the service says why it does not start on it', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  const { extraction } = await somethingHeld(service.ops)
  await backUp(service, data, join(place, 'backup'))
  await service.ops.keyring.destroyExtractKey(extraction)
  const copy = join(place, 'backup', 'extracts', `${extraction}.peel`)
  assert(existsSync(copy))
  const opens = await service.ops.keyring.checkNothingOpens({
    containers: [copy],
    keyrings: [join(place, 'backup', 'keyring', 'keyring')],
  })
  assert.equal(opens.ok, true)
  await service.close()
  const again = join(place, 'again')
  withEpochKeys(data, again)
  await restoreBackup({ from: join(place, 'backup'), identities: [identity], data: again })
  await assert.rejects(testService(t, { data: again }), (error: unknown) => {
    const { code, hint } = error as { code: string; hint: string }
    assert(['OLDER', 'EPOCH_GONE'].includes(code), code)
    assert.match(hint, /restore|newest/)
    return true
  })
  // With the newest keyring it starts, and what was destroyed stays destroyed.
  cpSync(join(data, 'keyring', 'keyring'), join(again, 'keyring', 'keyring'))
  const restored = await testService(t, { data: again })
  await assert.rejects(
    restored.ops.keyring.useExtractIdentity(extraction, () => {}),
    { code: 'KEY_DESTROYED' },
  )
})

test('a restored database that does not fit the log is refused, whichever is older', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  await refusals(service, 3)
  await backUp(service, data, join(place, 'one'))
  await refusals(service, 3)
  await backUp(service, data, join(place, 'two'))
  await service.close()
  const restore = async (name: string, from: string, log: string) => {
    const again = join(place, name)
    withEpochKeys(data, again)
    await restoreBackup({ from: join(place, from), identities: [identity], data: again })
    for (const folder of ['log', 'log-state']) {
      rmSync(join(again, folder), { recursive: true })
      cpSync(join(place, log, folder), join(again, folder), { recursive: true })
    }
    return testService(t, { data: again })
  }
  await assert.rejects(restore('older-database', 'one', 'two'), { code: 'LOG_AHEAD' })
  await assert.rejects(restore('older-log', 'two', 'one'), { code: 'LOG_BEHIND' })
})

test('nothing is restored over anything, from what was altered, or with another key; and an interrupted restore does not start', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const backup = join(place, 'backup')
  const service = await testService(t, { data })
  await refusals(service, 1)
  await backUp(service, data, backup)
  await assert.rejects(backUp(service, data, backup), { code: 'EXISTS' })
  await service.close()
  const from = (folder: string, more: { data?: string; identities?: string[] } = {}) =>
    restoreBackup({ from: folder, identities: [identity], data: join(place, 'empty'), ...more })
  await assert.rejects(from(backup, { data }), { code: 'NOT_EMPTY' })
  await assert.rejects(from(backup, { identities: [await generateX25519Identity()] }), { code: 'NOT_FOR_THIS_KEY' })
  await assert.rejects(from(place), { code: 'NOT_A_BACKUP' })
  for (const [name, spoil] of [
    ['altered', (folder: string) => writeFileSync(join(folder, 'log', 'checkpoint'), 'x')],
    ['missing', (folder: string) => rmSync(join(folder, 'keyring', 'keyring'))],
    ['more', (folder: string) => writeFileSync(join(folder, 'extracts', 'x'), '')],
  ] as const) {
    const copy = join(place, name)
    cpSync(backup, copy, { recursive: true })
    spoil(copy)
    await assert.rejects(from(copy), { code: 'DAMAGED' }, name)
  }
  assert(!existsSync(join(place, 'empty')))
  const half = join(place, 'half')
  mkdirSync(half)
  writeFileSync(join(half, 'restoring'), '')
  await assert.rejects(testService(t, { data: half }), { code: 'UNFINISHED' })
})

test('C9 and E14: archives of recordings come back with every recording, and what nobody finished writing does not', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  const { id, truth } = await anArchive(service, { recordings: 20 })
  const folder = archiveFolder(service.ops, id)
  mkdirSync(join(folder, 'inventory'))
  writeFileSync(join(folder, 'inventory', 'store.db'), 'x')
  writeFileSync(join(folder, 'recordings', 'a.unfinished'), 'x')
  await backUp(service, data, join(place, 'backup'))
  await service.close()
  const again = join(place, 'again')
  withEpochKeys(data, again)
  const manifest = await restoreBackup({ from: join(place, 'backup'), identities: [identity], data: again })
  assert.deepEqual(manifest.archives, [id])
  const { ops } = await testService(t, { data: again })
  let opened = 0
  await withArchiveKeys(ops, await archiveOf(ops, id), async (keys) => {
    for await (const page of openedItems(ops.store.db, keys))
      for (const { id: item, bytes, sha256, details } of page) {
        const digest = createHash('sha256')
        const lies = recordingPlace(ops, id, item)
        for await (const piece of readRecording(lies, { recordingKey: details.recordingKey, bytes }))
          digest.update(piece)
        assert.equal(digest.digest('hex'), sha256)
        opened++
      }
  })
  assert.equal(opened, truth.size)
  assert.deepEqual(
    readdirSync(archiveFolder(ops, id), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /inventory|unfinished/.test(name),
    ),
    [],
  )
})

test('where the log takes nothing there is no backup', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  await refusals(service, 1)
  const out = join(place, 'backup')
  await assert.rejects(
    makeBackup({
      data,
      address: addressOfRunning({ folder: join(data, 'postgres') }),
      out,
      recipients: [recipient],
      id: 'b-0000-test',
      version: 'test',
      now,
      record: async () => {
        throw Object.assign(new Error('no'), { code: 'NOT_LOGGED' })
      },
    }),
    { code: 'NOT_LOGGED' },
  )
  assert.deepEqual(readdirSync(place), ['data'])
})

test('without a running service there is nothing to back up', () => {
  assert.throws(() => addressOfRunning({ folder: '/nowhere' }), { code: 'NOT_RUNNING' })
})

test('a keyring that was copied says which one it is', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  await service.ops.keyring.createExtractKey('one')
  const made = await backUp(service, data, join(place, 'backup'))
  const state = await service.ops.keyring.state()
  assert.equal(made.generation, state.generation)
  const keyring = await openKeyring({
    folder: join(data, 'keyring'),
    epochKeys: new FileEpochKeys(join(data, 'epoch-keys')),
    now,
  })
  assert.equal((await keyring.state()).digest, state.digest)
})

test('a backup goes into a database server, and every row comes back as it was', async (t) => {
  const place = ground()
  const data = join(place, 'data')
  const service = await testService(t, { data })
  const { ops } = service
  await somethingHeld(ops)
  const awkward = '\\ "quotes"\n\tlines, \u0001 control, \u{1f4f1} and \u202e'
  await ops.store.db.updateTable('cases').set({ offence: awkward }).execute()
  await service.as('pc4321')
  await backUp(service, data, join(place, 'backup'))
  const all = async (pool: pg.Pool) => {
    const tables = await pool.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
    const rows: Record<string, unknown> = {}
    for (const { name } of tables.rows)
      if (!['sign_ins', 'statements', 'kysely_migration'].includes(name))
        rows[name] = (await pool.query(`SELECT t::text AS x FROM public.${name} t ORDER BY 1`)).rows
    return rows
  }
  const server = await openStore({ folder: join(place, 'server') })
  t.after(() => server.close())
  const again = join(place, 'again')
  const restore = () =>
    restoreBackup({ from: join(place, 'backup'), identities: [identity], data: again, databaseUrl: server.address })
  await restore()
  assert.deepEqual(await all(server.pool), await all(ops.store.pool))
  assert.equal((await server.db.selectFrom('sign_ins').selectAll().execute()).length, 0)
  assert(!existsSync(join(again, 'postgres')))
  rmSync(again, { recursive: true })
  await assert.rejects(restore(), { code: 'NOT_EMPTY' })
})

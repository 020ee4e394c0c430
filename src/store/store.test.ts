import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { MIGRATIONS, migrate } from './migrate.ts'
import { openStore } from './store.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'peel-store-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('the embedded database keeps what was committed, also when it is killed', async (t) => {
  const place = folder(t)
  const first = await openStore({ folder: place })
  await first.db.insertInto('people').values({ id: 'pc1', name: 'One' }).execute()
  const pid = Number(readFileSync(join(place, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await pause(200)
  await first.close()
  const second = await openStore({ folder: place })
  t.after(() => second.close())
  assert.deepEqual(await second.db.selectFrom('people').select(['id', 'name']).execute(), [{ id: 'pc1', name: 'One' }])
})

test('a database server left behind by a process that was killed is ended, and its folder opened', async (t) => {
  const place = folder(t)
  const left = await openStore({ folder: place })
  await left.db.insertInto('people').values({ id: 'pc1', name: 'One' }).execute()
  const second = await openStore({ folder: place })
  t.after(() => second.close())
  assert.equal((await second.db.selectFrom('people').select('id').execute()).length, 1)
  await left.close()
})

test('the folder may be named from where one stands, as `data` is', async (t) => {
  const place = folder(t)
  const store = await openStore({ folder: relative(process.cwd(), place) })
  t.after(() => store.close())
  assert.equal((await store.db.selectFrom('people').select('id').execute()).length, 0)
})

test('the schema goes forward from nothing and from every state before, to the same', async (t) => {
  const schemas: unknown[] = []
  for (const from of [undefined, ...MIGRATIONS.slice(0, -1)]) {
    const store = await openStore({ folder: folder(t) })
    await sql`DROP SCHEMA public CASCADE; CREATE SCHEMA public`.execute(store.db)
    if (from !== undefined) await migrate(store.db, from)
    await migrate(store.db)
    schemas.push(
      (
        await sql`SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
          WHERE table_schema = 'public' ORDER BY 1, 2`.execute(store.db)
      ).rows,
    )
    await store.close()
  }
  for (const schema of schemas) assert.deepEqual(schema, schemas[0])
})

test('times, dates and large numbers come back as what they are', async (t) => {
  const store = await openStore({ folder: folder(t) })
  t.after(() => store.close())
  const { rows } = await sql<Record<string, unknown>>`
    SELECT '2026-03-29T01:30:00Z'::timestamptz AS at, '2026-03-29'::date AS day, 9007199254740991::bigint AS big`.execute(
    store.db,
  )
  assert.deepEqual(rows, [{ at: new Date('2026-03-29T01:30:00Z'), day: '2026-03-29', big: Number.MAX_SAFE_INTEGER }])
})

test('a person who proposed a destruction cannot approve it, whatever the program says', async (t) => {
  const store = await openStore({ folder: folder(t) })
  t.after(() => store.close())
  const { db } = store
  await db
    .insertInto('people')
    .values([
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ])
    .execute()
  const now = new Date('2026-01-01T00:00:00Z')
  const one = await db
    .insertInto('cases')
    .values({ reference: 'c', pseudonym: 'p', offence: 'o', retention_group: 'g', opened_at: now, opened_by: 'a' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const device = await db
    .insertInto('devices')
    .values({
      case_id: one.id,
      exhibit: 'AB/1',
      description: 'd',
      user_role: 'victim',
      user_name: 'n',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const request = await db
    .insertInto('requests')
    .values({ case_id: one.id, device_id: device.id, reference: 'A/1', requested_by: 'a', created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  const extraction = await db
    .insertInto('extractions')
    .values({ request_id: request.id, source: '{}', queued_by: 'a', queued_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('holdings')
    .values({
      extraction_id: extraction.id,
      case_id: one.id,
      object_class: 'raw_extract',
      retention_group: 'g',
      person_role: 'victim',
      child: false,
      created_on: '2026-01-01',
      review_on: '2026-07-01',
      owner_id: 'a',
    })
    .execute()
  const destruction = { extraction_id: extraction.id, proposed_by: 'a', proposed_at: now, reason: 'r' }
  await assert.rejects(
    db
      .insertInto('destructions')
      .values({ ...destruction, approved_by: 'a' })
      .execute(),
    /destructions_check/,
  )
  await db
    .insertInto('destructions')
    .values({ ...destruction, approved_by: 'b' })
    .execute()
})

test('a statement with values is planned once on each connection, and gives what it gave before', async (t) => {
  const store = await openStore({ folder: folder(t) })
  t.after(() => store.close())
  const client = await store.pool.connect()
  try {
    for (const id of ['a', 'b', 'a']) {
      const { rows } = await client.query('SELECT $1::text AS id', [id])
      assert.deepEqual(rows, [{ id }])
    }
    const { rows } = await client.query(
      `SELECT statement, generic_plans + custom_plans AS times FROM pg_prepared_statements WHERE statement ~ ' AS id$'`,
    )
    assert.deepEqual(rows, [{ statement: 'SELECT $1::text AS id', times: 3 }])
    await assert.rejects(client.query('SELECT $1::int / 0 AS x', [1]))
    await assert.rejects(client.query('SELECT $1 FROM nowhere', [1]))
    await assert.rejects(client.query('SELECT $1 FROM nowhere', [1]), /nowhere/)
  } finally {
    client.release()
  }
})

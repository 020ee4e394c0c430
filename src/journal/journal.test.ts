import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openEvent, parseLeaf } from '../events/index.ts'
import { generateKey, publicKeyOf } from '../signature/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { openJournal } from './journal.ts'
import { type LogWriter, type Sequencer, sequence } from './sequencer.ts'

const NOW = () => new Date('2026-11-22T10:00:00Z')
const key = generateKey(Buffer.alloc(32, 7))

test('whoever is told that an event is recorded finds it in the log, and its envelope says who and what', async (t) => {
  const { store, log, journal } = await opened(t)
  const { leaf, digest } = await journal.record({
    kind: 'access.refused',
    actor: 'pc4321',
    details: { act: 'case.see', code: 'NOT_YOUR_ROLE' },
  })
  assert.equal(parseLeaf(log.entries[leaf] as Uint8Array).e, digest)
  const row = await store.db.selectFrom('statements').selectAll().executeTakeFirstOrThrow()
  const event = openEvent(row.envelope, [publicKeyOf(key)])
  assert.equal(event.actor, 'pc4321')
  assert.deepEqual(event.details, { act: 'case.see', code: 'NOT_YOUR_ROLE' })
  assert.equal(event.signedBy.length, 1)
})

test('each case counts its entries from one without a gap, however many write at once', async (t) => {
  const { store, log, journal } = await opened(t)
  const cases = await Promise.all(['x', 'y'].map((name) => aCase(store, name)))
  await Promise.all(
    Array.from({ length: 40 }, (_, at) => {
      const one = cases[at % 2] as { caseId: string; pseudonym: string }
      return journal.record({
        kind: 'case.opened',
        actor: 'pc4321',
        case: one,
        details: { case: one.caseId, investigator: 'pc4321' },
      })
    }),
  )
  for (const { pseudonym } of cases) {
    const numbers = log.entries.map((entry) => parseLeaf(entry)).flatMap(({ c, n }) => (c === pseudonym ? [n] : []))
    assert.deepEqual(
      numbers,
      Array.from({ length: 20 }, (_, at) => at + 1),
    )
  }
})

test('a process without the log waits for the one that has it', async (t) => {
  const { store } = await opened(t)
  const elsewhere = openJournal({ store, key, now: NOW, random: () => randomBytes(32) })
  const { leaf } = await elsewhere.record({
    kind: 'access.refused',
    actor: 'a1',
    details: { act: 'case.see', code: 'X' },
  })
  assert.equal(leaf, 0)
})

test('what the log holds and the database was not told of is taken up, and counted on from there', async (t) => {
  const store = await aStore(t)
  const one = await aCase(store, 'x')
  const log = new MemoryLog()
  const event = {
    kind: 'case.opened',
    actor: 'pc4321',
    case: one,
    details: { case: one.caseId, investigator: 'pc4321' },
  } as const
  const first = await running(store, log)
  await first.journal.record(event)
  await first.sequencer.stop()
  // As if the process had been ended between the log and the database.
  await store.db.updateTable('statements').set({ leaf: null, n: null }).execute()
  const second = await running(store, log)
  await second.journal.record(event)
  assert.deepEqual(await store.db.selectFrom('statements').select(['leaf', 'n']).orderBy('id').execute(), [
    { leaf: 0, n: 1 },
    { leaf: 1, n: 2 },
  ])
  assert.equal(log.entries.length, 2)
})

test('a database older than the log is refused', async (t) => {
  const store = await aStore(t)
  const log = new MemoryLog()
  const first = await running(store, log)
  await first.journal.record({ kind: 'access.refused', actor: 'a1', details: { act: 'case.see', code: 'X' } })
  await first.sequencer.stop()
  await store.db.deleteFrom('statements').execute()
  await assert.rejects(
    sequence(store, log, () => {}),
    { code: 'LOG_AHEAD' },
  )
})

test('a log older than the database is refused', async (t) => {
  const store = await aStore(t)
  const log = new MemoryLog()
  const first = await running(store, log)
  await first.journal.record({ kind: 'access.refused', actor: 'a1', details: { act: 'case.see', code: 'X' } })
  await first.sequencer.stop()
  await assert.rejects(
    sequence(store, new MemoryLog(), () => {}),
    { code: 'LOG_BEHIND' },
  )
})

test('where the log takes nothing, nothing is recorded, and whoever asked is told', async (t) => {
  const store = await aStore(t)
  const log = new MemoryLog()
  const { journal, failures, sequencer } = await running(store, log)
  log.broken = true
  const waiting = journal.record({ kind: 'access.refused', actor: 'a1', details: { act: 'case.see', code: 'X' } })
  await assert.rejects(waiting, { code: 'NOT_LOGGED' })
  assert.equal(sequencer.isRunning(), false)
  assert.equal(journal.isRunning(), false)
  assert.equal(failures.length, 1)
})

test('where the log was stopped and goes on, so does everything; what was refused meanwhile is not in it', async (t) => {
  const store = await aStore(t)
  const log = new ReopenedLog()
  const { journal, failures } = await running(store, log)
  log.broken = true
  const event = { kind: 'access.refused', actor: 'a1', details: { act: 'case.see', code: 'X' } } as const
  await assert.rejects(journal.record(event), { code: 'NOT_LOGGED' })
  await assert.rejects(journal.record(event), { code: 'NOT_LOGGED' })
  log.broken = false
  while (!journal.isRunning()) await pause(100)
  const { leaf } = await journal.record(event)
  assert.deepEqual([leaf, log.size, failures.length], [0, 1, 1])
  assert.equal((await store.db.selectFrom('statements').select('id').execute()).length, 1)
})

test('a log that stopped after it took an entry is noticed before the next one, which it then takes', async (t) => {
  const store = await aStore(t)
  const log = new ReopenedLog()
  const { journal, failures } = await running(store, log)
  const event = { kind: 'access.refused', actor: 'a1', details: { act: 'case.see', code: 'X' } } as const
  await journal.record(event)
  log.failure = new Error('no room for a checkpoint')
  while (journal.isRunning()) await pause(10)
  while (!journal.isRunning()) await pause(100)
  const { leaf } = await journal.record(event)
  assert.deepEqual([leaf, log.size, failures.length], [1, 2, 1])
})

class MemoryLog implements LogWriter {
  readonly entries: Uint8Array[] = []
  broken = false
  failure: Error | undefined

  get size(): number {
    return this.entries.length
  }

  async appendMany(entries: readonly Uint8Array[]): Promise<number> {
    if (this.broken) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
    this.entries.push(...entries)
    return this.entries.length - entries.length
  }

  async *entriesFrom(from: number): AsyncGenerator<{ index: number; entry: Uint8Array }> {
    for (const [index, entry] of this.entries.entries()) if (index >= from) yield { index, entry }
  }
}

class ReopenedLog extends MemoryLog {
  async reopen(): Promise<void> {
    if (this.broken) throw new Error('still no room')
    this.failure = undefined
  }
}

/** What works on a store, to be stopped before it is closed: a pool that is closed forgets whoever asked for a connection in that very moment. */
const working = new WeakMap<Store, Sequencer[]>()

async function aStore(t: TestContext): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-journal-'))
  const store = await openStore({ folder })
  working.set(store, [])
  t.after(async () => {
    for (const sequencer of working.get(store) ?? []) await sequencer.stop()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await store.db.insertInto('people').values({ id: 'pc4321', name: 'Ada Holt' }).execute()
  return store
}

async function running(store: Store, log: MemoryLog) {
  const failures: unknown[] = []
  const sequencer = await sequence(store, log, (error) => failures.push(error))
  working.get(store)?.push(sequencer)
  const journal = openJournal({ store, key, now: NOW, random: () => randomBytes(32), sequencer })
  return { journal, sequencer, failures }
}

async function opened(t: TestContext) {
  const store = await aStore(t)
  const log = new MemoryLog()
  return { store, log, ...(await running(store, log)) }
}

async function aCase({ db }: Store, reference: string): Promise<{ caseId: string; pseudonym: string }> {
  const pseudonym = randomBytes(16).toString('base64url')
  const { id } = await db
    .insertInto('cases')
    .values({ reference, pseudonym, offence: 'o', retention_group: 'g', opened_at: NOW(), opened_by: 'pc4321' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { caseId: id, pseudonym }
}

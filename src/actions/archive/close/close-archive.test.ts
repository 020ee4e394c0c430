import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openEvent } from '../../../events/index.ts'
import { testService } from '../../../server/test-service.fixture.ts'
import { anArchive, REC300 } from '../an-archive.fixture.ts'
import { IAO310, REC301 } from '../batch/a-batch.fixture.ts'
import { checkCollected } from '../check-collected.ts'
import { archiveFolder, archiveKeyName, keysFile } from '../details.ts'
import { giveRegister } from '../give-register.ts'
import { startMatching } from '../match-archive.ts'
import { readUnread } from '../names/read-unread.ts'
import { archiveOf, readRegisters } from '../read-archive.ts'
import { setArchiveHold } from '../triage/set-hold.ts'
import { aDecidedArchive, keepTheRest } from './a-closing.fixture.ts'
import { closeArchive } from './close-archive.ts'
import { decideClosing } from './decide-closing.ts'
import { proposeClosing } from './propose-closing.ts'
import { closingsWaiting, readClosing } from './read-closing.ts'

const GOES_ON = { ending: new AbortController().signal }

test('E14: an archive of which nothing is left to decide is closed by two people', async (t) => {
  const { ops: given } = await testService(t)
  const archive = await anArchive(given, { recordings: 60 })
  const { ops, id } = archive
  const { db } = ops.store

  await t.test('not while anything of it is held, or under a hold', async () => {
    const { against, proposes } = await readClosing(ops, REC300, id)
    assert.deepEqual(
      against.map(({ code }) => code),
      ['held'],
    )
    assert.equal(proposes, false)
    await assert.rejects(proposeClosing(ops, REC300, id), { code: 'NOT_NOW', reason: 'STANDS_AGAINST' })
    const hold = await setArchiveHold(ops, IAO310, id, { on: 'archive', target: '', reasons: 'A complaint.' })
    await keepTheRest(archive)
    assert.deepEqual(
      (await readClosing(ops, REC300, id)).against.map(({ code, number }) => [code, number]),
      [['holds', 1]],
    )
    await assert.rejects(proposeClosing(ops, REC300, id), { reason: 'STANDS_AGAINST' })
    await db.updateTable('archive_holds').set({ lifted_at: ops.now() }).where('id', '=', hold.id).execute()
  })

  await t.test('H14: nobody decides on what they proposed, and nobody without the part proposes', async () => {
    await assert.rejects(proposeClosing(ops, IAO310, id), { code: 'NOT_ALLOWED', reason: 'NOT_YOUR_ROLE' })
    await proposeClosing(ops, REC300, id)
    await assert.rejects(proposeClosing(ops, REC301, id), { reason: 'CLOSING_PROPOSED' })
    await assert.rejects(decideClosing(ops, REC300, { archiveId: id, outcome: 'approved' }), {
      code: 'NOT_ALLOWED',
      reason: 'SAME_PERSON',
    })
    assert.equal((await closingsWaiting(ops, REC300)).length, 0)
    assert.equal((await closingsWaiting(ops, REC301)).length, 1)
    assert.equal((await readClosing(ops, REC300, id)).decides, false)
    assert.equal((await readClosing(ops, IAO310, id)).decides, true)
    await assert.rejects(decideClosing(ops, IAO310, { archiveId: id, outcome: '' }), { code: 'NOT_VALID' })
  })

  await t.test('a refusal leaves it open, and it may be proposed again', async () => {
    await decideClosing(ops, REC301, { archiveId: id, outcome: 'refused' })
    await assert.rejects(decideClosing(ops, IAO310, { archiveId: id, outcome: 'approved' }), {
      reason: 'CLOSING_DECIDED',
    })
    assert.equal(await closeArchive(ops, id, GOES_ON), 'over')
    assert.equal((await archiveOf(ops, id)).state, 'matched')
    await proposeClosing(ops, REC301, id)
  })

  await t.test('what was proposed is asked again when somebody approves', async () => {
    const item = await db
      .selectFrom('archive_items')
      .select('id')
      .where('archive_id', '=', id)
      .executeTakeFirstOrThrow()
    const back = (state: 'held' | 'kept') =>
      db.updateTable('archive_items').set({ state }).where('archive_id', '=', id).where('id', '=', item.id).execute()
    await back('held')
    await assert.rejects(decideClosing(ops, REC300, { archiveId: id, outcome: 'approved' }), {
      reason: 'STANDS_AGAINST',
    })
    await back('kept')
  })
})

test('E14, C24: with an archive that is closed goes its key, in every copy, and what it sealed', async (t) => {
  const { ops: given } = await testService(t)
  const { ops, id, registers, collected } = await aDecidedArchive(given, { recordings: 60 })
  const { db } = ops.store
  const before = await archiveOf(ops, id)
  const sealed = readFileSync(keysFile(ops, id, before.generation))
  await proposeClosing(ops, REC300, id)
  await decideClosing(ops, IAO310, { archiveId: id, outcome: 'approved' })
  assert.equal((await archiveOf(ops, id)).state, 'closing')
  await assert.rejects(startMatching(ops, REC300, id), { reason: 'CLOSED' })

  // Killed after the key was destroyed, before anything else: whoever goes on ends it.
  await ops.keyring.destroyExtractKey(archiveKeyName(id))
  assert.equal(await closeArchive(ops, id, GOES_ON), 'over')
  assert.equal(await closeArchive(ops, id, GOES_ON), 'over')

  const after = await archiveOf(ops, id)
  assert.equal(after.state, 'closed')
  assert(after.closedAt)
  assert(!existsSync(archiveFolder(ops, id)))
  assert.equal((await readRegisters(ops, id)).length, 0)

  // The file with the keys of its marks, kept aside by somebody, opens with no key that the service holds.
  const aside = join(ops.archivesFolder, '..', 'aside')
  mkdirSync(aside)
  writeFileSync(join(aside, 'key.age'), sealed)
  assert.equal((await ops.keyring.checkNothingOpens({ containers: [aside] })).ok, true)
  await assert.rejects(
    ops.keyring.useExtractIdentity(archiveKeyName(id), () => undefined),
    { code: 'KEY_DESTROYED' },
  )

  const entries = await db.selectFrom('statements').select('envelope').where('kind', '=', 'archive.closed').execute()
  assert.equal(entries.length, 1, 'it is written down once')
  const { details } = openEvent(entries[0]?.envelope ?? '', [])
  assert.equal(details['archive'], id)
  assert.equal(Number(details['epoch_after']), Number(details['epoch_before']) + 1)

  // What stays says so, and nothing of it is begun anew.
  assert.equal((await readClosing(ops, REC300, id)).closing?.decidedBy, IAO310.name)
  const contents = readFileSync(join(registers, 'holdings.csv'))
  await assert.rejects(giveRegister(ops, REC300, { archiveId: id, kind: 'holdings', contents }), { reason: 'CLOSED' })
  await assert.rejects(setArchiveHold(ops, IAO310, id, { on: 'archive', target: '', reasons: 'Late.' }), {
    reason: 'CLOSED',
  })
  assert.equal((await readUnread(ops, REC300, id)).names, 0)
  // Whoever has deleted the folder it was collected in can still have that counted.
  const there = readdirSync(collected, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  assert.equal((await checkCollected(ops, REC300, id)).files, there.length)
})

import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import { anArchive } from './an-archive.fixture.ts'
import { archiveFolder, withArchiveKeys } from './details.ts'
import { openedItems } from './opened-items.ts'
import { archiveOf } from './read-archive.ts'
import { readRecording, recordingPlace } from './recording-file.ts'

test('E14: an archive is taken in whole: every recording once, sealed under a key of its own, its bytes those that were collected', async (t) => {
  const service = await testService(t)
  const { id, ops, collected, truth } = await anArchive(service)
  assert.equal(truth.size, 120)
  const archive = await archiveOf(ops, id)
  assert.equal(archive.state, 'matched')
  assert.equal(archive.summary?.recordings.number, 120)
  assert.equal(archive.counts?.files, 120)
  const keys = new Set<string>()
  await withArchiveKeys(ops, archive, async (lent) => {
    for await (const page of openedItems(ops.store.db, lent))
      for (const { id: item, bytes, sha256, details } of page) {
        keys.add(details.recordingKey)
        const digest = createHash('sha256')
        const place = recordingPlace(ops, id, item)
        for await (const piece of readRecording(place, { recordingKey: details.recordingKey, bytes }))
          digest.update(piece)
        assert.equal(digest.digest('hex'), sha256)
        assert.equal(readFileSync(join(collected, details.path)).length, bytes)
        assert.notDeepEqual(readFileSync(place), readFileSync(join(collected, details.path)))
      }
  })
  assert.equal(keys.size, 120)
  assert.equal(existsSync(join(archiveFolder(ops, id), 'inventory')), false)
})

test('E13: nothing of an archive stands in plain on the disk or in the database: no number, no path, no holder', async (t) => {
  const service = await testService(t)
  const { id, ops, truth } = await anArchive(service)
  const rows = await ops.store.db.selectFrom('archive_items').selectAll().where('archive_id', '=', id).execute()
  const registers = await ops.store.db.selectFrom('archive_registers').selectAll().execute()
  const events = await ops.store.db.selectFrom('statements').select('envelope').execute()
  const files = globSync('**/*', { cwd: archiveFolder(ops, id), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name} ${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
  const all = [
    JSON.stringify(rows.map(({ sealed, ...row }) => [row, sealed?.toString('latin1')])),
    JSON.stringify(registers),
    JSON.stringify(events.map(({ envelope }) => JSON.stringify(envelope))),
    JSON.stringify(await archiveOf(ops, id)),
    ...files,
  ].join('\n')
  for (const { number, holder, path } of truth.values()) {
    assert.ok(number === null || !all.includes(number.slice(3)), 'a number')
    assert.ok(!all.includes(holder), 'a holder')
    assert.ok(!all.includes(path.slice(path.lastIndexOf('/') + 1)), 'a name')
  }
})

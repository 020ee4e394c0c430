// A worker killed at any moment while an archive of recordings is taken in: another goes on, and every recording is there once, whole and sealed.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openArchive, type Ops, takeInArchive } from '../../src/actions/index.ts'
import { REC300 } from '../../src/actions/archive/an-archive.fixture.ts'
import { archiveFolder, withArchiveKeys } from '../../src/actions/archive/details.ts'
import { openedItems } from '../../src/actions/archive/opened-items.ts'
import { archiveOf } from '../../src/actions/archive/read-archive.ts'
import { readRecording, recordingPlace } from '../../src/actions/archive/recording-file.ts'
import { makeSampleArchive, randomFrom, type TrueRecording } from '../../src/sample/index.ts'
import { testService } from '../../src/server/test-service.fixture.ts'
import { goesOn, killedAfter } from './killed-worker.ts'
import { soundLog } from './sound-log.ts'

const KILLS = 10
const RECORDINGS = 1_200
/** Milliseconds of work before a kill, at most. */
const LONGEST = 1_500

test('E14: an archive whose taking in was killed at ten moments is there whole: every recording once, its digest right, nothing in plain', {
  timeout: 600_000,
}, async (t) => {
  const service = await testService(t)
  const data = dirname(service.ops.archivesFolder)
  const ops: Ops = { ...service.ops, collectedFolder: join(data, 'collected') }
  mkdirSync(join(data, 'collected'))
  const made = makeSampleArchive(join(data, 'sample'), { recordings: RECORDINGS, seed: 'killed' })
  const random = randomFrom('killed taking in')
  const archives: string[] = []
  let id: string | undefined
  for (let kills = 0; kills < KILLS; ) {
    if (id === undefined) {
      // One that was done before it could be killed often enough is followed by another.
      const folder = `collected-${archives.length}`
      cpSync(made.archive, join(data, folder), { recursive: true })
      renameSync(join(data, folder), join(data, 'collected', folder))
      id = await openArchive(ops, REC300, { title: 'Recordings', folder })
      archives.push(id)
    }
    const took = await killedAfter(ops, service.databaseAddress, ['take-in', id], random.below(LONGEST))
    if (took !== undefined) id = undefined
    else kills++
  }
  for (const one of archives) await goesOn(() => takeInArchive(ops, one, { ending: new AbortController().signal }))
  t.diagnostic(`${KILLS} kills over ${archives.length} archives`)
  const { recordings } = JSON.parse(readFileSync(made.truth, 'utf8')) as { recordings: TrueRecording[] }
  const root = new Set<string>()
  for (const one of archives) {
    await isWhole(ops, one, join(data, 'collected'), recordings)
    root.add((await archiveOf(ops, one)).summary?.root ?? '')
  }
  assert.equal(root.size, 1, 'what was killed and what was not come to the same')
  const logged = await ops.store.db
    .selectFrom('statements')
    .select('id')
    .where('kind', '=', 'archive.taken_in')
    .execute()
  assert.equal(logged.length, archives.length, 'logged once each')
  await soundLog(ops)
})

async function isWhole(ops: Ops, id: string, collected: string, truth: readonly TrueRecording[]): Promise<void> {
  const archive = await archiveOf(ops, id)
  assert.deepEqual([archive.state, archive.failure], ['taken_in', undefined])
  const paths = new Map<string, string>()
  await withArchiveKeys(ops, archive, async (keys) => {
    for await (const page of openedItems(ops.store.db, keys))
      for (const { id: item, bytes, sha256, details } of page) {
        assert.ok(!paths.has(details.path), 'twice')
        const place = recordingPlace(ops, id, item)
        paths.set(details.path, place)
        const digest = createHash('sha256')
        for await (const piece of readRecording(place, { recordingKey: details.recordingKey, bytes }))
          digest.update(piece)
        assert.equal(digest.digest('hex'), sha256)
      }
  })
  assert.deepEqual([...paths.keys()].sort(), truth.map(({ path }) => path).sort())
  // Nothing else lies there: no half a file, no inventory; and none is what was collected.
  const folder = archiveFolder(ops, id)
  assert.ok(!existsSync(join(folder, 'inventory')))
  const files = readdirSync(join(folder, 'recordings'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  assert.deepEqual(files.sort(), [...paths.values()].sort())
  for (const [path, place] of paths) {
    const plain = readFileSync(join(collected, archive.collectedAs, path))
    if (plain.length >= 16) assert.ok(!readFileSync(place).includes(plain.subarray(0, 16)), 'in plain')
  }
}

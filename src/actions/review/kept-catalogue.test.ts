import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { anExtract, message } from '../../server/pages/review/an-extract.fixture.ts'
import { testService } from '../../server/test-service.fixture.ts'
import { ContainerReader } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import { extractPath } from '../extraction/extract-path.ts'
import { cataloguePath, openCatalogue, prepareCatalogue, removeCatalogue, tidyCatalogues } from './kept-catalogue.ts'
import { openExtract } from './open-extract.ts'
import { closeReaders } from './open-readers.ts'
import { withOpenExtract } from './with-open-extract.ts'

const GOING = new AbortController().signal

/** A service with an extract of 2,000 messages, and one look at it. */
async function aLook(t: TestContext) {
  const service = await testService(t)
  const { ops } = service
  const records = Array.from({ length: 2_000 }, (_, row) => message(`the heron waits ${row}`))
  const { extraction } = await anExtract(t, service, { records })
  const reviewer = await service.actor('rev200')
  return {
    ops,
    extraction,
    file: cataloguePath(ops, extraction),
    async look() {
      await openExtract(ops, reviewer, { extraction, purpose: 'line-of-enquiry' })
      return withOpenExtract(ops, reviewer, { extraction }, async ({ view }) => view.page({}, 20).total)
    },
  }
}

test('the catalogue of an extract is there before anybody opens it, apart from what was sealed', async (t) => {
  const { ops, extraction, file, look } = await aLook(t)
  const sealed = readdirSync(extractPath(ops, extraction), { recursive: true }).sort()
  await prepareCatalogue(ops, extraction, GOING)
  const { ino } = statSync(file)
  assert.equal(await look(), 2_000)
  assert.equal(statSync(file).ino, ino)
  assert.deepEqual(readdirSync(extractPath(ops, extraction), { recursive: true }).sort(), sealed)
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('where there is none it is made when the extract is opened, and kept for the next time', async (t) => {
  const { ops, file, look } = await aLook(t)
  assert.equal(await look(), 2_000)
  const { ino } = statSync(file)
  await closeReaders(ops)
  assert.equal(await look(), 2_000)
  assert.equal(statSync(file).ino, ino)
})

test('one that was altered goes when that is noticed: a page says that it is made ready, and the next one is there', async (t) => {
  const { ops, extraction, file, look } = await aLook(t)
  await prepareCatalogue(ops, extraction, GOING)
  const bytes = readFileSync(file)
  for (let at = 25 * 4096; at < bytes.length; at += 4096) bytes[at + 1000] = (bytes[at + 1000] ?? 0) ^ 1
  writeFileSync(file, bytes)
  await assert.rejects(look(), (error) => error instanceof ActionError && error.reason === 'PREPARING')
  assert.equal(await look(), 2_000)
  assert.notDeepEqual(readFileSync(file), bytes)
  await closeReaders(ops)
})

test('a catalogue in the making when its extract is destroyed does not outlive it', async (t) => {
  const { ops, extraction } = await aLook(t)
  const reader = await ops.keyring.useExtractIdentity(extraction, (identity) =>
    ContainerReader.open(extractPath(ops, extraction), [identity]),
  )
  const making = openCatalogue(ops, extraction, reader, GOING)
  await ops.keyring.destroyExtractKey(extraction)
  await removeCatalogue(ops, extraction)
  await making.catch(() => {})
  reader.close()
  assert.deepEqual(readdirSync(ops.cataloguesFolder), [])
  await prepareCatalogue(ops, extraction, GOING)
  assert.deepEqual(readdirSync(ops.cataloguesFolder), [])
})

test('what no extract is of, and what nobody finished within a day, is tidied away', async (t) => {
  const { ops, extraction, file } = await aLook(t)
  await prepareCatalogue(ops, extraction, GOING)
  const there = (name: string, hours: number) => {
    const path = join(ops.cataloguesFolder, name)
    writeFileSync(path, 'x')
    const at = new Date(ops.now().getTime() - hours * 3_600_000)
    utimesSync(path, at, at)
    return path
  }
  const gone = there('00000000-0000-4000-8000-000000000000.catalogue', 0)
  const stale = there(`${extraction}.catalogue.0011223344556677.unfinished`, 25)
  const making = there(`${extraction}.catalogue.7766554433221100.unfinished`, 1)
  await tidyCatalogues(ops)
  assert.deepEqual([gone, stale, making, file].map(existsSync), [false, false, true, true])
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeSampleArchive, type TrueRecording } from './sample-archive.ts'

function made(t: TestContext, seed: string) {
  const folder = mkdtempSync(join(tmpdir(), 'peel-archive-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const sample = makeSampleArchive(folder, { recordings: 400, seed })
  const { recordings } = JSON.parse(readFileSync(sample.truth, 'utf8')) as { recordings: TrueRecording[] }
  return { folder, ...sample, recordings }
}

function digestOf(folder: string): string {
  const digest = createHash('sha256')
  for (const path of globSync('**/*', { cwd: folder }).toSorted()) {
    const whole = join(folder, path)
    if (statSync(whole).isFile()) digest.update(`${path}\0`).update(readFileSync(whole))
  }
  return digest.digest('hex')
}

test('the same seed makes the same archive, and another seed another', (t) => {
  const [one, same, other] = [made(t, 'a'), made(t, 'a'), made(t, 'b')]
  assert.equal(digestOf(one.folder), digestOf(same.folder))
  assert.notEqual(digestOf(one.folder), digestOf(other.folder))
})

test('the truth names every file of the archive, and no other', (t) => {
  const { archive, recordings } = made(t, 'a')
  const there = globSync('**/*', { cwd: archive }).filter((path) => statSync(join(archive, path)).isFile())
  assert.deepEqual(
    recordings.map(({ path }) => path),
    there.toSorted((a, b) => (a < b ? -1 : 1)),
  )
})

test('a copy has the bytes of what it is a copy of, and nothing else has', (t) => {
  const { archive, recordings } = made(t, 'a')
  const bytes = (path: string) => readFileSync(join(archive, path), 'latin1')
  const copies = recordings.filter((one) => one.copy_of !== undefined)
  assert.ok(copies.length > 5)
  for (const { path, copy_of: master = '' } of copies) assert.equal(bytes(path), bytes(master))
  const distinct = new Set(recordings.map(({ path }) => bytes(path)))
  assert.equal(distinct.size, recordings.length - copies.length)
})

test('there is something of everything that has to be told apart', (t) => {
  const { recordings } = made(t, 'a')
  const some = (holds: (one: TrueRecording) => boolean) => assert.ok(recordings.some(holds))
  some(({ ties }) => ties.some((tie) => tie.startsWith('OP-')))
  some(({ ties }) => ties.some((tie) => tie.startsWith('43')))
  some(({ ties }) => ties.some((tie) => tie.startsWith('HOLD-')))
  some(({ ties }) => ties.includes('protected'))
  some(({ ties, number, damaged }) => ties.length === 0 && number !== null && !damaged)
  some(({ number }) => number === null)
  some(({ damaged }) => damaged)
})

test('nobody’s number stands in it: every one is from a range that Ofcom keeps for drama', (t) => {
  const { folder, recordings } = made(t, 'a')
  const drama = /^\+44(?:7700900|2079460|11[3-8]4960|1[2-6]14960|1914980|1632960)\d{3}$/
  for (const { number } of recordings) if (number !== null) assert.match(number, drama)
  for (const path of globSync('registers/*.csv', { cwd: folder }))
    for (const [number] of readFileSync(join(folder, path), 'utf8').matchAll(/(?<=[,; \n])0\d{9,10}(?=[,;\r])/g))
      assert.match(`+44${number.slice(1)}`, drama)
})

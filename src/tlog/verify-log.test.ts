import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { formatCheckpoint } from './checkpoint.ts'
import { logFolder } from './log-folder.ts'
import { makeProof } from './make-proof.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { formatNote, signatureLine } from './note.ts'
import { policyOf } from './policy.ts'
import { treeRoot } from './proof.ts'
import { testSigner } from './signer.fixture.ts'
import { TestTree } from './tree.fixture.ts'
import { verifyLog } from './verify-log.ts'
import { verifyProof } from './verify-proof.ts'
import { ED25519, verifierOf } from './vkey.ts'

const log = testSigner('log.example/force')
const policy = policyOf([verifierOf(log.name, ED25519, log.publicKey)])
const SIZE = 600

const tree = new TestTree(SIZE)
const checkpointAt = async (size: number) => {
  const text = formatCheckpoint({ origin: log.name, size, root: await treeRoot(tree, size) })
  return formatNote(text, [signatureLine(text, log)])
}
const files = new Map<string, Buffer>([...tree.files(), ['checkpoint', Buffer.from(await checkpointAt(SIZE))]])
const folder = { read: (path: string) => files.get(path), archive: async () => [] }
const resultsOf = (checks: readonly { name: string; result: string }[]) =>
  Object.fromEntries(checks.map(({ name, result }) => [name, result]))

test('a whole log passes, and what nobody could vouch for is not called checked', async () => {
  const { checks, size } = await verifyLog({ ...folder, policy })
  assert.equal(size, SIZE)
  assert.deepEqual(resultsOf(checks), {
    checkpoint: 'passed',
    witnesses: 'not_checked',
    entries: 'passed',
    tiles: 'passed',
    archive: 'passed',
  })
  const alone = resultsOf((await verifyLog(folder)).checks)
  assert.deepEqual([alone['checkpoint'], alone['witnesses']], ['not_checked', 'not_checked'])
})

test('every entry is shown in its order, and the first that may not stand there is named', async () => {
  const seen: number[] = []
  const { checks } = await verifyLog({
    ...folder,
    leaf(entry, index) {
      assert.deepEqual(entry, tree.entries[index])
      seen.push(index)
      return index >= 300 ? 'it may not' : undefined
    },
  })
  assert.deepEqual(checks.at(-1), { name: 'leaves', result: 'failed', detail: 'entry 300: it may not' })
  assert.deepEqual(
    seen,
    Array.from({ length: 301 }, (_, at) => at),
  )
})

test('checkpoints from elsewhere must be what the log begins with', async () => {
  const known = await Promise.all([0, 1, 256, 599, 600].map(checkpointAt))
  assert.equal(resultsOf((await verifyLog({ ...folder, policy, known })).checks)['known checkpoints'], 'passed')
  const other = formatCheckpoint({ origin: log.name, size: 256, root: EMPTY_ROOT })
  const forked = [...known, formatNote(other, [signatureLine(other, log)])]
  assert.equal(resultsOf((await verifyLog({ ...folder, policy, known: forked })).checks)['known checkpoints'], 'failed')
})

test('an empty log passes; an empty folder, a folder of folders and one that cannot be read do not, and nothing throws', async (t) => {
  const ground = mkdtempSync(join(tmpdir(), 'peel-verify-'))
  t.after(() => rmSync(ground, { recursive: true, force: true }))
  const empty = await verifyLog({ read: () => undefined, archive: async () => [], policy })
  assert.deepEqual([empty.size, empty.checks[0]?.result], [0, 'failed'])
  writeFileSync(join(ground, 'checkpoint'), await checkpointAt(0))
  assert.ok((await verifyLog({ ...logFolder(ground), policy })).checks.every(({ result }) => result !== 'failed'))
  rmSync(join(ground, 'checkpoint'))
  mkdirSync(join(ground, 'checkpoint', 'archive'), { recursive: true })
  assert.equal((await verifyLog({ ...logFolder(ground), policy })).checks[0]?.result, 'failed')
  const broken = () => Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }))
  assert.equal((await verifyLog({ read: broken, archive: broken, policy })).checks[0]?.result, 'failed')
  const later = (path: string) => (path === 'checkpoint' ? files.get(path) : broken())
  const { checks } = await verifyLog({ read: later, archive: broken, policy })
  assert.equal(resultsOf(checks)['entries'], 'failed')
})

test('a proof made of the files of a log is believed under its policy only', async (t) => {
  const ground = mkdtempSync(join(tmpdir(), 'peel-verify-'))
  t.after(() => rmSync(ground, { recursive: true, force: true }))
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(ground, path)), { recursive: true })
    writeFileSync(join(ground, path), bytes)
  }
  const { read } = logFolder(ground)
  const proof = await makeProof(read, 599)
  const proved = verifyProof(proof, policy)
  assert.deepEqual(proved, {
    proved: true,
    index: 599,
    entry: tree.entries[599],
    size: SIZE,
    origin: log.name,
    witnessed: true,
  })
  assert.equal(verifyProof(proof, policy, tree.entries[598]).proved, false)
  assert.equal(verifyProof(proof, policyOf([])).proved, false)
  assert.equal(verifyProof('nothing', policy).proved, false)
  await assert.rejects(makeProof(read, 600), { code: 'OUT_OF_RANGE' })
  writeFileSync(join(ground, 'tile/0/002.p/88'), Buffer.alloc(88 * 32))
  await assert.rejects(makeProof(read, 599), { code: 'LOG_DAMAGED' })
})

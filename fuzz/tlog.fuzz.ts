import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  cosignatureLine,
  COSIGNATURE,
  ED25519,
  formatBundle,
  formatCheckpoint,
  formatNote,
  formatProofFile,
  inclusionProof,
  openCheckpoint,
  openLog,
  parseBundle,
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseProofFile,
  policyOf,
  readTilePath,
  readVkey,
  signatureLine,
  tilePath,
  TlogError,
  treeRoot,
  verifierOf,
  verifyLog,
  verifyProof,
} from '../src/tlog/index.ts'
import { formatBatch } from '../src/tlog/log/write-ahead.ts'
import { testSigner } from '../src/tlog/signer.fixture.ts'
import { TestTree } from '../src/tlog/tree.fixture.ts'

// Everything of a log that comes from somebody else: notes, checkpoints, keys, policies, proofs, bundles, paths, whole logs. And the
// write-ahead file, which may come from a disk that forgot. Takes seconds.
const seconds = Number(process.argv[2] ?? 20)
const TOO_SLOW_MS = 5000

const SIZE = 300
const log = testSigner('log.example/force')
const witness = testSigner('witness.example/w1')
const keys = [verifierOf(log.name, ED25519, log.publicKey), verifierOf(witness.name, COSIGNATURE, witness.publicKey)]
const policy = policyOf(keys)
const tree = new TestTree(SIZE)
const checkpoint = formatCheckpoint({ origin: log.name, size: SIZE, root: await treeRoot(tree, SIZE) })
const note = formatNote(checkpoint, [
  signatureLine(checkpoint, log),
  cosignatureLine(checkpoint, witness, 1_790_000_000),
])
const hashes = await inclusionProof(tree, 100, SIZE)
const proof = formatProofFile({ extra: tree.entries[100] as Buffer, index: 100, hashes, checkpoint: note })
const policyText = `log ${keys[0]?.vkey}\nwitness a ${keys[1]?.vkey}\ngroup g 1 a\nquorum g\n`
const files = new Map<string, Buffer>([
  ...tree.files(),
  ['checkpoint', Buffer.from(note)],
  [`archive/checkpoint.${SIZE}`, Buffer.from(note)],
])

const pieces = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '\n',
    '\n\n',
    ' ',
    '\u2014 ',
    '+',
    '=',
    '\r',
    '\t',
    '\u0000',
    '\ud800',
    '\u00a0',
    '\ufeff',
    '0',
    '-1',
    '9'.repeat(20),
    '1e9',
  ),
)

/** A text with pieces put over it, cut out of it or repeated. */
function mangled(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length),
    cut: fc.nat(40),
    piece: pieces,
    times: fc.constantFrom(1, 1, 1, 2, 1000),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (all, { at, cut, piece, times }) => all.slice(0, at) + piece.repeat(times) + all.slice(at + cut),
        text,
      ),
    )
}

/** Bytes with some flipped, cut off or put on. */
function damaged(bytes: Buffer): fc.Arbitrary<Buffer> {
  const edit = fc.record({
    at: fc.nat(Math.max(0, bytes.length - 1)),
    to: fc.nat(255),
    cut: fc.boolean(),
    more: fc.uint8Array({ maxLength: 9 }),
  })
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) =>
    edits.reduce((all, { at, to, cut, more }) => {
      const copy = Buffer.from(cut ? all.subarray(0, at) : all)
      if (at < copy.length) copy.writeUInt8(to, at)
      return Buffer.concat([copy, more])
    }, bytes),
  )
}

/** Does it, or is refused with an error of ours. */
function orRefused<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    return undefined
  }
}

const target = <T>(values: fc.Arbitrary<T>, run: (value: T) => void | Promise<void>) => ({
  run: (parameters: fc.Parameters<[T]>) =>
    fc.assert(
      fc.asyncProperty(values, async (value) => {
        const start = performance.now()
        await run(value)
        assert(performance.now() - start < TOO_SLOW_MS, 'it takes too long')
        rounds++
      }),
      parameters,
    ),
})

const targets = {
  note: target(mangled(note), (text) => {
    const parsed = orRefused(() => parseNote(text))
    if (parsed !== undefined)
      assert.equal(
        formatNote(
          parsed.text,
          parsed.signatures.map(({ line }) => line),
        ),
        text,
      )
    const opened = orRefused(() => openCheckpoint(Buffer.from(text), keys.slice(0, 1), keys.slice(1)))
    assert(opened === undefined || opened.text === checkpoint, 'what was not signed was believed')
  }),
  bytes: target(damaged(Buffer.from(note)), (bytes) => void orRefused(() => parseNote(bytes))),
  checkpoint: target(mangled(checkpoint), (text) => {
    const parsed = orRefused(() => parseCheckpoint(text))
    if (parsed !== undefined) assert.equal(formatCheckpoint(parsed), text)
  }),
  vkey: target(mangled(keys[0]?.vkey ?? ''), (text) => {
    const key = orRefused(() => readVkey(text))
    assert(key === undefined || key.vkey === text)
  }),
  policy: target(mangled(policyText), (text) => void orRefused(() => parsePolicy(text))),
  proof: target(mangled(proof), (text) => {
    const parsed = orRefused(() => parseProofFile(text))
    if (parsed !== undefined) assert.equal(formatProofFile(parsed), text)
    const proved = verifyProof(text, policy)
    if (proved.proved)
      assert(proved.index === 100 && proved.entry.equals(tree.entries[100] as Buffer), 'another entry was proved')
  }),
  bundle: target(damaged(files.get('tile/entries/000') ?? Buffer.alloc(0)), (bytes) => {
    const entries = orRefused(() => parseBundle(bytes, 256))
    if (entries !== undefined) assert(formatBundle(entries).equals(bytes))
  }),
  path: target(mangled('tile/0/x001/x234/067.p/25'), (path) => {
    const tile = readTilePath(path)
    assert(tile === undefined || tilePath(tile) === path)
  }),
  folder: target(
    fc.constantFrom(...files.keys()).chain((path) => fc.tuple(fc.constant(path), damaged(files.get(path) as Buffer))),
    async ([path, bytes]) => {
      const same = files.get(path)?.equals(bytes) === true
      const read = (each: string) => (each === path ? bytes : files.get(each))
      const { checks } = await verifyLog({ read, archive: async () => [SIZE], policy })
      // A log may carry signatures of others.
      const unseen = path.includes('checkpoint') && orRefused(() => parseNote(bytes))?.text === checkpoint
      assert(
        same || unseen || checks.some(({ result }) => result === 'failed'),
        `${path} was altered, and nobody noticed`,
      )
    },
  ),
}

let rounds = 0
const end = performance.now() + seconds * 1000
const ground = mkdtempSync(join(tmpdir(), 'peel-fuzz-'))
try {
  for (let seed = 1; performance.now() < end; seed++) {
    for (const { run } of Object.values(targets)) {
      await run({ seed, numRuns: 30 })
      if (performance.now() >= end) break
    }
    await writeAhead(seed)
  }
} finally {
  rmSync(ground, { recursive: true, force: true })
}
console.log(`tlog: ${rounds} rounds`)

/** A log opens with what a disk made of its write-ahead file, or is refused; what it then has is a beginning of what was written. */
async function writeAhead(seed: number): Promise<void> {
  const options = {
    folder: join(ground, `log${seed}`),
    state: join(ground, `state${seed}`),
    signer: log,
    now: () => new Date(0),
  }
  await (await openLog(options)).close()
  const batches = tree.entries.slice(0, 5).map((entry, at) => formatBatch(at, [entry]))
  const [bytes] = fc.sample(damaged(Buffer.concat(batches)), { seed, numRuns: 1 })
  writeFileSync(join(options.state, 'wal-0000000000000000'), bytes ?? '')
  try {
    const open = await openLog(options)
    for await (const { index, entry } of open.entriesFrom(0)) assert(entry.equals(tree.entries[index] as Buffer))
    await open.close()
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
  }
  rounds++
}

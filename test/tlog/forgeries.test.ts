import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, test } from 'node:test'
import fc from 'fast-check'
import {
  cosignatureLine,
  formatCheckpoint,
  formatNote,
  leafHash,
  logFolder,
  openLog,
  parseBundle,
  formatBundle,
  parseCheckpoint,
  parseNote,
  type Signer,
  signatureLine,
  treeRoot,
  verifyLog,
  verifyProof,
} from '../../src/tlog/index.ts'
import { testSigner } from '../../src/tlog/signer.fixture.ts'
import { TestTree } from '../../src/tlog/tree.fixture.ts'
import { cosign, folderFor, goVerifier, hasTools, policy, type Ran, signer, witness } from './ground.ts'

const SIZE = 520
const TIME = 1_790_000_000
const entry = (at: number) => Buffer.from(`{"n":${at}}`)

/** A log that somebody has been at. */
interface Forged {
  readonly folder: string
  read(path: string): Buffer
  write(path: string, bytes: Uint8Array | string): void
  /** writes a checkpoint with these signatures */
  head(size: number, root: Buffer, by?: Signer, cosigner?: Signer): void
}

const flip = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy.writeUInt8((copy[at] ?? 0) ^ 1, at)
  return copy
}

/** Writes every tile and bundle of another history, consistent in itself. */
function rewrite(forged: Forged, tree: TestTree): void {
  for (const [path, bytes] of tree.files()) forged.write(path, bytes)
}

function otherHistory(size: number): TestTree {
  const tree = new TestTree()
  for (let at = 0; at < size; at++) tree.add(at === 100 ? Buffer.from('{"n":"another"}') : entry(at))
  return tree
}

const FORGERIES: Readonly<Record<string, (forged: Forged) => void | Promise<void>>> = {
  'a byte of an entry': ({ read, write }) => write('tile/entries/001', flip(read('tile/entries/001'), 700)),
  'a byte of a tile': ({ read, write }) => write('tile/0/001', flip(read('tile/0/001'), 700)),
  'a byte of a partial tile': ({ read, write }) => write('tile/0/002.p/8', flip(read('tile/0/002.p/8'), 7)),
  'an entry together with its tile': ({ read, write }) => {
    const entries = parseBundle(read('tile/entries/000'), 256)
    entries[100] = Buffer.from('{"n":"another"}')
    write('tile/entries/000', formatBundle(entries))
    const tile = read('tile/0/000')
    leafHash(entries[100] as Buffer).copy(tile, 100 * 32)
    write('tile/0/000', tile)
  },
  'an entry together with every tile above it': (forged) => rewrite(forged, otherHistory(SIZE)),
  'two entries exchanged': ({ read, write }) => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0), ...rest] = parseBundle(read('tile/entries/001'), 256)
    write('tile/entries/001', formatBundle([second, first, ...rest]))
  },
  'an entry left out': ({ read, write }) =>
    write('tile/entries/001', formatBundle(parseBundle(read('tile/entries/001'), 256).slice(1))),
  'a bundle cut off': ({ read, write }) => write('tile/entries/001', read('tile/entries/001').subarray(0, -1)),
  'a bundle that is longer': ({ read, write }) =>
    write('tile/entries/001', Buffer.concat([read('tile/entries/001'), Buffer.alloc(2)])),
  'a bundle that is gone': ({ folder }) => rmSync(join(folder, 'tile/entries/001')),
  'a tile that is gone': ({ folder }) => rmSync(join(folder, 'tile/0/001')),
  'the size in the checkpoint': ({ read, write }) =>
    write('checkpoint', read('checkpoint').toString().replace('\n520\n', '\n519\n')),
  'the root in the checkpoint': ({ read, write }) => {
    const { text } = parseNote(read('checkpoint'))
    const root = parseCheckpoint(text).root.toString('base64')
    write('checkpoint', read('checkpoint').toString().replace(root, leafHash('x').toString('base64')))
  },
  'a root that is not 32 bytes': ({ write }) => {
    const text = `${signer.name}\n${SIZE}\n${Buffer.alloc(31).toString('base64')}\n`
    write('checkpoint', formatNote(text, [signatureLine(text, signer), cosignatureLine(text, witness, TIME)]))
  },
  'a signature by a key that only has the same name': ({ read, head }) => {
    const { root } = parseCheckpoint(parseNote(read('checkpoint')).text)
    head(SIZE, root, { ...testSigner('nobody'), name: signer.name })
  },
  'a signature under the id of the true key': ({ read, write }) => {
    const { text, signatures } = parseNote(read('checkpoint'))
    const stolen = { ...signer, sign: testSigner('nobody').sign }
    write('checkpoint', formatNote(text, [signatureLine(text, stolen), signatures[1]?.line ?? '']))
  },
  'the checkpoint of another log': ({ read, write }) => {
    const { root } = parseCheckpoint(parseNote(read('checkpoint')).text)
    const text = formatCheckpoint({ origin: 'log.example/other', size: SIZE, root })
    write('checkpoint', formatNote(text, [signatureLine(text, signer), cosignatureLine(text, witness, TIME)]))
  },
  'no cosignature': ({ read, write }) => {
    const { text, signatures } = parseNote(read('checkpoint'))
    write('checkpoint', formatNote(text, [signatures[0]?.line ?? '']))
  },
  'the cosignature of an earlier checkpoint': ({ read, write }) => {
    const earlier = parseNote(read('archive/checkpoint.300')).signatures[1]?.line ?? ''
    const { text, signatures } = parseNote(read('checkpoint'))
    write('checkpoint', formatNote(text, [signatures[0]?.line ?? '', earlier]))
  },
  'an old checkpoint at the head': ({ read, write }) => write('checkpoint', read('archive/checkpoint.300')),
  'an old checkpoint at the head, and the newer ones gone from the archive': ({ folder, read, write }) => {
    write('checkpoint', read('archive/checkpoint.300'))
    rmSync(join(folder, 'archive/checkpoint.520'))
  },
  'another history, signed by the log and its witness': async (forged) => {
    const tree = otherHistory(SIZE)
    rewrite(forged, tree)
    forged.head(SIZE, await treeRoot(tree, SIZE))
  },
  'another history with another archive': async (forged) => {
    const tree = otherHistory(SIZE)
    rewrite(forged, tree)
    for (const size of [300, SIZE]) {
      forged.head(size, await treeRoot(tree, size))
      forged.write(`archive/checkpoint.${size}`, forged.read('checkpoint'))
    }
  },
  'an extension line in the checkpoint': ({ read, write }) => {
    const text = `${parseNote(read('checkpoint')).text}extension\n`
    write('checkpoint', formatNote(text, [signatureLine(text, signer), cosignatureLine(text, witness, TIME)]))
  },
}

describe('a log that somebody has been at', () => {
  it('is refused by Go and by us, whatever they did', async (t) => {
    const ground = folderFor(t)
    const go = hasTools(t, 'go') ? goVerifier(ground) : undefined
    if (go === undefined) return
    const { folder, known } = await whole(ground)
    const judge = async (path: string): Promise<readonly [go: boolean, ours: boolean, why: string]> => {
      const theirs: Ran = go('log', path, known)
      const { checks } = await verifyLog({ ...logFolder(path), policy, known: [readFileSync(known)] })
      const fault = checks.find(({ result }) => result === 'failed')
      return [theirs.ok, fault === undefined, `${theirs.lines.join(' ')} | ${fault?.name}: ${fault?.detail}`]
    }
    const [go0, ours0, why0] = await judge(folder)
    assert.deepEqual([go0, ours0], [true, true], why0)
    for (const [name, forge] of Object.entries(FORGERIES)) {
      const path = join(ground, 'forged')
      cpSync(folder, path, { recursive: true })
      await forge(forgedLog(path))
      const [byGo, byUs, why] = await judge(path)
      assert.deepEqual([byGo, byUs], [false, false], `${name}: ${why}`)
      rmSync(path, { recursive: true })
    }
  })

  it('is refused in its proofs by Go and by us', async (t) => {
    const ground = folderFor(t)
    if (!hasTools(t, 'go')) return
    const go = goVerifier(ground)
    const { proof } = await whole(ground)
    const path = join(ground, 'one.tlog-proof')
    const judge = (text: string) => {
      writeFileSync(path, text)
      const ours = verifyProof(text, policy)
      return [go('proof', path).ok, ours.proved && ours.witnessed]
    }
    assert.deepEqual(judge(proof), [true, true])
    const lines = proof.split('\n')
    const changed = (at: number, line: string) => lines.with(at, line).join('\n')
    const forged = {
      'another index': changed(2, 'index 101'),
      'another entry': changed(1, `extra ${Buffer.from('{"n":101}').toString('base64')}`),
      'a hash of 31 bytes': changed(3, Buffer.alloc(31).toString('base64')),
      'no hash': lines.toSpliced(3, 1).join('\n'),
      'a hash too many': lines.toSpliced(3, 0, leafHash('x').toString('base64')).join('\n'),
      'two hashes exchanged': lines
        .with(3, lines[4] ?? '')
        .with(4, lines[3] ?? '')
        .join('\n'),
      'another size': proof.replace('\n520\n', '\n521\n'),
      'an index beyond the log': changed(2, 'index 520'),
      'no witness': proof.replace(/\u2014 witness.*\n/, ''),
    }
    for (const [name, text] of Object.entries(forged)) assert.deepEqual(judge(text), [false, false], name)
  })
})

test('a log that was damaged at random is refused by Go where it is refused by us, and the other way round', async (t) => {
  if (!hasTools(t, 'go')) return
  const ground = folderFor(t)
  const go = goVerifier(ground)
  const { folder } = await whole(ground)
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort()
  const damage = fc.record({
    path: fc.constantFrom(...paths),
    at: fc.nat(),
    byte: fc.nat(255),
    cut: fc.constantFrom(0, 0, 0, 1, 33),
  })
  await fc.assert(
    fc.asyncProperty(damage, async ({ path, at, byte, cut }) => {
      const before = readFileSync(path)
      const after = Buffer.from(before.subarray(0, before.length - cut))
      if (after.length > 0) after.writeUInt8(byte, at % after.length)
      try {
        writeFileSync(path, after)
        const theirs = go('log', folder)
        const { checks } = await verifyLog({ ...logFolder(folder), policy })
        const fault = checks.find(({ result }) => result === 'failed')
        // Go reads base64 whose unused bits are not zero; we do not, so that no two files mean the same.
        const stricter = theirs.ok && /cannot be read|not a checkpoint/.test(fault?.detail ?? '')
        assert.ok(stricter || theirs.ok === (fault === undefined), `${path} ${theirs.lines[0]} | ${fault?.detail}`)
      } finally {
        writeFileSync(path, before)
      }
    }),
    { seed: 1, numRuns: 150 },
  )
})

async function whole(ground: string): Promise<{ folder: string; known: string; proof: string }> {
  const folder = join(ground, 'log')
  const log = await openLog({
    folder,
    state: join(ground, 'state'),
    signer,
    now: () => new Date(0),
    witnesses: cosign,
    window: 0,
  })
  for (const size of [300, 400, SIZE]) {
    const first = log.size
    await log.appendMany(Array.from({ length: size - first }, (_, at) => entry(first + at)))
    await log.published(size - 1)
    await log.cosign()
  }
  const proof = await log.proof(100)
  await log.close()
  const known = join(ground, 'known')
  cpSync(join(folder, 'archive/checkpoint.400'), known)
  return { folder, known, proof }
}

function forgedLog(folder: string): Forged {
  const write = (path: string, bytes: Uint8Array | string) => writeFileSync(join(folder, path), bytes)
  return {
    folder,
    read: (path) => readFileSync(join(folder, path)),
    write,
    head(size, root, by = signer, cosigner = witness) {
      const text = formatCheckpoint({ origin: signer.name, size, root })
      write('checkpoint', formatNote(text, [signatureLine(text, by), cosignatureLine(text, cosigner, TIME)]))
    },
  }
}

import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { formatCheckpoint, openCheckpoint } from '../checkpoint.ts'
import { EMPTY_ROOT } from '../merkle.ts'
import { formatNote, openNote, signatureLine } from '../note.ts'
import { consistencyProof, treeRoot } from '../proof.ts'
import { testSigner } from '../signer.fixture.ts'
import { TestTree } from '../tree.fixture.ts'
import { ED25519, type Signer, verifierOf } from '../vkey.ts'
import { formatAddCheckpoint, originHash, parseAddCheckpoint, REQUEST_LIMIT } from './request.ts'
import { Witness } from './witness.ts'

const log = testSigner('log.example/force')
const logKey = verifierOf(log.name, ED25519, log.publicKey)
const signer = testSigner('witness.example/w1')
const tree = new TestTree(300)
/** Another history: the same first hundred entries, and then others. */
const fork = new TestTree(100)
for (let at = 100; at < 300; at++) fork.add(Buffer.from(`another ${at}`))

const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'peel-witness-'))
  folders.push(folder)
  return join(folder, 'memory')
}

async function newWitness(folder?: string, now = () => new Date('2026-11-22T09:00:00.500Z')): Promise<Witness> {
  return Witness.open({ folder: folder ?? (await newFolder()), logs: [logKey], signer, now })
}

async function noteOf(of: TestTree, size: number, by: Signer = log, origin = by.name): Promise<string> {
  const text = formatCheckpoint({ origin, size, root: await treeRoot(of, size) })
  return formatNote(text, [signatureLine(text, by)])
}

async function request(size: number, oldSize: number, of = tree): Promise<Buffer> {
  const proof = await consistencyProof(of, oldSize, size)
  return Buffer.from(formatAddCheckpoint({ oldSize, proof, checkpoint: await noteOf(of, size) }))
}

describe('a witness', () => {
  it('cosigns what follows from what it saw, with the time', async () => {
    const witness = await newWitness()
    for (const [size, old] of [
      [0, 0],
      [1, 0],
      [1, 1],
      [7, 1],
      [256, 7],
      [300, 256],
    ] as const) {
      const answer = await witness.add(await request(size, old))
      assert.equal(answer.status, 200, `${old} to ${size}`)
      const { text } = openNote(await noteOf(tree, size), [logKey])
      const opened = openNote(formatNote(text, [answer.body]), [witness.verifier])
      assert.equal(opened.known[0]?.time, Date.parse('2026-11-22T09:00:00Z') / 1000)
    }
    await witness.close()
  })

  it('answers 400 for what is no request, no checkpoint, or goes backwards by its own words', async () => {
    const witness = await newWitness()
    const note = await noteOf(tree, 10)
    const bad = [
      '',
      'old 0\n',
      `old 00\n\n${note}`,
      `old -1\n\n${note}`,
      `old 1e1\n\n${note}`,
      `OLD 0\n\n${note}`,
      `old 0\r\n\n${note}`,
      `old 0\nAAAA\n\n${note}`,
      `old 0\n${`${EMPTY_ROOT.toString('base64')}\n`.repeat(64)}\n${note}`,
      'old 0\n\nnot a note',
      `old 0\n\n${note.replace('\n10\n', '\nten\n')}`,
      `old 11\n\n${note}`,
      `old 0\n\n${'x'.repeat(REQUEST_LIMIT)}`,
    ]
    for (const body of bad) assert.equal((await witness.add(Buffer.from(body))).status, 400, body.slice(0, 40))
    assert.equal((await witness.add(Buffer.of(0xff))).status, 400)
    await witness.close()
  })

  it('answers 404 for a log that it does not know, 403 for one that did not sign', async () => {
    const witness = await newWitness()
    const other = testSigner('log.example/other')
    const send = (checkpoint: string) =>
      witness.add(Buffer.from(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint })))
    assert.equal((await send(await noteOf(tree, 10, other))).status, 404)
    assert.equal((await send(await noteOf(tree, 10, other, log.name))).status, 403)
    const impostor = { ...testSigner('somebody else'), name: log.name }
    assert.equal((await send(await noteOf(tree, 10, impostor))).status, 403)
    const altered = (await noteOf(tree, 10)).replace('\n10\n', '\n11\n')
    assert.equal((await send(altered)).status, 403)
    await witness.close()
  })

  it('answers 409 with the size that it saw last, whatever the proof', async () => {
    const witness = await newWitness()
    await witness.add(await request(100, 0))
    for (const [size, old] of [
      [200, 0],
      [200, 99],
      [200, 101],
      [100, 0],
      [99, 0],
    ] as const) {
      const answer = await witness.add(await request(size, old))
      assert.deepEqual([answer.status, answer.type, answer.body], [409, 'text/x.tlog.size', '100\n'])
    }
    await witness.close()
  })

  it('never cosigns a smaller tree than it has, nor another history', async () => {
    const witness = await newWitness()
    await witness.add(await request(200, 0))
    // Backwards: whoever says that it is at 200 contradicts the size, whoever says less contradicts the witness.
    assert.equal((await witness.add(await request(150, 150))).status, 409)
    const backwards = formatAddCheckpoint({ oldSize: 200, proof: [], checkpoint: await noteOf(tree, 150) })
    assert.equal((await witness.add(Buffer.from(backwards))).status, 400)
    // Forked: the same size with another root, and a larger one that leads elsewhere.
    assert.equal((await witness.add(await request(200, 200, fork))).status, 422)
    assert.equal((await witness.add(await request(300, 200, fork))).status, 422)
    assert.equal((await witness.add(await request(300, 200))).status, 200)
    await witness.close()
  })

  it('answers 422 for a proof that proves nothing', async () => {
    const witness = await newWitness()
    const note = await noteOf(tree, 10)
    const proof = await consistencyProof(tree, 4, 10)
    const send = (oldSize: number, hashes: readonly Buffer[], checkpoint = note) =>
      witness.add(Buffer.from(formatAddCheckpoint({ oldSize, proof: hashes, checkpoint })))
    assert.equal((await send(0, proof)).status, 422)
    const text = formatCheckpoint({ origin: log.name, size: 0, root: await treeRoot(tree, 1) })
    assert.equal((await send(0, [], formatNote(text, [signatureLine(text, log)]))).status, 422)
    assert.equal((await witness.add(await request(4, 0))).status, 200)
    const [first, ...rest] = proof
    assert(first)
    for (const wrong of [[], rest, proof.toReversed(), [...proof, first], proof.with(0, Buffer.alloc(32))])
      assert.equal((await send(4, wrong)).status, 422)
    assert.equal((await send(4, proof)).status, 200)
    await witness.close()
  })

  it('shows what it cosigned last, with both signatures', async () => {
    const witness = await newWitness()
    assert.equal(witness.latest(originHash(log.name)).status, 404)
    await witness.add(await request(100, 0))
    const { status, body } = witness.latest(originHash(log.name))
    assert.equal(status, 200)
    const opened = openCheckpoint(body, [logKey], [witness.verifier])
    assert.deepEqual([opened.size, opened.witnesses.length], [100, 1])
    assert.equal(witness.latest(originHash('log.example/other')).status, 404)
    await witness.close()
  })

  it('lets one of many that come at once win, and never goes back', async () => {
    const witness = await newWitness()
    await witness.add(await request(50, 0))
    const sizes = [60, 70, 80, 90, 100, 110, 120, 130]
    const answers = await Promise.all(sizes.map(async (size) => witness.add(await request(size, 50))))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 409).length, sizes.length - 1)
    const won = sizes[answers.findIndex(({ status }) => status === 200)]
    const last = openCheckpoint(witness.latest(originHash(log.name)).body, [logKey])
    assert.equal(last.size, won)
    await witness.close()
  })

  it('remembers after it was started again', async () => {
    const folder = await newFolder()
    const before = await newWitness(folder)
    await before.add(await request(100, 0))
    await before.close()
    const again = await newWitness(folder)
    assert.equal((await again.add(await request(60, 0))).body, '100\n')
    assert.equal((await again.add(await request(100, 100, fork))).status, 200, 'the fork begins later')
    assert.equal((await again.add(await request(120, 100, fork))).status, 200)
    assert.equal((await again.add(await request(120, 120))).status, 422)
    await again.close()
  })

  it('does not start where its memory was altered, is another, or is open elsewhere', async () => {
    const folder = await newFolder()
    const witness = await newWitness(folder)
    await witness.add(await request(100, 0))
    await assert.rejects(newWitness(folder), { code: 'LOG_LOCKED' })
    assert.equal((await witness.add(await request(110, 100))).status, 200, 'the first one goes on')
    await witness.close()
    const name = (await readdir(folder)).find((each) => each.endsWith('.checkpoint'))
    const file = join(folder, name ?? '')
    const good = await readFile(file, 'utf8')
    for (const bad of [
      '',
      good.slice(0, -10),
      good.replace('\n110\n', '\n10\n'),
      await noteOf(tree, 5, testSigner('other')),
    ]) {
      await writeFile(file, bad)
      await assert.rejects(newWitness(folder), { code: 'LOG_DAMAGED' })
    }
    await writeFile(file, good)
    await (await newWitness(folder)).close()
    await assert.rejects(Witness.open({ folder, logs: [witness.verifier], signer, now: () => new Date(0) }), {
      code: 'KEY_UNREADABLE',
    })
  })

  it('signs nothing more once it cannot keep what it signs', async () => {
    const folder = await newFolder()
    const witness = await newWitness(folder)
    await witness.add(await request(100, 0))
    await rm(folder, { recursive: true })
    assert.equal((await witness.add(await request(110, 100))).status, 503)
    assert.equal((await witness.add(await request(110, 100))).status, 503)
    assert(witness.failure)
    await witness.close()
  })
})

describe('a request to a witness', () => {
  it('comes back from its text as it was', () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(digest, { maxLength: 63 }), fc.string(), (oldSize, proof, checkpoint) => {
        if (!checkpoint.isWellFormed()) return
        const sent = { oldSize, proof, checkpoint }
        assert.deepEqual(parseAddCheckpoint(Buffer.from(formatAddCheckpoint(sent))), sent)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('is answered whatever the bytes, and nothing crashes', async () => {
    const witness = await newWitness()
    const bytes = await request(200, 100)
    await witness.add(await request(100, 0))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, value) => {
        if (bytes[at] === value) return
        const altered = Buffer.from(bytes)
        altered[at] = value
        const { status } = await witness.add(altered)
        // Nothing that was altered is cosigned, unless the change is in a signature that nobody asked for: there is none here.
        assert([400, 403, 404, 409, 422].includes(status), `${at} ${value}`)
      }),
      { seed: 2, numRuns: 500 },
    )
    await witness.close()
  })
})

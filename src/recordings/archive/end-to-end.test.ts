import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { generateX25519Identity } from 'age-encryption'
import { makeSampleArchive, randomFrom, type TrueRecording } from '../../sample/index.ts'
import { SealedStore } from '../../vault/index.ts'
import { matchesOf } from './inventory/matched.ts'

const PEEL = join(import.meta.dirname, '../../../bin/peel.mjs')
const identity = await generateX25519Identity()

interface Archive {
  readonly folder: string
  readonly inventory: string
  readonly registers: string
  readonly truth: ReadonlyMap<string, TrueRecording>
  peel(...words: string[]): Record<string, unknown>
}

function archive(t: TestContext, recordings: number, seed: string): Archive {
  const folder = mkdtempSync(join(tmpdir(), 'peel-archive-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const made = makeSampleArchive(join(folder, 'made'), { recordings, seed })
  const key = join(folder, 'identity.txt')
  writeFileSync(key, identity)
  const { recordings: all } = JSON.parse(readFileSync(made.truth, 'utf8')) as { recordings: TrueRecording[] }
  const inventory = join(folder, 'inventory')
  const peel = (...words: string[]) => {
    const run = spawnSync(PEEL, ['recordings', ...words, '--identity', key, '--json'], { encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    return JSON.parse(run.stdout) as Record<string, unknown>
  }
  peel('inventory', made.archive, '--out', inventory)
  return { folder, inventory, registers: made.registers, truth: new Map(all.map((one) => [one.path, one])), peel }
}

async function proposedOf({
  inventory,
}: Archive): Promise<Map<string, { class: string; codes: string[]; follows?: string }>> {
  const store = await SealedStore.open(inventory, [identity])
  try {
    const paths = new Map(
      store.all<{ id: string; path: string }>('SELECT id, path FROM item_match').map(({ id, path }) => [id, path]),
    )
    return new Map(
      (matchesOf(store) ?? []).map((match) => [
        paths.get(match.item.id) ?? '',
        {
          class: match.class,
          codes: match.reasons.map(({ code }) => code),
          ...(match.follows && { follows: paths.get(match.follows.id) }),
        },
      ]),
    )
  } finally {
    store.close()
  }
}

for (const seed of ['one', 'two'])
  test(`E14: of a sample archive (${seed}) nothing that is tied to anything is proposed for destruction, and most of the rest is`, async (t) => {
    const made = archive(t, 3_000, seed)
    made.peel('match', made.inventory, '--registers', made.registers)
    const proposed = await proposedOf(made)
    assert.equal(proposed.size, made.truth.size)
    let [free, found] = [0, 0]
    for (const [path, truth] of made.truth) {
      const { class: is = '', codes = [], follows } = proposed.get(path) ?? {}
      const goes = is === 'E' || (is === 'F' && proposed.get(follows ?? '')?.class === 'E')
      const why = `${is} for ${codes.join(', ')}`
      if (truth.ties.length > 0) assert.ok(!goes, `tied to ${truth.ties.length} and proposed: ${why}`)
      if (truth.number === null || truth.damaged) assert.ok(!goes, `not known, and proposed: ${why}`)
      if (truth.ties.length > 0 || truth.number === null || truth.damaged || truth.copy_of !== undefined) continue
      free++
      if (is === 'E') found++
    }
    // What the name does not tell the bill does; where neither does, nobody proposes anything.
    assert.ok(found / free > 0.6, `${found} of ${free} that are tied to nothing were found to be`)
  })

test('E14: what is proposed for an operation, a case, a protected number or a hold is what it belongs to', async (t) => {
  const made = archive(t, 2_000, 'three')
  made.peel('match', made.inventory, '--registers', made.registers)
  const proposed = await proposedOf(made)
  const classes = (tie: (one: string) => boolean) =>
    new Set(
      [...made.truth]
        .filter(([, { ties, copy_of: copy, damaged }]) => ties.some(tie) && copy === undefined && !damaged)
        .map(([path]) => proposed.get(path)?.class),
    )
  for (const one of classes((tie) => tie === 'protected')) assert.ok(one === 'C' || one === 'D', String(one))
  for (const one of classes((tie) => tie.startsWith('OP-')))
    assert.ok(['A', 'B', 'C', 'D'].includes(one ?? ''), String(one))
  for (const one of classes((tie) => tie.startsWith('HOLD-')))
    assert.ok(['B', 'C', 'D', 'A'].includes(one ?? ''), String(one))
})

test('the figures add up, and hold nobody’s number or name', (t) => {
  const made = archive(t, 1_000, 'four')
  const matched = made.peel('match', made.inventory, '--registers', made.registers)
  const classes = matched['classes'] as Record<string, number>
  assert.equal(
    Object.values(classes).reduce((sum, one) => sum + one),
    1_000,
  )
  const figures = made.peel('report', made.inventory)
  assert.deepEqual((figures['total'] as { classes: object }).classes, classes)
  const csv = spawnSync(
    PEEL,
    ['recordings', 'report', made.inventory, '--identity', join(made.folder, 'identity.txt'), '--csv'],
    {
      encoding: 'utf8',
    },
  ).stdout
  const pdf = join(made.folder, 'figures.pdf')
  made.peel('report', made.inventory, '--out', pdf)
  const printed = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout ?? ''
  for (const text of [JSON.stringify(matched), JSON.stringify(figures), csv, printed])
    for (const { number, holder } of made.truth.values()) {
      assert.ok(number === null || !text.includes(number.slice(3)))
      assert.ok(!text.includes(holder))
    }
})

test('matching that was killed at any moment has been done or not, and comes to the same when it is done again', async (t) => {
  const made = archive(t, 800, 'five')
  made.peel('match', made.inventory, '--registers', made.registers)
  const expected = await proposedOf(made)
  const fresh = join(made.folder, 'fresh')
  cpSync(made.inventory, fresh, { recursive: true })
  const random = randomFrom('kill')
  const words = [
    'recordings',
    'match',
    fresh,
    '--registers',
    made.registers,
    '--identity',
    join(made.folder, 'identity.txt'),
  ]
  for (let n = 0; n < 10; n++) {
    const run = spawn(PEEL, words, { stdio: 'ignore' })
    const gone = new Promise((resolve) => run.once('exit', resolve))
    await pause(200 + random.below(700))
    run.kill('SIGKILL')
    await gone
    assert.deepEqual(await proposedOf({ ...made, inventory: fresh }), expected)
  }
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeSampleArchive, type TrueRecording } from '../../sample/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { withArchiveKeys } from './details.ts'
import { giveRegister } from './give-register.ts'
import { matchArchiveNow, startMatching } from './match-archive.ts'
import { openArchive } from './open-archive.ts'
import { openedItems } from './opened-items.ts'
import { archiveOf } from './read-archive.ts'
import { takeInArchive } from './take-in.ts'

/** An archive that was really opened, taken in and matched, and what is true of it. */
export interface AnArchive {
  readonly id: string
  /** the ops it was made with: they know its collected folder */
  readonly ops: Ops
  /** where the sample lies as it was collected, and the registers beside it */
  readonly collected: string
  readonly registers: string
  /** ids of its registers, by their kind */
  readonly registerIds: ReadonlyMap<string, string>
  /** what is true of each recording, by its id */
  readonly truth: ReadonlyMap<string, TrueRecording>
}

const GOES_ON = new AbortController().signal

/**
 * Makes a sample archive with its registers and takes it through the real acts, as rec300. `recordings`: 120 where nothing is said. `matched: false` stops
 * when it is taken in and the registers are given. Call `matchAgain` after something has changed.
 */
export async function anArchive(
  from: Ops | { readonly ops: Ops },
  {
    recordings = 120,
    matched = true,
    seed = 'fixture',
  }: { recordings?: number; matched?: boolean; seed?: string } = {},
): Promise<AnArchive> {
  const given = 'ops' in from ? from.ops : from
  const data = dirname(given.archivesFolder)
  const ops: Ops = { ...given, collectedFolder: given.collectedFolder ?? join(data, 'collected') }
  const name = `sample-${randomBytes(4).toString('hex')}`
  const made = makeSampleArchive(join(data, 'samples', name), { recordings, seed })
  mkdirSync(ops.collectedFolder as string, { recursive: true })
  const collected = join(ops.collectedFolder as string, name)
  renameSync(made.archive, collected)
  const id = await openArchive(ops, REC300, { title: 'Recordings of the negotiators', folder: name })
  assert.equal(await takeInArchive(ops, id, { ending: GOES_ON }), 'over')
  const registerIds = new Map<string, string>()
  for (const file of readdirSync(made.registers).filter((one) => one.endsWith('.csv'))) {
    const kind = file.replace('.csv', '')
    const register = await giveRegister(ops, REC300, {
      archiveId: id,
      kind,
      contents: readFileSync(join(made.registers, file)),
    })
    assert.ok(register.mapped, kind)
    registerIds.set(kind, register.id)
  }
  if (matched) await matchAgain(ops, id)
  const { recordings: all } = JSON.parse(readFileSync(made.truth, 'utf8')) as { recordings: TrueRecording[] }
  const byPath = new Map(all.map((one) => [one.path, one]))
  const truth = new Map<string, TrueRecording>()
  const archive = await archiveOf(ops, id)
  assert.equal(archive.failure, undefined)
  await withArchiveKeys(ops, archive, async (keys) => {
    for await (const page of openedItems(ops.store.db, keys))
      for (const { id: item, details } of page) truth.set(item, byPath.get(details.path) as TrueRecording)
  })
  return { id, ops, collected, registers: made.registers, registerIds, truth }
}

/** Matches an archive anew, as the worker does. */
export async function matchAgain(ops: Ops, id: string): Promise<void> {
  await startMatching(ops, REC300, id)
  assert.equal(await matchArchiveNow(ops, id, { ending: GOES_ON }), 'over')
}

/** Kit Abara, who manages archives in tests. */
export const REC300: Actor = { id: 'rec300', name: 'Kit Abara', roles: ['records_reviewer'], stepUp: true }

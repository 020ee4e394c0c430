import { applyReleases, type Item, type Match, matchArchive, type NameParser } from '../../recordings/index.ts'
import type { Ops } from '../ops.ts'
import type { ArchiveKeys } from './details.ts'
import { namesOf } from './learnt-names.ts'
import { itemToMatch, openedItems } from './opened-items.ts'
import { digestOfInputs, registersOf } from './registers-of.ts'
import { releasesInForce } from './triage/releases-in-force.ts'

/** What everything that an archive holds comes to, by what is known now. */
export interface MatchesNow {
  readonly matches: readonly Match[]
  readonly names: NameParser
  /** stands for everything that it went by: see `digestOfInputs` */
  readonly inputs: string
}

/**
 * Matches every recording that an archive holds with everything that is known now, with what people have released, and writes nothing: for matching, and again just before a destruction.
 * `goesOn` is asked between pages. Throws what opening throws, MatchError.
 */
export async function matchesNow(ops: Ops, keys: ArchiveKeys, goesOn: () => void = () => {}): Promise<MatchesNow> {
  const { db } = ops.store
  // Asked first: what comes in while the rest is read is noticed by whoever asks again.
  const inputs = await digestOfInputs(db, keys.archiveId)
  const names = await namesOf(ops, keys.archiveId)
  const registers = await registersOf(ops, keys)
  const releases = await releasesInForce(db, keys.archiveId)
  const items: Item[] = []
  for await (const page of openedItems(db, keys)) {
    goesOn()
    for (const one of page) items.push(itemToMatch(one, names))
  }
  const found = matchArchive(items, registers, ops.now().getTime())
  return { matches: applyReleases(found, releases, keys.marks), names, inputs }
}

import { exactCopies, likelyCopies } from './copies.ts'
import type { Item } from './item.ts'
import { type Facts, joinItems } from './match-items.ts'
import { because, type Class, classOf, joined, type Reason, sorted } from './reason.ts'
import type { Registers } from './rows.ts'

/** What is proposed for an item, and why. Nobody has decided anything. */
export interface Match {
  readonly item: Item
  readonly facts: Facts
  readonly class: Class
  /** everything that led to it; of a copy its own ties as well, which its master has too */
  readonly reasons: readonly Reason[]
  /** of an exact copy: the id of what it follows, and the class of that */
  readonly follows?: { readonly id: string; readonly class: Exclude<Class, 'F'> }
  /** ids of what are likely copies of one call, this one among them, sorted; told, and never treated as exact. None without another */
  readonly likelyCopies: readonly string[]
  /** of what was released, and of its copies: the id of the decision */
  readonly released?: string
}

/**
 * Matches an archive with everything that could tie a recording to anything, and proposes a class for each item, in the order of
 * their ids. Neither the order of items nor that of rows changes anything. Nothing is of class E that has any tie, of which
 * anything that matters is unknown, or of which a copy has a tie. Throws MatchError ID_TWICE.
 */
export function matchArchive(items: readonly Item[], registers: Registers, now: number): Match[] {
  const groups = exactCopies(joinItems(items, registers, now))
  const tied = new Set(groups.filter(({ reasons }) => isTied(reasons)).map(({ master }) => master.item.id))
  const likely = likelyOf(likelyCopies(groups.map(({ master }) => master)), tied)
  return groups
    .flatMap(({ master, copies, reasons }) => {
      const { id } = master.item
      const alike = likely.get(id) ?? NO_OTHERS
      const all =
        alike.tied.length === 0 || tied.has(id) ? reasons : joined([reasons, [because('likely_copy_tied', alike.tied)]])
      const found = classOf(all)
      const match: Match = {
        item: master.item,
        facts: master.facts,
        class: found,
        reasons: all.length === 0 ? [because('no_tie')] : all,
        likelyCopies: alike.ids,
      }
      const follows = { id, class: found }
      const exact = because('exact_copy', [id])
      return [
        match,
        ...copies.map(
          (copy): Match => ({
            item: copy.item,
            facts: copy.facts,
            class: 'F',
            reasons: joined([copy.reasons, [exact]]),
            follows,
            likelyCopies: [],
          }),
        ),
      ]
    })
    .sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
}

/** Whether a rule ties it, or only something is not known. */
function isTied(reasons: readonly Reason[]): boolean {
  return reasons.some(({ rule }) => rule !== undefined)
}

interface Alike {
  readonly ids: readonly string[]
  /** those of them that a rule ties */
  readonly tied: readonly string[]
}

const NO_OTHERS: Alike = { ids: [], tied: [] }

/** One list for all of a group: hostile names can make one of a whole archive. */
function likelyOf(groups: readonly (readonly string[])[], tied: ReadonlySet<string>): Map<string, Alike> {
  const found = new Map<string, Alike>()
  for (const ids of groups) {
    const group = { ids, tied: ids.filter((id) => tied.has(id)) }
    for (const id of ids) {
      const before = found.get(id)
      found.set(
        id,
        before === undefined
          ? group
          : { ids: sorted([...before.ids, ...ids]), tied: sorted([...before.tied, ...group.tied]) },
      )
    }
  }
  return found
}

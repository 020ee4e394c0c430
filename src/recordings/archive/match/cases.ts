import type { CaseRow } from './rows.ts'
import { sorted } from './reason.ts'
import { idKey } from '../../../records/index.ts'
import { hull, meet, type Window } from './window.ts'

/** What all rows of one case say together. */
interface Case {
  /** as the first of its spellings is written */
  occurrence: string
  live: boolean
  during: Window
  /** by `idKey` */
  readonly staff: Set<string>
  readonly numbers: Set<string>
}

interface OfNumber {
  /** ids of every case to which the number belongs, sorted */
  readonly all: readonly string[]
  readonly live: readonly string[]
  readonly byStaff: ReadonlyMap<string, readonly Case[]>
}

const NONE: OfNumber = { all: [], live: [], byStaff: new Map() }

/** Cases by the numbers of their parties. */
export class Cases {
  readonly #numbers = new Map<string, OfNumber>()

  constructor(rows: readonly CaseRow[]) {
    const byNumber = new Map<string, Case[]>()
    for (const one of together(rows))
      for (const number of one.numbers) {
        const list = byNumber.get(number)
        if (list === undefined) byNumber.set(number, [one])
        else list.push(one)
      }
    for (const [number, cases] of byNumber) {
      const byStaff = new Map<string, Case[]>()
      for (const one of cases)
        for (const person of one.staff) {
          const list = byStaff.get(person)
          if (list === undefined) byStaff.set(person, [one])
          else list.push(one)
        }
      const ids = (some: readonly Case[]) => sorted(some.map(({ occurrence }) => occurrence))
      this.#numbers.set(number, { all: ids(cases), live: ids(cases.filter(({ live }) => live)), byStaff })
    }
  }

  /** Every case to which any of the numbers belongs. */
  of(numbers: readonly string[]): readonly string[] {
    return this.#lists(numbers, 'all')
  }

  /** Those that are live. */
  live(numbers: readonly string[]): readonly string[] {
    return this.#lists(numbers, 'live')
  }

  /** Those on which any of these people work, at any of these times; without any time, at whatever time. */
  own(numbers: readonly string[], people: readonly string[], began: readonly Window[]): readonly string[] {
    const found: string[] = []
    for (const number of numbers) {
      const { byStaff } = this.#numbers.get(number) ?? NONE
      for (const person of people)
        for (const { occurrence, during } of byStaff.get(person) ?? [])
          if (began.length === 0 || began.some((window) => meet(window, during))) found.push(occurrence)
    }
    return found.length === 0 ? found : sorted(found)
  }

  /** One number's list is shared by every item that has it: a busy one may belong to thousands of cases. */
  #lists(numbers: readonly string[], which: 'all' | 'live'): readonly string[] {
    const lists = numbers.flatMap((number) => {
      const list = (this.#numbers.get(number) ?? NONE)[which]
      return list.length === 0 ? [] : [list]
    })
    return lists.length > 1 ? sorted(lists.flat()) : (lists[0] ?? NONE.all)
  }
}

/** Rows of one case as one: live if any says so, from the first to the last of their times, with everybody in any of them. */
function together(rows: readonly CaseRow[]): Iterable<Case> {
  const cases = new Map<string, Case>()
  for (const { occurrence, live, during, oic, team, parties } of rows) {
    // Punctuation tells cases apart (`1/23`, `12/3`); case and spaces do not.
    const key = occurrence.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
    let found = cases.get(key)
    if (found === undefined) {
      found = { occurrence, live, during, staff: new Set(), numbers: new Set() }
      cases.set(key, found)
    } else {
      // Whichever row comes first: the same on every run.
      if (occurrence < found.occurrence) found.occurrence = occurrence
      found.live ||= live
      found.during = hull(found.during, during)
    }
    if (oic !== undefined) found.staff.add(idKey(oic))
    for (const one of team) found.staff.add(idKey(one))
    for (const { number } of parties) found.numbers.add(number)
  }
  return cases.values()
}

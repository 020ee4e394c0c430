import { Bills, type Billed, repaired } from './bill.ts'
import { Cases } from './cases.ts'
import { MatchError } from './errors.ts'
import { Holds } from './held.ts'
import { Holdings } from './holders.ts'
import type { Item } from './item.ts'
import { because, type Reason, type ReasonCode, sorted } from './reason.ts'
import type { Operation, OwnerSays, Registers } from './rows.ts'
import { Statements } from './statements.ts'
import { idKey } from '../../../records/index.ts'
import { Telephones } from './telephone.ts'
import { toldBy } from './told.ts'
import { isWithin, meet, type Window } from './window.ts'

/** What is known of an item when everything has been joined. Holds numbers: it is for those who may see them. */
export interface Facts extends Omit<Billed, 'doubts'> {
  readonly id: string
  /** every id or number by which its phone is known */
  readonly devices: readonly string[]
  /** everybody who may have held it, by `idKey`: one alone is certain, unless the reasons say otherwise */
  readonly holders: readonly string[]
  /** every case to which the other party belongs, live or not */
  readonly occurrences: readonly string[]
}

/** An item with its own facts and its own reasons, copies not yet asked. */
export interface Joined {
  readonly item: Item
  readonly facts: Facts
  readonly reasons: readonly Reason[]
}

/**
 * Joins every item to who held the phone, to the bill, to operations, cases, protected numbers, holds and statements, by named
 * rules. `now` is in milliseconds since 1970, for holds that were lifted. Throws MatchError ID_TWICE.
 */
export function joinItems(items: readonly Item[], registers: Registers, now: number): Joined[] {
  if (new Set(items.map(({ id }) => id)).size !== items.length)
    throw new MatchError('ID_TWICE', 'two items have the same id')
  const telephones = new Telephones()
  const holdings = new Holdings(registers.holdings)
  const bills = new Bills(registers.bills)
  const rules = new Rules(registers, now)
  return items.map((item) => {
    const told = toldBy(item, telephones)
    const { device } = item
    // A device that is named by its number is known under every spelling of it.
    const as = device === undefined ? undefined : telephones.of(device)
    const number = as?.is === 'number' ? as.number : undefined
    const first = device === undefined ? undefined : holdings.of(device, number, told.began)
    const call =
      first && told.began.length > 0 ? repaired(told, bills.near(first.lines, told)) : { ...told, billed: [] }
    const held = device === undefined ? undefined : holdings.of(device, number, call.began)
    const { doubts, ...billed } = call
    const devices = held?.devices ?? []
    const facts: Facts = {
      ...billed,
      id: item.id,
      devices: device === undefined ? [] : sorted([device, ...(number === undefined ? [] : [number]), ...devices]),
      holders: held?.holders ?? [],
      occurrences: rules.cases.of(billed.numbers),
    }
    const certain = held !== undefined && held.holders.length === 1 && held.spans && facts.began.length > 0
    const open: ReasonCode[] = [...doubts, ...unknowns(item, facts, certain)]
    return { item, facts, reasons: [...rules.ties(facts, certain), ...open.map((code) => because(code))] }
  })
}

/** What matters and is not known of an item. */
function unknowns({ audio }: Item, { numbers, began, holders }: Facts, certain: boolean): ReasonCode[] {
  const found: ReasonCode[] = []
  if (numbers.length === 0) found.push('number_unknown')
  if (began.length === 0) found.push('time_unknown')
  if (holders.length === 0) found.push('holder_unknown')
  else if (holders.length > 1) found.push('holder_disputed')
  else if (!certain && began.length > 0) found.push('holder_unsure')
  if (audio === undefined) found.push('no_audio')
  else if (audio.state === 'damaged') found.push('damaged')
  return found
}

const OWNER: Readonly<Partial<Record<OwnerSays, ReasonCode>>> = {
  evidence: 'owner_evidence',
  maybe_evidence: 'owner_evidence',
  confidential: 'owner_confidential',
  operation: 'owner_operation',
  unclear: 'owner_unclear',
}

/** The rules R1 to R6, ready to be asked. Each looks at whatever may be so: a tie that is only possible is a tie. */
class Rules {
  readonly cases: Cases
  readonly #operations = new Map<string, Operation[]>()
  readonly #protected = new Map<string, readonly string[]>()
  readonly #holds: Holds
  readonly #statements: Statements

  constructor(registers: Registers, now: number) {
    this.cases = new Cases(registers.cases)
    this.#holds = new Holds(registers.holds, now)
    this.#statements = new Statements(registers.statements)
    for (const operation of registers.operations)
      for (const person of new Set(operation.people.map(idKey))) {
        const list = this.#operations.get(person)
        if (list === undefined) this.#operations.set(person, [operation])
        else list.push(operation)
      }
    for (const { number, kind } of registers.protected)
      this.#protected.set(number, sorted([...(this.#protected.get(number) ?? []), kind]))
  }

  /** What ties an item. `certain` says that it is known when the call was and who held the phone. */
  ties(facts: Facts, certain: boolean): Reason[] {
    const { numbers, holders, began } = facts
    const found: Reason[] = []
    const tie = (code: ReasonCode, targets: readonly string[]) => {
      if (targets.length > 0) found.push(because(code, targets))
    }
    const { authorised, possible } = this.#operationsOf(holders, began, certain)
    tie('operation', authorised)
    tie('operation_possible', possible)
    tie('own_case', this.cases.own(numbers, holders, began))
    tie('live_case', this.cases.live(numbers))
    tie('protected_number', sorted(numbers.flatMap((one) => this.#protected.get(one) ?? [])))
    tie('hold', this.#holds.on(facts))
    for (const says of this.#statements.of(facts, began)) {
      const code = OWNER[says]
      if (code !== undefined && !found.some((one) => one.code === code)) found.push(because(code))
    }
    return found
  }

  #operationsOf(holders: readonly string[], began: readonly Window[], certain: boolean) {
    const authorised: string[] = []
    const possible: string[] = []
    for (const holder of holders)
      for (const { id, during } of this.#operations.get(holder) ?? []) {
        if (began.length > 0 && !began.some((window) => meet(window, during))) continue
        const surely = certain && during.unsure === undefined && began.every((window) => isWithin(window, during))
        ;(surely ? authorised : possible).push(id)
      }
    return {
      authorised: authorised.length === 0 ? authorised : sorted(authorised),
      possible: possible.length === 0 ? possible : sorted(possible),
    }
  }
}

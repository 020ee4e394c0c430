import type { Facts } from '../match/match-items.ts'
import type {
  BilledCall,
  CaseRow,
  Holding,
  Operation,
  OwnerStatement,
  ProtectedNumber,
  Registers,
} from '../match/rows.ts'
import { idKey } from '../../../records/index.ts'
import { meet, widened, type Window } from '../match/window.ts'

/** What of an item a second look begins from. */
export type Looked = Pick<Facts, 'id' | 'devices' | 'numbers' | 'began'>

/** Rows of the registers that somebody should see who judges whether an item is tied to nothing. In the order of the registers. */
export interface Sources {
  readonly holdings: readonly Holding[]
  readonly bills: readonly BilledCall[]
  readonly operations: readonly Operation[]
  readonly cases: readonly CaseRow[]
  readonly protected: readonly ProtectedNumber[]
  readonly statements: readonly OwnerStatement[]
}

/** A bill is looked at so far around a call: a clock that was set wrong is found by eye. */
const AROUND_A_CALL = 15 * 60_000
/** Who held a phone, and what was going on, so far around it. */
const AROUND_A_DAY = 24 * 60 * 60_000
/** British numbers have so many digits after the 0: what stands before is where spellings differ. */
const LAST_DIGITS = 9

/**
 * Finds for each item every row that comes near it, more widely than matching does: numbers that end alike, a quarter of an hour of the bill, a day of
 * whoever held the phone. Matching is not asked, so that its mistakes are not repeated. Each register is gone through once.
 */
export function lookAgain(items: readonly Looked[], registers: Registers): Map<string, Sources> {
  const about = items.map(aboutOf)
  const byDevice = indexed(about, ({ item }) => item.devices.map(idKey))
  for (const holding of registers.holdings) {
    const names = [holding.device, holding.imei, holding.number].flatMap((one) => one ?? [])
    for (const one of near(byDevice, names.map(idKey))) {
      if (!isAround(one.item.began, holding.during, AROUND_A_DAY)) continue
      one.holdings.push(holding)
      one.holders.add(idKey(holding.holder))
      if (holding.number !== undefined) one.lines.add(holding.number)
    }
  }
  const byNumber = indexed(about, ({ item }) => item.numbers.map(ending))
  const byLine = indexed(about, ({ lines }) => [...lines])
  for (const call of registers.bills)
    for (const one of new Set([
      ...near(byLine, [call.ours]),
      ...(call.other === undefined ? [] : near(byNumber, [ending(call.other)])),
    ]))
      if (call.began.some((began) => isAround(one.item.began, began, AROUND_A_CALL))) one.bills.push(call)
  const byHolder = indexed(about, ({ holders }) => [...holders])
  for (const operation of registers.operations)
    for (const one of near(byHolder, operation.people.map(idKey)))
      if (isAround(one.item.began, operation.during, AROUND_A_DAY)) one.operations.push(operation)
  for (const row of registers.cases)
    for (const one of near(
      byNumber,
      row.parties.map(({ number }) => ending(number)),
    ))
      one.cases.push(row)
  for (const row of registers.protected) for (const one of near(byNumber, [ending(row.number)])) one.protected.push(row)
  for (const row of registers.statements) for (const one of about) if (isAbout(row, one)) one.statements.push(row)
  return new Map(
    about.map(({ item, holdings, bills, operations, cases, protected: kept, statements }) => [
      item.id,
      { holdings, bills, operations, cases, protected: kept, statements },
    ]),
  )
}

interface About {
  readonly item: Looked
  /** the force's numbers that may have been in the phone */
  readonly lines: Set<string>
  /** by `idKey` */
  readonly holders: Set<string>
  readonly holdings: Holding[]
  readonly bills: BilledCall[]
  readonly operations: Operation[]
  readonly cases: CaseRow[]
  readonly protected: ProtectedNumber[]
  readonly statements: OwnerStatement[]
}

function aboutOf(item: Looked): About {
  return {
    item,
    lines: new Set(item.devices),
    holders: new Set(),
    holdings: [],
    bills: [],
    operations: [],
    cases: [],
    protected: [],
    statements: [],
  }
}

function indexed(about: readonly About[], keys: (one: About) => readonly string[]): Map<string, About[]> {
  const found = new Map<string, About[]>()
  for (const one of about)
    for (const key of new Set(keys(one))) {
      const list = found.get(key)
      if (list === undefined) found.set(key, [one])
      else list.push(one)
    }
  return found
}

function near(index: ReadonlyMap<string, readonly About[]>, keys: readonly string[]): Set<About> {
  return new Set(keys.flatMap((key) => index.get(key) ?? []))
}

/** Whether a time lies around any of an item's; of an item without any, nothing is left out. */
function isAround(began: readonly Window[], time: Window, ms: number): boolean {
  return began.length === 0 || began.some((one) => meet(widened(one, ms), time))
}

function ending(number: string): string {
  return number.replace(/\D/g, '').slice(-LAST_DIGITS)
}

/** Whether all that a statement names may be this item's: its times are left to whoever reads it. */
function isAbout({ item, device, holder, number }: OwnerStatement, one: About): boolean {
  return (
    (item === undefined || item === one.item.id) &&
    (device === undefined || one.item.devices.some((other) => idKey(other) === idKey(device))) &&
    (holder === undefined || one.holders.has(idKey(holder))) &&
    (number === undefined || one.item.numbers.some((other) => ending(other) === ending(number)))
  )
}

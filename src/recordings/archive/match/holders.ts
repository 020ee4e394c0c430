import type { Holding } from './rows.ts'
import { idKey } from '../../../records/index.ts'
import { isWithin, meet, type Window } from './window.ts'

/** Who may have held a phone. */
export interface Held {
  /** every person, by `idKey`, sorted */
  readonly holders: readonly string[]
  /** whether rows whose ends are certain reach over all of the time: otherwise somebody else may have held it for some of it */
  readonly spans: boolean
  /** the force's numbers that were in it, or, where none is recorded, that the same people had */
  readonly lines: ReadonlySet<string>
  /** every id and IMEI under which the same phone was ever recorded, and the numbers that were in it then */
  readonly devices: readonly string[]
}

/** One phone: everything that is recorded of it, under whichever of its ids. */
interface Phone {
  readonly names: Set<string>
  readonly rows: Holding[]
}

/** Who held which phone and when. */
export class Holdings {
  readonly #phones = new Map<string, Phone>()
  readonly #byNumber = new Map<string, Holding[]>()
  readonly #byHolder = new Map<string, Holding[]>()

  constructor(holdings: readonly Holding[]) {
    for (const holding of holdings) {
      const { device, imei, number } = holding
      const names = [device, imei].filter((one) => one !== undefined)
      if (names.length > 0) this.#phone(names).rows.push(holding)
      if (number !== undefined) add(this.#byNumber, number, holding)
      add(this.#byHolder, idKey(holding.holder), holding)
    }
  }

  /**
   * Who held a phone at any instant of these stretches; without any, who ever did. `number` is the phone's own, where it is
   * known by that.
   */
  of(device: string, number: string | undefined, began: readonly Window[]): Held {
    const then = (one: Holding) => began.length === 0 || began.some((window) => meet(one.during, window))
    const byNumber = number === undefined ? [] : (this.#byNumber.get(number) ?? []).filter(then)
    const names = [device, ...byNumber.flatMap((one) => one.device ?? one.imei ?? [])]
    const phones = [...new Set(names.map((name) => this.#phones.get(idKey(name))))].filter((one) => one !== undefined)
    const rows = [...new Set([...byNumber, ...phones.flatMap((phone) => phone.rows.filter(then))])]
    const holders = [...new Set(rows.map(({ holder }) => idKey(holder)))].sort()
    const own = rows.flatMap((one) => one.number ?? [])
    const theirs = () => holders.flatMap((holder) => this.#byHolder.get(holder) ?? []).filter(then)
    return {
      holders,
      spans: began.every((window) =>
        rows.some(({ during }) => during.unsure === undefined && isWithin(window, during)),
      ),
      lines: new Set(own.length > 0 ? own : theirs().flatMap((one) => one.number ?? [])),
      devices: [...new Set([...phones.flatMap((phone) => [...phone.names]), ...own])],
    }
  }

  /** The phone with any of these names. Where one row says that two are the same, they are. */
  #phone(names: readonly string[]): Phone {
    const known = new Set(names.map((name) => this.#phones.get(idKey(name))).filter((one) => one !== undefined))
    // Into the larger of two, so that many rows that each say so cost no more than they say.
    const [phone = { names: new Set<string>(), rows: [] }, ...others] = [...known].sort(
      (a, b) => b.rows.length + b.names.size - a.rows.length - a.names.size,
    )
    for (const other of others) {
      for (const row of other.rows) phone.rows.push(row)
      for (const name of other.names) this.#name(phone, name)
    }
    for (const name of names) this.#name(phone, name)
    return phone
  }

  #name(phone: Phone, name: string): void {
    phone.names.add(name)
    this.#phones.set(idKey(name), phone)
  }
}

function add(map: Map<string, Holding[]>, key: string, holding: Holding): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [holding])
  else list.push(holding)
}

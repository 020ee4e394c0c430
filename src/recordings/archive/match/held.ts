import type { ArchiveHold } from './rows.ts'
import { sorted } from './reason.ts'
import { idKey } from '../../../records/index.ts'

/** What of an item a hold may be on. */
export interface Holdable {
  readonly id: string
  /** every id by which its phone is known, as written, and its numbers as `person()` reduces them */
  readonly devices: readonly string[]
  /** by `idKey` */
  readonly holders: readonly string[]
  readonly numbers: readonly string[]
  readonly occurrences: readonly string[]
}

/** The holds that are in force, by what they are on. Only one that was lifted before `now` is not. */
export class Holds {
  readonly #all: string[] = []
  readonly #on = {
    device: new Map<string, string[]>(),
    holder: new Map<string, string[]>(),
    number: new Map<string, string[]>(),
    case: new Map<string, string[]>(),
    item: new Map<string, string[]>(),
  }

  constructor(holds: readonly ArchiveHold[], now: number) {
    for (const { id, on, target, lifted } of holds) {
      if (lifted !== undefined && lifted <= now) continue
      if (on === 'archive' || target === undefined) this.#all.push(id)
      else {
        const key = on === 'item' || on === 'number' ? target : idKey(target)
        this.#on[on].set(key, [...(this.#on[on].get(key) ?? []), id])
      }
    }
  }

  /** Ids of the holds on cases, of one case. */
  onCase(occurrence: string): readonly string[] {
    return this.#on.case.get(idKey(occurrence)) ?? []
  }

  /** Ids of the holds on an item, sorted; those on its cases are left out where `occurrences` is none. */
  on({ id, devices, holders, numbers, occurrences }: Holdable): readonly string[] {
    const found = [
      this.#all,
      this.#on.item.get(id),
      ...devices.map((one) => this.#on.device.get(idKey(one))),
      ...holders.map((one) => this.#on.holder.get(one)),
      // A hold on a number is one on either side of the call.
      ...[...numbers, ...devices].map((one) => this.#on.number.get(one)),
      ...(this.#on.case.size === 0 ? [] : occurrences.map((one) => this.onCase(one))),
    ].flatMap((ids) => ids ?? [])
    return found.length === 0 ? found : sorted(found)
  }
}

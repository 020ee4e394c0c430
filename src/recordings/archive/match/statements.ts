import type { OwnerSays, OwnerStatement } from './rows.ts'
import { idKey } from '../../../records/index.ts'
import { meet, type Window } from './window.ts'
import type { Holdable } from './held.ts'

/** What owners said, by what it is about. */
export class Statements {
  readonly #byItem = new Map<string, OwnerStatement[]>()
  readonly #byNumber = new Map<string, OwnerStatement[]>()
  readonly #byDevice = new Map<string, OwnerStatement[]>()
  readonly #byHolder = new Map<string, OwnerStatement[]>()

  constructor(statements: readonly OwnerStatement[]) {
    for (const one of statements) {
      // What ties nothing is not looked for.
      if (one.says === 'nothing' || one.says === 'does_not_know') continue
      // By the narrowest thing it names; the others are asked when it is found.
      if (one.item !== undefined) add(this.#byItem, one.item, one)
      else if (one.number !== undefined) add(this.#byNumber, one.number, one)
      else if (one.device !== undefined) add(this.#byDevice, idKey(one.device), one)
      else if (one.holder !== undefined) add(this.#byHolder, idKey(one.holder), one)
    }
  }

  /** What was said of an item: of what fits everything that a statement names, as far as it is known of the item. */
  of(item: Holdable, began: readonly Window[]): ReadonlySet<OwnerSays> {
    const { id, devices, holders, numbers } = item
    const keys = devices.map(idKey)
    const found = [
      ...(this.#byItem.get(id) ?? []),
      ...numbers.flatMap((one) => this.#byNumber.get(one) ?? []),
      ...keys.flatMap((one) => this.#byDevice.get(one) ?? []),
      ...holders.flatMap((one) => this.#byHolder.get(one) ?? []),
    ].filter((one) => isAbout(one, { keys, holders, numbers, began }))
    return new Set(found.map(({ says }) => says))
  }
}

interface Known {
  readonly keys: readonly string[]
  readonly holders: readonly string[]
  readonly numbers: readonly string[]
  readonly began: readonly Window[]
}

/** What is not known of an item speaks against nothing; an item that is named is the one that is meant, whatever else is said. */
function isAbout(statement: OwnerStatement, { keys, holders, numbers, began }: Known): boolean {
  if (statement.item !== undefined) return true
  const fits = (said: string | undefined, known: readonly string[]) =>
    said === undefined || known.length === 0 || known.includes(said)
  return (
    fits(statement.number, numbers) &&
    fits(statement.device && idKey(statement.device), keys) &&
    fits(statement.holder && idKey(statement.holder), holders) &&
    (began.length === 0 || began.some((window) => meet(window, statement.during)))
  )
}

function add(map: Map<string, OwnerStatement[]>, key: string, statement: OwnerStatement): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [statement])
  else list.push(statement)
}

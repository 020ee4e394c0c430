/**
 * Remembers what was looked up, up to a weight, then forgets everything and starts again: a phone may hold millions of
 * messages in a few hundred conversations, and a hostile one as many conversations as messages.
 */
export class BoundedCache<K, V> {
  readonly #held = new Map<K, V>()
  readonly #limit: number
  #weight = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** What is remembered for the key, else what `find` finds. `weigh` says how much room it takes; 1 where not given. */
  get(key: K, find: () => V, weigh?: (found: V) => number): V {
    const known = this.#held.get(key)
    if (known !== undefined || this.#held.has(key)) return known as V
    const found = find()
    this.#weight += weigh?.(found) ?? 1
    if (this.#weight > this.#limit) {
      this.#held.clear()
      this.#weight = weigh?.(found) ?? 1
    }
    this.#held.set(key, found)
    return found
  }
}

import type { PeelRecord } from '../records/index.ts'
import { dayOf } from './british-day.ts'
import { NO_TIME } from './filter.ts'

/** Runs one statement where the catalogue is written. */
export type Write = (sql: string, ...values: unknown[]) => void

/** What is the same for many records, numbered, and counted. */
export class Sums {
  readonly #apps = new Numbered<{ name: string; n: number }>()
  readonly #threads = new Numbered<{
    app: string
    file: string
    threaded: number
    n: number
    first: number
    last: number | null
    people: Map<number, number>
  }>()
  readonly #parties = new Numbered<{ person: string; n: number; alone: number }>()
  readonly #kinds = new Map<number, number>()
  readonly #days = new Map<number, number>()

  count(kind: number, at: number): void {
    increase(this.#kinds, kind)
    if (at < NO_TIME) increase(this.#days, dayOf(at))
  }

  app(name: string): number {
    const number = this.#apps.numberOf(name, () => ({ name, n: 0 }))
    this.#apps.at(number).n++
    return number
  }

  thread({ app, provenance: { file }, thread }: Extract<PeelRecord, { kind: 'message' }>, at: number): number {
    const number = this.#threads.numberOf(JSON.stringify([app, file, thread ?? null]), () => ({
      app,
      file,
      threaded: thread === undefined ? 0 : 1,
      n: 0,
      first: NO_TIME,
      last: null,
      people: new Map(),
    }))
    const one = this.#threads.at(number)
    one.n++
    one.first = Math.min(one.first, at)
    if (at < NO_TIME) one.last = Math.max(one.last ?? at, at)
    return number
  }

  party(person: string): number {
    return this.#parties.numberOf(person, () => ({ person, n: 0, alone: 0 }))
  }

  names(party: number, thread: number | undefined): void {
    const one = this.#parties.at(party)
    one.n++
    if (thread === undefined) one.alone++
    else increase(this.#threads.at(thread).people, party)
  }

  write(write: Write): void {
    for (const [number, { name, n }] of this.#apps.entries()) write('INSERT INTO app VALUES (?,?,?)', number, name, n)
    for (const [kind, n] of this.#kinds) write('INSERT INTO kind VALUES (?,?)', kind, n)
    for (const [day, n] of this.#days) write('INSERT INTO day VALUES (?,?)', day, n)
    for (const [number, { person, n, alone }] of this.#parties.entries())
      write('INSERT INTO party VALUES (?,?,?,?)', number, person, n, alone)
    for (const [number, { app, file, threaded, n, first, last, people }] of this.#threads.entries()) {
      write('INSERT INTO thread VALUES (?,?,?,?,?,?,?)', number, app, file, threaded, n, first, last)
      for (const [party, said] of people) write('INSERT INTO thread_party VALUES (?,?,?)', number, party, said)
    }
  }
}

/** Things by a name, numbered as they come. */
class Numbered<T> {
  readonly #all: T[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(name: string, make: () => T): number {
    let number = this.#numbers.get(name)
    if (number === undefined) this.#numbers.set(name, (number = this.#all.push(make()) - 1))
    return number
  }

  at(number: number): T {
    return this.#all[number] as T
  }

  entries(): IterableIterator<[number, T]> {
    return this.#all.entries()
  }
}

function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

import { type RecordKind, type TimeEncoding, fold, person, rawRanges, says } from '../records/index.ts'
import { isNear, type ReadyClause } from './match.ts'
import { CONDITIONS, type Condition } from './scope.ts'

/** What a table must say of itself for a scope to be compiled over it. */
export interface SqlShape {
  readonly kind: RecordKind
  readonly app: string | { readonly sql: string; readonly apps: readonly string[] }
  readonly time?: { readonly sql: string; readonly encoding: TimeEncoding }
  readonly parties: readonly SqlParty[]
  readonly body?: string
  readonly place?: { readonly lat: string; readonly lon: string }
}

export type SqlParty =
  | { readonly address: string }
  | { readonly key: string; readonly addresses: () => ReadonlyMap<string | number, readonly string[]> }

/** The part of a database that compiling needs: asking it, and giving it functions. */
export interface SqlTarget {
  readonly from: string
  all(sql: string): Record<string, unknown>[]
  define(
    name: string,
    compute: (...values: (string | number | bigint | Uint8Array | null)[]) => string | number | null,
  ): void
}

/**
 * Boolean SQL; `true` and `false` where it does not depend on the row. May be NULL for a row, which means no: whoever negates
 * it coalesces first. (It is not coalesced here, because an index serves only the bare comparison.)
 */
export type Sql = string | boolean

/** A scope over one table. */
export interface CompiledScope {
  /** rows that some clause admits */
  readonly admitted: Sql
  /** per condition: rows for which some clause holds up to and with it; the last equals `admitted` */
  readonly reached: Readonly<Record<Condition, Sql>>
  /** rows that give the condition nothing to look at */
  readonly empty: Readonly<Record<Condition, Sql>>
  /** per clause, in the scope's order: rows that it admits */
  readonly clauses: readonly { readonly id: string; readonly admitted: Sql }[]
}

/**
 * Compiles a scope to SQL over one table: the same rules as `match`, decided by the query, so that what is not admitted is
 * not read. Returns undefined when no clause asks for the table's kind. Addresses are resolved to the spellings that the
 * table holds, by asking it for its distinct parties.
 */
export function compileSql(
  scope: readonly ReadyClause[],
  shape: SqlShape,
  target: SqlTarget,
): CompiledScope | undefined {
  const asking = scope.filter(({ clause }) => clause.records.includes(shape.kind))
  if (asking.length === 0) return undefined
  const compiler = new Compiler(shape, target)
  const perClause = asking.map((clause) => ({
    id: clause.clause.id,
    conditions: CONDITIONS.map((condition) => compiler.condition(condition, clause)),
  }))
  const reached = {} as Record<Condition, Sql>
  CONDITIONS.forEach((condition, at) => {
    reached[condition] = or(perClause.map(({ conditions }) => and(conditions.slice(0, at + 1))))
  })
  return {
    admitted: reached.keyword,
    reached,
    empty: {
      app: false,
      time: shape.time ? noUsableTime(shape.time.sql, shape.time.encoding) : true,
      party: not(or(shape.parties.map((party) => compiler.named(party)))),
      place: shape.place ? `(${shape.place.lat} IS NULL OR ${shape.place.lon} IS NULL)` : true,
      keyword: shape.body ? `coalesce(${shape.body}, '') = ''` : true,
    },
    clauses: perClause.map(({ id, conditions }) => ({ id, admitted: and(conditions) })),
  }
}

class Compiler {
  readonly #shape: SqlShape
  readonly #target: SqlTarget
  readonly #spellings = new Map<SqlParty, readonly (readonly [string | number, readonly string[]])[]>()
  #defined = 0

  constructor(shape: SqlShape, target: SqlTarget) {
    this.#shape = shape
    this.#target = target
  }

  condition(condition: Condition, ready: ReadyClause): Sql {
    const { clause } = ready
    switch (condition) {
      case 'app':
        return this.#app(clause.apps)
      case 'time':
        if (clause.between === undefined) return true
        if (this.#shape.time === undefined) return false
        return timeWithin(this.#shape.time.sql, this.#shape.time.encoding, ready.from, ready.to)
      case 'party':
        return clause.with === undefined
          ? true
          : or(this.#shape.parties.map((party) => this.#concerns(party, ready.people)))
      case 'place':
        return clause.near === undefined ? true : this.#near(clause.near)
      case 'keyword':
        return clause.containing === undefined ? true : this.#says(ready)
    }
  }

  #app(apps: readonly string[] | undefined): Sql {
    const { app } = this.#shape
    if (apps === undefined) return true
    if (typeof app === 'string') return apps.includes(app)
    return apps.length === 0 ? false : `${app.sql} IN ${list(apps)}`
  }

  /** Rows of which a party column names one of these people. */
  #concerns(party: SqlParty, people: ReadonlySet<string>): Sql {
    const keys = this.#known(party)
      .filter(([, addresses]) => addresses.some((address) => address !== '' && people.has(person(address))))
      .map(([key]) => key)
    return this.#among(sqlOf(party), keys)
  }

  /** Rows of which a party column names anybody. */
  named(party: SqlParty): Sql {
    if ('address' in party) return `coalesce(${party.address}, '') <> ''`
    const keys = this.#known(party).filter(([, addresses]) => addresses.some((address) => address !== ''))
    return this.#among(
      party.key,
      keys.map(([key]) => key),
    )
  }

  #known(party: SqlParty): readonly (readonly [string | number, readonly string[]])[] {
    let known = this.#spellings.get(party)
    if (known === undefined) {
      known = 'key' in party ? [...party.addresses()] : this.#distinct(party.address)
      this.#spellings.set(party, known)
    }
    return known
  }

  #distinct(sql: string): (readonly [string, readonly string[]])[] {
    return this.#target
      .all(`SELECT DISTINCT ${sql} AS address FROM ${this.#target.from}`)
      .flatMap(({ address }) => (typeof address === 'string' ? [[address, [address]] as const] : []))
  }

  #near(near: NonNullable<ReadyClause['clause']['near']>): Sql {
    const { place } = this.#shape
    if (place === undefined) return false
    const name = this.#define('near', (lat, lon) =>
      typeof lat === 'number' && typeof lon === 'number' && isNear({ lat, lon }, near) ? 1 : 0,
    )
    return `${name}(${place.lat}, ${place.lon})`
  }

  #says(ready: ReadyClause): Sql {
    if (this.#shape.body === undefined) return false
    const every = ready.clause.containing !== undefined && 'all' in ready.clause.containing
    const name = this.#define('says', (body) => {
      if (typeof body !== 'string') return 0
      const text = fold(body)
      const said = (phrase: string) => says(text, phrase)
      return (every ? ready.phrases.length > 0 && ready.phrases.every(said) : ready.phrases.some(said)) ? 1 : 0
    })
    return `${name}(${this.#shape.body})`
  }

  /** Whether a value is among others: as a list while it is short, because an index serves that, else by a function. */
  #among(sql: string, values: readonly (string | number)[]): Sql {
    if (values.length === 0) return false
    if (values.length <= 1000) return `${sql} IN ${list(values)}`
    const set = new Set<unknown>(values)
    return `${this.#define('among', (value) => (set.has(value) ? 1 : 0))}(${sql})`
  }

  #define(what: string, compute: Parameters<SqlTarget['define']>[1]): string {
    const name = `peel_${what}_${this.#shape.kind}_${this.#defined++}`
    this.#target.define(name, compute)
    return name
  }
}

function sqlOf(party: SqlParty): string {
  return 'address' in party ? party.address : party.key
}

/** Rows whose time lies in [fromMs, toMs): a range that an index serves, and beside it the reading itself where that is finer. */
function timeWithin(sql: string, encoding: TimeEncoding, fromMs: number, toMs: number): Sql {
  const low = Math.max(fromMs, FIRST_MS)
  const high = Math.min(toMs, LAST_MS + 1)
  if (!(low < high)) return false
  const ranges = rawRanges(low, high, encoding).map(([from, to]) => {
    const range = `${sql} BETWEEN ${from} AND ${to}`
    const exact = EXACT[encoding](sql, low, high, to)
    return `(${range} AND ${exact})`
  })
  return `(typeof(${sql}) IN ('integer','real') AND ${sql} <> 0 AND (${ranges.join(' OR ')}))`
}

/**
 * Rows with no time that `instant` can read. First the few places where such values can lie, which an index serves, then the
 * reading itself. (Text sorts after every number, so the last range holds it too.)
 */
function noUsableTime(sql: string, encoding: TimeEncoding): Sql {
  const usable = timeWithin(sql, encoding, FIRST_MS, LAST_MS + 1)
  const ranges = rawRanges(FIRST_MS, LAST_MS + 1, encoding)
  const first = ranges[0]?.[0] ?? 0n
  const last = ranges.at(-1)?.[1] ?? 0n
  const between = ranges
    .slice(1)
    .map(([from], at) => `${sql} BETWEEN ${UNSURE_FROM[encoding] ?? ranges[at]?.[1]} AND ${from}`)
  const odd = [`${sql} IS NULL`, `${sql} = 0`, `${sql} <= ${first + SLACK}`, ...between, `${sql} >= ${last - SLACK}`]
  return `((${odd.join(' OR ')}) AND ${not(usable)})`
}

/** How far from a boundary the exact reading may still differ, in raw units of the coarsest encoding. */
const SLACK = 4n
/** Where seconds since 2001 pass the year 9999 and are not yet nanoseconds. */
const UNSURE_FROM: Partial<Record<TimeEncoding, bigint>> = { apple_any: 252_423_993_598n }

const FIRST_MS = 1
const LAST_MS = 253_402_300_799_999
const APPLE_EPOCH_MS = 978_307_200_000
const NANOSECONDS_FROM = 1_000_000_000_000

// The same floating-point steps as records/time.ts, so that both ways of reading agree to the last bit.
const seconds = (epoch: number) => (sql: string, from: number, to: number) =>
  `${sql} * 1000.0 + 0.5 >= ${from - epoch} AND ${sql} * 1000.0 + 0.5 < ${to - epoch}`

const EXACT: Record<TimeEncoding, (sql: string, from: number, to: number, high: bigint) => string> = {
  apple_any: (sql, from, to, high) =>
    high <= BigInt(NANOSECONDS_FROM)
      ? `${sql} < ${NANOSECONDS_FROM} AND ${seconds(APPLE_EPOCH_MS)(sql, from, to)}`
      : `${sql} < ${BigInt(to - APPLE_EPOCH_MS) * 1_000_000n}`,
  apple_seconds: seconds(APPLE_EPOCH_MS),
  unix_seconds: seconds(0),
  unix_milliseconds: (sql, from, to) => `${sql} >= ${from} AND ${sql} < ${to}`,
}

/** A list for IN, as JSON in one literal: any number of values, any characters, NUL too. */
function list(values: readonly (string | number)[]): string {
  return `(SELECT value FROM json_each('${JSON.stringify(values).replaceAll("'", "''")}'))`
}

function and(parts: readonly Sql[]): Sql {
  if (parts.includes(false)) return false
  const open = parts.filter((part) => part !== true)
  return open.length === 0 ? true : open.length === 1 ? (open[0] as Sql) : `(${open.join(' AND ')})`
}

function or(parts: readonly Sql[]): Sql {
  if (parts.includes(true)) return true
  const open = parts.filter((part) => part !== false)
  return open.length === 0 ? false : open.length === 1 ? (open[0] as Sql) : `(${open.join(' OR ')})`
}

function not(part: Sql): Sql {
  return typeof part === 'boolean' ? !part : `NOT coalesce(${part}, 0)`
}

/** Writes a condition where SQL wants text. */
export function sqlText(part: Sql): string {
  return typeof part === 'boolean' ? (part ? '1' : '0') : part
}

import { fold, person, says } from '../records/index.ts'
import type { Facts } from './facts.ts'
import { type Clause, type Condition, CONDITIONS, NOTHING_THERE, type Reason, type Scope } from './scope.ts'

/** A clause made ready to be asked often: instants parsed, people reduced, phrases folded. */
export interface ReadyClause {
  readonly clause: Clause
  readonly from: number
  readonly to: number
  readonly people: ReadonlySet<string>
  readonly phrases: readonly string[]
}

/** Whether a scope admits a record, and if not, the reason under which it is counted as left. */
export type Verdict =
  | { readonly admitted: true; readonly clauses: readonly string[] }
  | { readonly admitted: false; readonly reason: Reason | 'not_asked_for' }

/** Makes a clause ready. Throws on instants that no validated authorisation can hold. */
export function ready(clause: Clause): ReadyClause {
  const phrases =
    clause.containing === undefined ? [] : 'any' in clause.containing ? clause.containing.any : clause.containing.all
  return {
    clause,
    from: clause.between ? parsed(clause.between.from) : Number.NEGATIVE_INFINITY,
    to: clause.between ? parsed(clause.between.to) : Number.POSITIVE_INFINITY,
    people: new Set(clause.with?.map(person)),
    phrases: phrases.map(fold),
  }
}

function parsed(instant: string): number {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) throw new TypeError('not an instant')
  return ms
}

/** Decides one record in memory. */
export function match(facts: Facts, scope: readonly ReadyClause[]): Verdict {
  const clauses: string[] = []
  let furthest = -1
  for (const clause of scope) {
    if (!clause.clause.records.includes(facts.kind)) continue
    const failed = CONDITIONS.findIndex((condition) => !holds(condition, facts, clause))
    if (failed === -1) clauses.push(clause.clause.id)
    else furthest = Math.max(furthest, failed)
  }
  if (clauses.length > 0) return { admitted: true, clauses }
  if (furthest === -1) return { admitted: false, reason: 'not_asked_for' }
  return { admitted: false, reason: reasonFor(CONDITIONS[furthest] as Condition, facts) }
}

/** Whether one condition of a clause holds for a record. A condition that the clause does not set holds. */
export function holds(condition: Condition, facts: Facts, { clause, from, to, people, phrases }: ReadyClause): boolean {
  switch (condition) {
    case 'app':
      return clause.apps === undefined || clause.apps.includes(facts.app)
    case 'time':
      return clause.between === undefined || (facts.time !== undefined && from <= facts.time && facts.time < to)
    case 'party':
      return clause.with === undefined || facts.addresses.some((address) => people.has(person(address)))
    case 'place':
      return clause.near === undefined || (facts.place !== undefined && isNear(facts.place, clause.near))
    case 'keyword': {
      if (clause.containing === undefined) return true
      const text = fold(facts.body ?? '')
      const said = (phrase: string) => says(text, phrase)
      return 'any' in clause.containing ? phrases.some(said) : phrases.length > 0 && phrases.every(said)
    }
  }
}

/** Names the reason under which a record that fails a condition is counted. */
export function reasonFor(condition: Condition, facts: Facts): Reason {
  return hasNothingFor(condition, facts) ? NOTHING_THERE[condition] : condition
}

function hasNothingFor(condition: Condition, facts: Facts): boolean {
  switch (condition) {
    case 'app':
      return false
    case 'time':
      return facts.time === undefined
    case 'party':
      return facts.addresses.length === 0
    case 'place':
      return facts.place === undefined
    case 'keyword':
      return facts.body === undefined || facts.body === ''
  }
}

const EARTH_RADIUS_METRES = 6_371_008.8

/** Whether two points lie within a radius, along the great circle on a sphere of the mean Earth radius (error below 0.6 %). */
export function isNear(
  place: { lat: number; lon: number },
  near: { lat: number; lon: number; radius_metres: number },
): boolean {
  const radians = Math.PI / 180
  const dLat = (place.lat - near.lat) * radians
  const dLon = (place.lon - near.lon) * radians
  const a =
    Math.sin(dLat / 2) ** 2 + Math.cos(place.lat * radians) * Math.cos(near.lat * radians) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(a))) <= near.radius_metres
}

/** Makes a whole scope ready. */
export function readyScope(scope: Scope): ReadyClause[] {
  return scope.map(ready)
}

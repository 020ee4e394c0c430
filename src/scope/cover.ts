import { fold, person, says } from '../records/index.ts'
import { isNear } from './match.ts'
import type { Clause } from './scope.ts'

/**
 * Whether everything that `inner` takes `outer` takes too, context and attachments included. Errs on the side of no: a yes
 * is certain.
 */
export function covers(outer: Clause, inner: Clause): boolean {
  return (
    inner.records.every((kind) => outer.records.includes(kind)) &&
    (outer.apps === undefined || (inner.apps?.every((app) => outer.apps?.includes(app)) ?? false)) &&
    coversTime(outer.between, inner.between) &&
    coversPeople(outer.with, inner.with) &&
    coversPlace(outer.near, inner.near) &&
    coversWords(outer.containing, inner.containing) &&
    (outer.context ?? 0) >= (inner.context ?? 0) &&
    (outer.attachments === true || inner.attachments !== true)
  )
}

function coversTime(outer: Clause['between'], inner: Clause['between']): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  return Date.parse(outer.from) <= Date.parse(inner.from) && Date.parse(inner.to) <= Date.parse(outer.to)
}

function coversPeople(outer: Clause['with'], inner: Clause['with']): boolean {
  if (outer === undefined) return true
  const people = new Set(outer.map(person))
  return inner?.every((address) => people.has(person(address))) ?? false
}

function coversPlace(outer: Clause['near'], inner: Clause['near']): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  if (outer.lat === inner.lat && outer.lon === inner.lon) return outer.radius_metres >= inner.radius_metres
  // A metre less than it could be, so that rounding never turns a no into a yes.
  const room = outer.radius_metres - inner.radius_metres - 1
  return room > 0 && isNear(inner, { lat: outer.lat, lon: outer.lon, radius_metres: room })
}

/** A text that says a longer phrase says every shorter one inside it. */
function coversWords(outer: Clause['containing'], inner: Clause['containing']): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  const wanted = ('any' in outer ? outer.any : outer.all).map(fold)
  const given = ('any' in inner ? inner.any : inner.all).map(fold)
  const implied = (want: string) =>
    'any' in inner ? given.every((text) => says(text, want)) : given.some((text) => says(text, want))
  if ('all' in outer) return wanted.length > 0 && wanted.every(implied)
  return 'any' in inner
    ? given.every((text) => wanted.some((want) => says(text, want)))
    : given.some((text) => wanted.some((want) => says(text, want)))
}

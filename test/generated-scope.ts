import { addressesOf, type OracleClause, type TruthRecord } from './oracle.ts'

/** A small generator of random numbers, so that every run makes the same authorisations (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Makes a scope of one to three clauses out of what the phone holds, so that it takes something, not nothing or everything. */
export function generateScope(records: TruthRecord[], random: () => number): OracleClause[] {
  const chance = (p: number) => random() < p
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const some = <T>(values: readonly T[], p: number) => values.filter(() => chance(p))
  const kinds = [...new Set(records.map(({ kind }) => kind))]
  const times = records.flatMap(({ time }) => (time === undefined ? [] : [Date.parse(time)])).sort((a, b) => a - b)
  const addresses = [...new Set(records.flatMap(addressesOf))].filter((address) => address !== '')
  const bodies = records.flatMap(({ body }) => (body === undefined || body === '' ? [] : [body]))
  const places = records.flatMap(({ place }) => place ?? [])
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, at) => {
    const wanted = some(kinds, 0.5)
    const clause: OracleClause = { id: `C${at + 1}`, records: wanted.length > 0 ? wanted : [one(kinds)] }
    if (chance(0.3))
      clause.apps = distinct([one(records).app, ...some(['sms', 'whatsapp', 'phone', 'contacts', 'camera'], 0.2)])
    if (chance(0.6)) {
      const [a, b] = [one(times), one(times)].sort((x, y) => x - y) as [number, number]
      clause.between = {
        from: new Date(a).toISOString(),
        to: new Date(b + (chance(0.5) ? 1 : 0) + (a === b ? 1 : 0)).toISOString(),
      }
    }
    if (chance(0.45))
      clause.with = distinct(
        Array.from({ length: 1 + Math.floor(random() * 2) }, () => respell(one(addresses), random)),
      )
    if (chance(0.3)) {
      const drawn = Array.from({ length: 1 + Math.floor(random() * 2) }, () => phraseFrom(one(bodies), random))
      const phrases = distinct(drawn.filter((phrase) => /[\p{L}\p{N}]/u.test(phrase)))
      if (phrases.length > 0) clause.containing = chance(0.7) ? { any: phrases } : { all: phrases }
    }
    if (chance(0.1) && places.length > 0) clause.near = { ...one(places), radius_metres: one([50, 500, 5000]) }
    if (chance(0.3)) clause.context = one([1, 2, 5])
    if (chance(0.4)) clause.attachments = true
    return clause
  })
}

/** An authorisation names nothing twice. */
function distinct(values: string[]): string[] {
  return [...new Set(values)]
}

/** The same person in another spelling. */
function respell(address: string, random: () => number): string {
  const number = /^(?:\+44|0044|0|44)(\d{10})(?:@s\.whatsapp\.net)?$/.exec(address.replace(/[\s()-]/g, ''))?.[1]
  if (number === undefined) return random() < 0.5 ? address.toUpperCase() : address
  const spellings = [
    `+44${number}`,
    `0${number}`,
    `0044${number}`,
    `0${number.slice(0, 4)} ${number.slice(4)}`,
    `+44 ${number.slice(0, 4)} ${number.slice(4)}`,
  ]
  return spellings[Math.floor(random() * spellings.length)] as string
}

function phraseFrom(body: string, random: () => number): string {
  const words = body.split(/\s+/)
  const at = Math.floor(random() * words.length)
  const phrase = words.slice(at, at + 1 + Math.floor(random() * 2)).join(' ')
  return random() < 0.5 ? phrase.toUpperCase() : phrase
}

// What a scope admits, decided a second time: plain, slow, and from the published rules alone (docs/formats/authorisation.md).
// It shares no line with src/scope, so that a mistake there is not a mistake here.

export interface TruthRecord {
  kind: string
  app: string
  time?: string
  from?: { address: string; also?: string[] }
  to?: { address: string; also?: string[] }[]
  addresses?: { address: string }[]
  thread?: string
  body?: string
  place?: { lat: number; lon: number }
  attachments: { name: string; taken: boolean; sha256?: string }[]
}

export interface OracleClause {
  id: string
  records: string[]
  apps?: string[]
  between?: { from: string; to: string }
  with?: string[]
  containing?: { any?: string[]; all?: string[] }
  near?: { lat: number; lon: number; radius_metres: number }
  context?: number
  attachments?: boolean
}

export interface Picked {
  clauses: string[]
  context: boolean
  media: boolean
}

/** Which records a scope takes, by their place in the truth. */
export function pick(records: TruthRecord[], scope: OracleClause[]): Map<number, Picked> {
  const picked = new Map<number, Picked>()
  records.forEach((record, at) => {
    const clauses = scope.filter((clause) => admits(record, clause))
    if (clauses.length > 0)
      picked.set(at, {
        clauses: clauses.map(({ id }) => id),
        context: false,
        media: clauses.some(({ attachments }) => attachments === true),
      })
  })
  const beside = new Map<number, string[]>()
  for (const clause of scope) {
    for (const at of besideAdmitted(records, clause))
      if (!picked.has(at)) beside.set(at, [...(beside.get(at) ?? []), clause.id])
  }
  for (const [at, clauses] of beside) picked.set(at, { clauses, context: true, media: false })
  return picked
}

function besideAdmitted(records: TruthRecord[], clause: OracleClause): Set<number> {
  const found = new Set<number>()
  if (!clause.context) return found
  const threads = new Map<string, number[]>()
  records.forEach((record, at) => {
    if (record.kind !== 'message' || record.thread === undefined || record.time === undefined) return
    const key = JSON.stringify([record.app, record.thread])
    threads.set(key, [...(threads.get(key) ?? []), at])
  })
  for (const thread of threads.values()) {
    thread.sort((a, b) => Date.parse(records[a]?.time ?? '') - Date.parse(records[b]?.time ?? ''))
    thread.forEach((at, position) => {
      if (!admits(records[at] as TruthRecord, clause)) return
      for (let near = position - (clause.context ?? 0); near <= position + (clause.context ?? 0); near++) {
        const neighbour = thread[near]
        if (neighbour !== undefined && !admits(records[neighbour] as TruthRecord, clause)) found.add(neighbour)
      }
    })
  }
  return found
}

export function admits(record: TruthRecord, clause: OracleClause): boolean {
  if (!clause.records.includes(record.kind)) return false
  if (clause.apps && !clause.apps.includes(record.app)) return false
  if (clause.between) {
    if (record.time === undefined) return false
    const at = Date.parse(record.time)
    if (at < Date.parse(clause.between.from) || at >= Date.parse(clause.between.to)) return false
  }
  if (clause.with) {
    const wanted = new Set(clause.with.map(who))
    if (!addressesOf(record).some((address) => wanted.has(who(address)))) return false
  }
  if (clause.near) {
    if (record.place === undefined) return false
    if (metres(record.place, clause.near) > clause.near.radius_metres) return false
  }
  if (clause.containing) {
    const text = wordsOf(record.body ?? '')
    const says = (phrase: string) => contains(text, wordsOf(phrase))
    if (clause.containing.any && !clause.containing.any.some(says)) return false
    if (clause.containing.all && !clause.containing.all.every(says)) return false
  }
  return true
}

export function addressesOf(record: TruthRecord): string[] {
  const parties = [...(record.from ? [record.from] : []), ...(record.to ?? [])]
  return [
    ...parties.flatMap(({ address, also }) => [address, ...(also ?? [])]),
    ...(record.addresses ?? []).map(({ address }) => address),
  ]
}

/** Good for the numbers that the samples hold: British ones, short codes, names, e-mail addresses, JIDs. */
export function who(address: string): string {
  const jid = /^(\d+)@s\.whatsapp\.net$/.exec(address)
  if (jid) return `+${jid[1]}`
  if (/[@a-z]/i.test(address)) return address.toLowerCase()
  const digits = address.replace(/[^\d+]/g, '')
  if (digits.startsWith('+')) return digits
  if (digits.startsWith('00')) return `+${digits.slice(2)}`
  if (digits.startsWith('0')) return `+44${digits.slice(1)}`
  if (/^44\d{10}$/.test(digits)) return `+${digits}`
  return digits
}

function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
  const words: string[] = []
  let word = ''
  const end = () => {
    if (word) words.push(word)
    word = ''
  }
  for (const letter of plain) {
    if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}/u.test(letter)) {
      end()
      words.push(letter)
    } else if (/[\p{L}\p{N}\p{M}]/u.test(letter)) word += letter
    else end()
  }
  end()
  return words
}

function contains(text: string[], phrase: string[]): boolean {
  if (phrase.length === 0) return false
  return text.some((_, at) => phrase.every((word, offset) => text[at + offset] === word))
}

function metres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = (degrees: number) => (degrees / 180) * Math.PI
  // The law of cosines, where the code under test uses haversines.
  const cosine =
    Math.sin(rad(a.lat)) * Math.sin(rad(b.lat)) +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.cos(rad(a.lon - b.lon))
  return 6_371_008.8 * Math.acos(Math.min(1, cosine))
}

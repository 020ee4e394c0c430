import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { britishDay, isMidnight, person, type RecordKind, writtenDay, writtenMoment } from '../records/index.ts'
import type { Clause, Scope } from './scope.ts'

/** What each kind is called in words that somebody reads who has never seen a database. */
export const KIND_WORDS: Readonly<Record<RecordKind, string>> = {
  message: 'messages',
  call: 'calls',
  contact: 'contacts',
  media_item: 'pictures and videos',
  location: 'places that the phone recorded',
  web_visit: 'web pages visited',
  calendar_entry: 'calendar entries',
  note: 'notes',
  voicemail: 'voicemails',
  installed_app: 'names of installed apps',
  account: 'names of accounts',
}

const APP_WORDS: ReadonlyMap<string, string> = new Map([
  ['sms', 'text messaging (SMS, MMS, iMessage)'],
  ['whatsapp', 'WhatsApp'],
  ['phone', 'the phone’s own call list'],
  ['facetime', 'FaceTime'],
  ['contacts', 'the address book'],
  ['camera', 'the camera'],
])

/**
 * In whose time a window is read out. `as-stated`: in the zone in which the document gives each instant, which is said with each. `uk`: as clocks
 * in Britain show it, for people here; whole days are named by their days. The instants are the same.
 */
export type Times = 'as-stated' | 'uk'

/**
 * Says in plain English what a scope allows to be taken: one paragraph for each clause, in their order, and one sentence for
 * the empty scope. `linesOfEnquiry` adds what each clause is for. The same on every machine, in every zone and locale.
 */
export function describeScope(
  scope: Scope,
  linesOfEnquiry: readonly { readonly id: string; readonly proposition: string }[] = [],
  times: Times = 'as-stated',
): string[] {
  return listScope(scope, linesOfEnquiry, times).map(({ text, limits }) =>
    limits.length === 0 ? text : `${[text, ...limits].join('; ')}.`,
  )
}

/** Says the same for a page that has room: what each clause allows, and apart from it what limits or widens that. */
export function listScope(
  scope: Scope,
  linesOfEnquiry: readonly { readonly id: string; readonly proposition: string }[] = [],
  times: Times = 'as-stated',
): { readonly text: string; readonly limits: readonly string[] }[] {
  if (scope.length === 0) return [{ text: 'Nothing may be taken: the scope is empty.', limits: [] }]
  return scope.map((clause) => {
    const line = linesOfEnquiry.find(({ id }) => id === clause.line_of_enquiry)
    const purpose = line === undefined ? clause.line_of_enquiry : `${line.id}: ${line.proposition.trim()}`
    const { what, limits } = describeParts(clause, times)
    return { text: `${clause.id}, for line of enquiry ${purpose.replace(/[.\s]+$/, '')}. ${what}`, limits }
  })
}

/** What one clause allows: what and where from, then what limits or widens it, each a phrase without a full stop. */
export function describeParts(
  clause: Clause,
  times: Times = 'as-stated',
): { readonly what: string; readonly limits: readonly string[] } {
  if (isOfRecordings(clause)) return describeRecordings(clause)
  const limits: string[] = []
  if (clause.between) limits.push(`only ${WINDOW_WORDS[times](clause.between)}`)
  if (clause.with)
    limits.push(
      `only with ${either(clause.with.map(describePerson), 'or')}${
        clause.records.includes('message')
          ? ' (a message in a group counts when that person sent it or is in the group)'
          : ''
      }`,
    )
  if (clause.containing) limits.push(describeWords(clause.containing))
  if (clause.near)
    limits.push(
      `only within ${clause.near.radius_metres} metres of latitude ${clause.near.lat}, longitude ${clause.near.lon}`,
    )
  const missing = limits.length === 0 ? LIMITS.map(({ of }) => of) : missingLimits(clause)
  if (missing.length > 0) limits.push(`without any limit of ${either(missing, 'or')}`)
  if (clause.records.includes('message') && (clause.context ?? 0) > 0)
    limits.push(
      `with up to ${clause.context} ${clause.context === 1 ? 'message' : 'messages'} before and after each in the same conversation, marked as context, ${either(
        [
          'whoever wrote them',
          'whatever they say',
          ...(clause.between ? ['even if outside these dates'] : []),
          ...(clause.with ? ['even if with other people'] : []),
        ],
        'and',
      )}`,
    )
  const files = filesOf(clause)
  if (files !== undefined)
    limits.push(
      clause.attachments ? `${files}: taken` : `${files}: not taken, only that they are there and their names`,
    )
  return { what: `${capital(either(clause.records.map(describeKind), 'and'))} ${describeApps(clause)}`, limits }
}

/** Whether a clause is of recordings that are kept from an archive, and of nothing on a phone (docs/formats/authorisation.md). */
function isOfRecordings({ records, apps }: Clause): boolean {
  return records.every((kind) => kind === 'call') && apps?.length === 1 && apps[0] === 'call-recording'
}

function describeRecordings({ attachments }: Clause): { what: string; limits: string[] } {
  return {
    what: `Recordings of calls (with whom and when${attachments ? ', and what was said' : ', not what was said'})`,
    limits: ['only those of the set that is named as the device, by its digest'],
  }
}

/** What may limit a clause, and the kinds that have it. */
const LIMITS: readonly {
  readonly of: string
  readonly by: keyof Clause
  readonly kinds: readonly RecordKind[]
}[] = [
  {
    of: 'time',
    by: 'between',
    kinds: ['message', 'call', 'media_item', 'location', 'web_visit', 'calendar_entry', 'note', 'voicemail'],
  },
  { of: 'person', by: 'with', kinds: ['message', 'call', 'contact', 'voicemail'] },
  { of: 'words', by: 'containing', kinds: ['message', 'note'] },
  { of: 'place', by: 'near', kinds: ['media_item', 'location'] },
]

/** Limits that a clause could set for its kinds and does not: whoever decides sees them beside those that it sets. */
function missingLimits(clause: Clause): string[] {
  return LIMITS.filter(
    ({ by, kinds }) => clause[by] === undefined && kinds.some((kind) => clause.records.includes(kind)),
  ).map(({ of }) => of)
}

function describeApps({ apps, records }: Clause): string {
  if (apps !== undefined)
    return `from ${either(
      apps.map((app) => APP_WORDS.get(app) ?? `“${app}”`),
      'and',
    )}`
  return records.length === 1 ? 'from every app that holds them' : 'from every app that holds any of them'
}

function describeWords(containing: NonNullable<Clause['containing']>): string {
  const [words, sense] = 'any' in containing ? [containing.any, 'or' as const] : [containing.all, 'and' as const]
  const quoted = either(
    words.map((word) => `“${word}”`),
    sense,
  )
  const how = words.length > 1 && sense === 'and' ? `all of ${quoted}` : quoted
  return `only those whose text contains ${how}, as whole words, in capitals or not, with accents or not`
}

function describeKind(kind: RecordKind): string {
  const held = HELD[kind]
  return held === undefined ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} (${held})`
}

/** What of a kind is taken, where its name could be read as more or as less. */
const HELD: Readonly<Partial<Record<RecordKind, string>>> = {
  message: 'with what they say',
  call: 'with whom and when, not what was said',
}

/** What `attachments` is about in this clause; undefined where its kinds have no files. */
function filesOf({ records }: Clause): string | undefined {
  const withFiles = records.filter(canHoldFiles)
  if (withFiles.length === 0) return undefined
  return withFiles.every((kind) => kind === 'media_item')
    ? 'the pictures and videos themselves'
    : 'pictures and other files belonging to them'
}

const FILES: ReadonlySet<RecordKind> = new Set(['message', 'media_item', 'voicemail', 'note'])

/** Whether files can belong to a kind of record, or are what it is. */
export function canHoldFiles(kind: RecordKind): boolean {
  return FILES.has(kind)
}

/** A telephone number as people write it, everything else as it stands. */
export function describePerson(address: string): string {
  const reduced = person(address)
  const number = reduced.startsWith('+') ? parsePhoneNumberFromString(reduced) : undefined
  return number ? number.formatInternational() : reduced.includes('@') ? reduced : address.trim()
}

type Window = NonNullable<Clause['between']>

const WINDOW_WORDS: Readonly<Record<Times, (window: Window) => string>> = {
  'as-stated': ({ from, to }) => `from ${describeInstant(from)} up to, but not including, ${describeInstant(to)}`,
  uk: ({ from, to }) => {
    // The end is not included: one at midnight is the end of the day before.
    const last = isMidnight(to) ? britishDay(Date.parse(to) - 1) : undefined
    if (isMidnight(from) && last === britishDay(from)) return `on ${writtenDay(last)} (UK time)`
    const begins = isMidnight(from) ? `the start of ${writtenDay(britishDay(from))}` : writtenMoment(from)
    const ends =
      last === undefined ? `up to, but not including, ${writtenMoment(to)}` : `to the end of ${writtenDay(last)}`
    return `from ${begins} ${ends} (UK time)`
  },
}

/** An instant in the zone in which the document gives it: nobody who reads it has to calculate. */
function describeInstant(instant: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.exec(instant)
  if (!match) return instant
  const [, day = '', minute, second = '', zone = 'Z'] = match
  const exact = /^:00(?:\.0+)?$/.test(second) ? '' : second
  const name = /^(?:z|[+-]00:00)$/i.test(zone) ? 'UTC' : `UTC${zone}`
  return `${writtenDay(day)} at ${minute}${exact} (${name})`
}

function either(words: readonly string[], joint: 'and' | 'or'): string {
  if (words.length <= 1) return words[0] ?? 'nobody and nothing'
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

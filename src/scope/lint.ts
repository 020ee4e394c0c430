import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { fold, person, type RecordKind } from '../records/index.ts'
import { covers } from './cover.ts'
import { KIND_WORDS } from './describe.ts'
import type { Clause, Scope } from './scope.ts'

/** Something an authorising officer should think about twice. The scope is valid nevertheless. */
export interface Warning {
  /** stable name, e.g. `no_time_limit` */
  readonly code: string
  /** id of the clause; absent where it is about the whole */
  readonly clause?: string
  readonly message: string
}

const LONG_PERIOD_DAYS = 90
const LARGE_CONTEXT = 20
const LARGE_RADIUS_METRES = 5000
const DAY = 24 * 60 * 60 * 1000

/** Gives what is doubtful about a scope, clause by clause, in words an authorising officer reads (law rows B5, B21, C5). */
export function lintScope(scope: Scope): Warning[] {
  if (scope.length === 0) return [{ code: 'no_clauses', message: 'The scope is empty: nothing will be taken.' }]
  return scope.flatMap((clause, at) => [
    ...limitWarnings(clause),
    ...wordWarnings(clause),
    ...personWarnings(clause),
    ...reachWarnings(clause),
    ...neverWarnings(clause),
    ...overlapWarnings(clause, at, scope),
  ])
}

/** What a kind of record can hold for a condition to look at. Kinds read by nothing yet are given the benefit of the doubt. */
const WITHOUT: Readonly<Record<'between' | 'with' | 'near' | 'containing', ReadonlySet<RecordKind>>> = {
  between: new Set(['contact', 'installed_app', 'account']),
  with: new Set(['media_item', 'location', 'web_visit', 'note', 'installed_app']),
  near: new Set(['call', 'contact', 'web_visit', 'note', 'voicemail', 'installed_app', 'account']),
  containing: new Set(['call', 'contact', 'media_item', 'location', 'installed_app', 'account']),
}

/** Whether a kind of record holds anything that a condition could look at: a contact has no time, a call no words. */
export function canHold(kind: RecordKind, condition: keyof typeof WITHOUT): boolean {
  return !WITHOUT[condition].has(kind)
}

function limitWarnings(clause: Clause): Warning[] {
  const warnings: Warning[] = []
  const warn = (code: string, message: string) => warnings.push({ code, clause: clause.id, message })
  const can = (condition: keyof typeof WITHOUT) => clause.records.some((kind) => canHold(kind, condition))
  const limited = clause.between || clause.with || clause.near || clause.containing
  if (!limited && !clause.apps)
    warn('everything', `No limit at all: every one of the phone's ${kinds(clause.records)} would be taken.`)
  if (!clause.between && can('between'))
    warn(
      'no_time_limit',
      'No time limit: the whole history of the phone would be taken. Is there a day before which, or after which, nothing matters?',
    )
  if (clause.between) {
    const days = (Date.parse(clause.between.to) - Date.parse(clause.between.from)) / DAY
    if (days > LONG_PERIOD_DAYS)
      warn(
        'long_period',
        `The period is ${Math.ceil(days)} days, longer than ${LONG_PERIOD_DAYS}. Can it be shortened, or divided into shorter ones?`,
      )
  }
  if (!clause.with && !clause.containing && (can('with') || can('containing') || !clause.near))
    warn(
      'no_party_or_keyword',
      'No person and no words: everybody the user was in touch with is drawn in. Who, or what, is looked for?',
    )
  if (!clause.apps) warn('all_apps', 'All apps: name those in which the line of enquiry expects something.')
  if (clause.attachments && !clause.with && !clause.containing && !clause.near)
    warn(
      'attachments_without_need',
      'Pictures and files are taken whoever they are from and whatever they are about. Would their names be enough, or a narrower clause?',
    )
  return warnings
}

function wordWarnings(clause: Clause): Warning[] {
  const { containing } = clause
  if (!containing) return []
  const every = 'all' in containing
  return (every ? containing.all : containing.any).flatMap((word): Warning[] => {
    const folded = fold(word).trim()
    const warn = (code: string, message: string) => [{ code, clause: clause.id, message: `“${word}” ${message}` }]
    if (folded === '')
      return warn(
        'keyword_never_matches',
        `has no letter, digit or sign that could be looked for: no text contains it${every ? ', so the whole clause takes nothing' : ''}.`,
      )
    if (COMMON.has(folded)) return warn('keyword_common', 'is in nearly every conversation: it hardly limits anything.')
    if (/^[a-z0-9]{1,2}$/.test(folded)) return warn('keyword_short', 'is very short: it will be found by chance.')
    return []
  })
}

/** The words that every conversation holds; from the head of any frequency list of English. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she or an will my ' +
    'one all would there their what so up out if about who get which go me when make can like time no just him know take people ' +
    'into year your good some could them see other than then now look only come its over think also back after use two how our ' +
    'work first well way even new want because any these give day most us is are was were am yes ok okay hi hello hey thanks lol'
  ).split(' '),
)

function personWarnings(clause: Clause): Warning[] {
  return (clause.with ?? []).flatMap((address): Warning[] => {
    const reduced = person(address)
    if (!/[\p{L}\p{N}]/u.test(reduced))
      return [
        {
          code: 'person_never_matches',
          clause: clause.id,
          message: 'One of the addresses has neither letters nor digits: nobody has it.',
        },
      ]
    if (/^\+?\d{7,}$/.test(reduced) && !parsePhoneNumberFromString(reduced)?.isPossible())
      return [
        {
          code: 'person_doubtful',
          clause: clause.id,
          message: `“${address}” is no telephone number of any country as it stands: check its digits, and write it with + and the country code.`,
        },
      ]
    return []
  })
}

function reachWarnings(clause: Clause): Warning[] {
  const warnings: Warning[] = []
  const warn = (code: string, message: string) => warnings.push({ code, clause: clause.id, message })
  if ((clause.context ?? 0) > LARGE_CONTEXT)
    warn(
      'large_context',
      `${clause.context} messages either side are taken whatever they say. Would fewer show the sense?`,
    )
  if ((clause.context ?? 0) > 0 && !clause.records.includes('message'))
    warn('context_without_messages', 'Context is of messages, and this clause asks for none.')
  if (clause.near && clause.near.radius_metres > LARGE_RADIUS_METRES)
    warn('large_radius', `A radius of ${clause.near.radius_metres} metres takes in a whole town.`)
  return warnings
}

const NEVER = {
  between: ['kind_without_time', 'have no time, so none of them passes the period'],
  with: ['kind_without_party', 'name no other person, so none of them passes “with”'],
  near: ['kind_without_place', 'have no place, so none of them passes “near”'],
  containing: ['kind_without_text', 'have no text, so none of them passes “containing”'],
} as const

/** Kinds that a clause asks for and can never give, because they hold nothing for one of its conditions. */
function neverWarnings(clause: Clause): Warning[] {
  return (['between', 'with', 'near', 'containing'] as const).flatMap((condition): Warning[] => {
    const never = clause.records.filter((kind) => WITHOUT[condition].has(kind))
    if (clause[condition] === undefined || never.length === 0) return []
    const [code, why] = NEVER[condition]
    return [
      {
        code,
        clause: clause.id,
        message: `${capital(kinds(never))} ${why}. If they are needed, give them a clause of their own.`,
      },
    ]
  })
}

function overlapWarnings(clause: Clause, at: number, scope: Scope): Warning[] {
  const outer = scope.find(
    (other, place) => place !== at && covers(other, clause) && (place < at || !covers(clause, other)),
  )
  return outer
    ? [
        {
          code: 'clause_inside_another',
          clause: clause.id,
          message: `Everything it takes, ${outer.id} takes already. Was one of the two meant to be narrower?`,
        },
      ]
    : []
}

function kinds(records: readonly RecordKind[]): string {
  const words = records.map((kind) => KIND_WORDS[kind])
  return words.length <= 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

import type { Authorisation, LineOfEnquiry } from '../../authorisation/index.ts'
import type { Clause } from '../../scope/index.ts'
import type { CodeAnswer } from './code-of-practice.ts'
import type { OtherUser } from './other-users.ts'
import type { SensitiveProcessing } from './sensitive-processing.ts'
import { type ClauseChange, type ClauseStep, type Unfinished, withStep } from './clause-steps.ts'

/** The members of a peel-authorisation/1 document that a request may hold before anybody decides, in the document's own names. */
export type Draft = Partial<
  Pick<
    Authorisation,
    | 'power'
    | 'purpose'
    | 'without_agreement'
    | 'coroner'
    | 'instrument'
    | 'device'
    | 'lines_of_enquiry'
    | 'scope'
    | 'necessity'
    | 'proportionality'
    | 'alternatives'
    | 'excess_information'
    | 'confidential_information'
  >
>

/** What a line of enquiry rests on (law row B3): a proposition alone is no belief. */
export interface LineBelief {
  /** CPIA Code para 3.5: whether it points towards the suspect or away; a line may do both */
  readonly direction: 'towards' | 'away' | 'either'
  /** what is sought */
  readonly data: string
  /** the facts that make one believe that it is there */
  readonly facts: string
}

/** What answers the question without the phone (law row A14). */
export const INSTEAD = [
  'user-shows-it',
  'another-device',
  'provider',
  'witness',
  'records-held',
  'cctv-or-other-footage',
  'not-a-reasonable-line',
  'other',
] as const
export type Instead = (typeof INSTEAD)[number]

/** What the law asks somebody to believe or weigh, and the document has no member for. */
export interface Beliefs {
  /** PCSC Act 2022 s.37(12): why this power and not another (law row B9) */
  readonly why_power?: string
  /** who is missing, or who is at risk and of what: PCSC Act 2022 s.37(2)(b), (c), (4) (law row B2) */
  readonly purpose_facts?: string
  readonly lines?: Readonly<Record<string, LineBelief>>
  /** DPA 2018 s.44: who else is on the phone, and what is done for them (law row G11) */
  readonly third_parties?: string
  /** why the scope names what gives away health, belief or sexual life (law rows G3, G12) */
  readonly sensitive?: string
  /** clauses of which something has not been answered: they take nothing until everything has */
  readonly unfinished?: Readonly<Record<string, Unfinished>>
  /** DPA 2018 s.35(5), Schedule 8 (law row C3) */
  readonly sensitive_processing?: SensitiveProcessing
  /** whether each further user of the device agrees, or why not (law row B1) */
  readonly other_users?: readonly OtherUser[]
  /** regard to the code of practice, with departures (law row B8) */
  readonly code?: CodeAnswer
  readonly no_phone?: { readonly instead: Instead; readonly reason: string }
  /** what was written of more than is asked for now: `necessity`, `proportionality`, ids of lines; each goes when it is saved anew (law row B29) */
  readonly look_again?: readonly string[]
}

/** Everything that somebody has written so far. */
export interface Written {
  readonly document: Draft
  readonly beliefs: Beliefs
}

/** One answer to one question of the request. */
export type Answer =
  | ({ readonly part: 'power'; readonly power: Authorisation['power']; readonly why: string } & Pick<
      Authorisation,
      'without_agreement' | 'coroner' | 'instrument'
    >)
  | { readonly part: 'purpose'; readonly purpose: Authorisation['purpose']; readonly facts?: string }
  /** without an id: another line */
  | { readonly part: 'line'; readonly line: Omit<LineOfEnquiry, 'id'> & LineBelief & { readonly id?: string } }
  | { readonly part: 'line_removed'; readonly id: string }
  /**
   * without an id: another clause. With a step: one answer of several, and the clause asks for nothing until all are given, so that no limit is left out
   * unsaid. Without: the whole clause at once.
   */
  | { readonly part: 'clause'; readonly id?: string; readonly change: ClauseChange; readonly step?: ClauseStep }
  | { readonly part: 'clause_removed'; readonly id: string }
  | { readonly part: 'sensitive'; readonly text: string }
  | { readonly part: 'alternatives'; readonly rows: NonNullable<Authorisation['alternatives']> }
  | { readonly part: 'third_parties'; readonly text: string }
  | { readonly part: 'necessity'; readonly text: string }
  | { readonly part: 'proportionality'; readonly text: string }
  | ({ readonly part: 'sensitive_processing' } & SensitiveProcessing)
  | { readonly part: 'other_users'; readonly users: readonly OtherUser[] }
  | ({ readonly part: 'code' } & CodeAnswer)
  | ({ readonly part: 'excess' } & Authorisation['excess_information'])
  | ({ readonly part: 'confidential' } & Authorisation['confidential_information'])

/** Puts an answer into what is written. Pure; an answer replaces the one before it, and takes nothing else away but what it contradicts. */
export function answered(written: Written, answer: Answer): Written {
  const { document, beliefs } = replaced(written, answer)
  const seen = answer.part === 'line' ? answer.line.id : answer.part === 'line_removed' ? answer.id : answer.part
  const left = beliefs.look_again?.filter((one) => one !== seen) ?? []
  return { document, beliefs: defined({ ...beliefs, look_again: unlessEmpty(left) }) }
}

function replaced(written: Written, answer: Answer): Written {
  const { document, beliefs } = written
  switch (answer.part) {
    case 'power':
      return withPower(written, answer)
    case 'purpose':
      return {
        document: { ...document, purpose: answer.purpose },
        beliefs: defined({ ...beliefs, purpose_facts: answer.facts }),
      }
    case 'line':
      return withLine(written, answer.line)
    case 'line_removed':
      return {
        document: defined({
          ...document,
          lines_of_enquiry: unlessEmpty(without(document.lines_of_enquiry, answer.id)),
        }),
        beliefs: {
          ...beliefs,
          lines: Object.fromEntries(Object.entries(beliefs.lines ?? {}).filter(([id]) => id !== answer.id)),
        },
      }
    case 'clause':
      return withClause(written, answer)
    case 'clause_removed': {
      const { [answer.id]: _, ...unfinished } = beliefs.unfinished ?? {}
      return {
        document: { ...document, scope: without(document.scope, answer.id) },
        beliefs: { ...beliefs, unfinished },
      }
    }
    case 'sensitive':
      return { document, beliefs: { ...beliefs, sensitive: answer.text } }
    case 'third_parties':
      return { document, beliefs: { ...beliefs, third_parties: answer.text } }
    case 'alternatives':
      return { document: { ...document, alternatives: answer.rows }, beliefs }
    case 'necessity':
    case 'proportionality':
      return { document: { ...document, [answer.part]: answer.text }, beliefs }
    case 'sensitive_processing': {
      const { part: _, ...sensitive_processing } = answer
      return { document, beliefs: { ...beliefs, sensitive_processing } }
    }
    case 'other_users':
      return { document, beliefs: { ...beliefs, other_users: answer.users } }
    case 'code': {
      const { part: _, ...code } = answer
      return { document, beliefs: { ...beliefs, code } }
    }
    case 'excess': {
      const { part: _, ...test } = answer
      return { document: { ...document, excess_information: test }, beliefs }
    }
    case 'confidential': {
      const { part: _, ...test } = answer
      return { document: { ...document, confidential_information: defined(test) }, beliefs }
    }
  }
}

/** Each power has its own ground: another's goes with it, so that none is borrowed. */
function withPower(
  { document, beliefs }: Written,
  { power, why, without_agreement, coroner, instrument }: Extract<Answer, { part: 'power' }>,
): Written {
  const { power: before, purpose, without_agreement: _a, coroner: _b, instrument: _c, ...rest } = document
  return {
    document: defined({
      ...rest,
      // What it is for is asked anew under another power: each has its own purposes.
      ...(purpose !== undefined && power === before && { purpose }),
      power,
      without_agreement,
      coroner,
      instrument,
    }),
    beliefs: { ...beliefs, why_power: why },
  }
}

function withLine({ document, beliefs }: Written, line: Extract<Answer, { part: 'line' }>['line']): Written {
  const lines = document.lines_of_enquiry ?? []
  const used = lines.map((one) => one.id)
  const { id = nextId('L', used), direction, data, facts, proposition, why_this_device } = line
  return {
    document: { ...document, lines_of_enquiry: put(lines, { id, proposition, why_this_device }) },
    beliefs: { ...beliefs, lines: { ...beliefs.lines, [id]: { direction, data, facts } } },
  }
}

function withClause(
  { document, beliefs }: Written,
  { id: given, change, step }: Extract<Answer, { part: 'clause' }>,
): Written {
  const { scope = [] } = document
  const { unfinished = {} } = beliefs
  const id = given ?? nextId('C', clauseIds({ document, beliefs }))
  const before = scope.find((clause) => clause.id === id)
  const { clause, left } = withStep(before ?? unfinished[id], change, step)
  const { [id]: _, ...others } = unfinished
  if (left !== undefined)
    return {
      document: { ...document, scope: without(scope, id) },
      beliefs: { ...beliefs, unfinished: { ...others, [id]: left } },
    }
  return {
    document: { ...document, scope: put(scope, defined({ ...clause, id }) as Clause) },
    beliefs: defined({ ...beliefs, unfinished: Object.keys(others).length > 0 ? others : undefined }),
  }
}

/** The ids of all clauses, those included that are not finished. */
export function clauseIds({ document, beliefs }: Written): string[] {
  return [...(document.scope ?? []).map(({ id }) => id), ...Object.keys(beliefs.unfinished ?? {})]
}

/** The id that `answered` gives to the next line (`L`) or clause (`C`). */
export function nextId(letter: 'L' | 'C', used: readonly string[]): string {
  const numbers = used.map((id) => (id.startsWith(letter) ? Number(id.slice(1)) : 0)).filter(Number.isSafeInteger)
  return `${letter}${Math.max(0, ...numbers) + 1}`
}

function put<T extends { readonly id: string }>(list: readonly T[], one: T): T[] {
  return list.some(({ id }) => id === one.id)
    ? list.map((other) => (other.id === one.id ? one : other))
    : [...list, one]
}

function without<T extends { readonly id: string }>(list: readonly T[] = [], id: string): T[] {
  return list.filter((one) => one.id !== id)
}

/** There is no empty list of lines, nor of what to look at again: there is none. */
function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

/** JSON has no undefined: what is undefined is not there. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

/** The rules that tie, by their names (law rows E14, E15, D9). */
export type Rule = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6'

/** Why something is of its class. */
export interface Reason {
  readonly code: ReasonCode
  /** absent where it is no rule that ties, but something that is not known */
  readonly rule?: Rule
  /** one sentence, the same for every item: never a number or a name */
  readonly says: string
  /** ids of operations, occurrences, holds or items, sorted; or the kinds of protected numbers */
  readonly targets: readonly string[]
}

/** What each code stands for, what it says, and which class it asks for. */
export const REASONS = {
  operation: ['A', 'R1', 'Whoever held the phone was authorised in an operation, and the call lies in its time.'],
  operation_possible: [
    'D',
    'R1',
    'The call may lie in an authorised operation, but who held the phone, when it was, or how long the operation lasted is not certain.',
  ],
  own_case: ['B', 'R2', 'Whoever held the phone worked on a case to which the other party belongs, at that time.'],
  live_case: ['B', 'R3', 'The other party belongs to a case that is live.'],
  protected_number: ['C', 'R4', 'The other party has a protected number, such as a solicitor’s or a helpline’s.'],
  hold: ['B', 'R5', 'A hold forbids destruction.'],
  owner_evidence: ['B', 'R6', 'The owner of the phone says that it is, or may be, evidence.'],
  owner_confidential: ['C', 'R6', 'The owner of the phone says that it was in confidence.'],
  owner_operation: ['D', 'R6', 'The owner of the phone says that it was made in an operation.'],
  owner_unclear: ['D', 'R6', 'What the owner of the phone said of it could not be read as any of the answers.'],
  number_unknown: ['D', undefined, 'Neither the file nor the bill says who was on the other side.'],
  number_unclear: ['D', undefined, 'The number of the other side is not whole, and cannot be compared.'],
  time_unknown: ['D', undefined, 'Nothing says when the call was.'],
  holder_unknown: ['D', undefined, 'Nobody is recorded as holding the phone at that time.'],
  holder_disputed: ['D', undefined, 'More than one person is recorded as holding the phone at that time.'],
  holder_unsure: ['D', undefined, 'It is not certain that whoever is recorded held the phone all of that time.'],
  damaged: ['D', undefined, 'The file is damaged: it may hold a call.'],
  no_audio: ['D', undefined, 'The file is none of the kinds that recorders write.'],
  sources_disagree: ['D', undefined, 'The name of the file and what lies beside it tell of different calls.'],
  bill_disagrees: ['D', undefined, 'The bill has a call at that time with somebody else.'],
  bill_ambiguous: ['D', undefined, 'The bill has several calls that it could be.'],
  copies_disagree: ['D', undefined, 'Exact copies of it tell of different calls.'],
  copy_unclear: ['D', undefined, 'It is said to be a copy of something that is not there, or has other bytes.'],
  likely_copy_tied: ['D', undefined, 'What is likely another copy of the same call is tied to something.'],
  exact_copy: ['F', undefined, 'It is an exact copy of another file, and is treated as that one is.'],
  released: [
    'E',
    undefined,
    'The disclosure officer settled everything that was known or not known of it, and it need not be kept.',
  ],
  no_tie: ['E', undefined, 'No register ties it to anything, and all that matching needs to know of it is known.'],
} as const satisfies Readonly<Record<string, readonly [Class, Rule | undefined, string]>>
export type ReasonCode = keyof typeof REASONS

/**
 * What is proposed for an item: A made in an authorised operation; B possible evidence or under hold; C protected; D
 * unresolved; E no match; F an exact copy, which follows its master.
 */
export type Class = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
export const CLASSES = ['A', 'B', 'C', 'D', 'E', 'F'] as const satisfies readonly Class[]

/** Which class wins where several are asked for: what protects most goes first, and a tie always before none. */
const PRECEDENCE: readonly Class[] = ['C', 'A', 'B', 'D']

const NO_TARGETS: readonly string[] = Object.freeze([])

/** A reason. `targets` must be sorted. */
export function because(code: ReasonCode, targets: readonly string[] = NO_TARGETS): Reason {
  if (targets.length === 0) return (BARE[code] ??= made(code, NO_TARGETS))
  return made(code, targets)
}

const BARE: Partial<Record<ReasonCode, Reason>> = {}

function made(code: ReasonCode, targets: readonly string[]): Reason {
  const [, rule, says] = REASONS[code]
  return Object.freeze({ code, ...(rule !== undefined && { rule }), says, targets })
}

/** The class that reasons of an item ask for; E where there are none. */
export function classOf(reasons: readonly Reason[]): Exclude<Class, 'F'> {
  const asked = new Set<Class>(reasons.map(({ code }) => REASONS[code][0]))
  return (PRECEDENCE.find((one) => asked.has(one)) ?? 'E') as Exclude<Class, 'F'>
}

/** Several lists of reasons as one: each code once with the targets of all, in the order of `REASONS`. */
export function joined(lists: readonly (readonly Reason[])[]): Reason[] {
  const targets = new Map<ReasonCode, (readonly string[])[]>()
  for (const { code, targets: more } of lists.flat()) targets.set(code, [...(targets.get(code) ?? []), more])
  return ORDER.flatMap((code) => {
    const found = targets.get(code)
    if (found === undefined) return []
    return [because(code, found.length === 1 ? found[0] : sorted(found.flat()))]
  })
}

const ORDER = Object.keys(REASONS) as ReasonCode[]

/** Each once, by code unit: the same on every machine. */
export function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort()
}

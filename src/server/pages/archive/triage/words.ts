import type { OwnStatement } from '../../../../actions/index.ts'
import type { Class, HeldThing, ProtectedKind } from '../../../../recordings/index.ts'

/** How a class is marked in a list. */
const CLASS_TAGS: Readonly<Record<Class, { readonly text: string; readonly colour: string }>> = {
  A: { text: 'Authorised operation', colour: 'blue' },
  B: { text: 'Possible evidence', colour: 'turquoise' },
  C: { text: 'Protected', colour: 'purple' },
  D: { text: 'Unresolved', colour: 'yellow' },
  E: { text: 'Tied to nothing', colour: 'grey' },
  F: { text: 'Exact copy', colour: 'grey' },
}

/** The mark of one recording. */
export function tagOf(
  found: Class | null,
  codes: readonly string[],
): { readonly text: string; readonly colour: string } {
  if (found === null) return { text: 'Not matched', colour: 'grey' }
  return codes.includes('released') ? { text: 'Released', colour: 'grey' } : CLASS_TAGS[found]
}

/** What a hold is on. */
export const HELD_WORDS: Readonly<Record<HeldThing, string>> = {
  archive: 'The whole archive',
  device: 'A phone',
  holder: 'A person who held a phone',
  number: 'A telephone number',
  case: 'A case',
  item: 'One recording',
}

/** Whose calls are protected. */
export const PROTECTED_WORDS: Readonly<Record<ProtectedKind, string>> = {
  solicitor: 'A solicitor',
  member_of_parliament: 'A Member of Parliament',
  helpline: 'A helpline',
  clergy: 'Clergy',
  health: 'Health care',
  journalist: 'A journalist',
  occupational_health: 'Occupational health',
  staff_private: 'A private number of staff',
  other: 'Protected for another reason',
}

/** What whoever held a phone can say, as the choices of a form. */
export const STATED_WORDS: Readonly<Record<OwnStatement['says'], { readonly text: string; readonly hint?: string }>> = {
  evidence: {
    text: 'Evidence of an offence',
    hint: 'At least one recording is evidence in an investigation, past or present',
  },
  maybe_evidence: {
    text: 'Possibly evidence',
    hint: 'At least one may be, whether it helps the prosecution or the defence',
  },
  confidential: {
    text: 'In confidence',
    hint: 'With a lawyer, a doctor, clergy, a journalist, a Member of Parliament, occupational health, or somebody else in confidence',
  },
  operation: { text: 'Made in an operation', hint: 'For which recording was authorised' },
  nothing: { text: 'None of these' },
  does_not_know: { text: 'I do not know' },
  unclear: { text: 'Something that could not be read' },
}

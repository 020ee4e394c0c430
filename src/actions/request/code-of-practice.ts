import { restsOnAgreement } from '../../authorisation/index.ts'
import type { Draft } from './draft.ts'

/**
 * The code of practice to which whoever uses the powers of PCSC Act 2022 ss.37 to 41 must have regard (ss.37(11), 42). A failure to follow it is no
 * offence, but a court may take it into account (s.42(9), (10)): so departures have reasons and are seen by whoever decides (law row B8).
 */
export const CODE = {
  /** the day from which this edition is in force: SI 2022/1054 */
  edition: '2022-11-08',
  title:
    'code of practice on the extraction of information from electronic devices, in force from 8 November 2022 (SI 2022/1054)',
} as const

/** One step of the code, in our words. */
export interface CodeStep {
  /** as the log has it */
  readonly id: string
  readonly says: string
  /** where the rule stands, as far as it was read in full */
  readonly source: string
  /** only where the power rests on the agreement of the device user */
  readonly agreement?: true
}

/** The steps, in the order of the work. */
export const CODE_STEPS: readonly CodeStep[] = [
  {
    id: 'right-power',
    says: 'This power is the right one for this device, and does not stand in for another.',
    source: 'Section 37(12) of the Act; paragraph 4 of the code',
  },
  {
    id: 'other-ways-first',
    says: 'What leaves the phone alone, or most of it, was tried or weighed first.',
    source: 'Section 37(7) and (10) of the Act',
  },
  {
    id: 'only-what-is-sought',
    says: 'Only what the lines of enquiry need is asked for. What comes with it is set apart, and not read.',
    source: 'Section 37(6) and (7) of the Act; the code of practice',
  },
  {
    id: 'others-and-confidences',
    says: 'Other people on the phone, and what was told in confidence, were thought of.',
    source: 'Sections 37(8) to (10) and 43 of the Act',
  },
  {
    id: 'understood',
    says: 'What helps the device user to understand and to decide was asked, and given.',
    source: 'Section 39 of the Act; the code of practice',
    agreement: true,
  },
  {
    id: 'told-in-writing',
    says: 'They had the notice before they answered, with time to read it and to ask.',
    source: 'Section 39(3) and (4) of the Act',
    agreement: true,
  },
  {
    id: 'free-to-refuse',
    says: 'They know that they may refuse or change their mind, and that neither ends the enquiry.',
    source: 'Section 39(2) and (3)(d) and (e) of the Act; the code of practice',
    agreement: true,
  },
  {
    id: 'soon-returned',
    says: 'They are without the phone for no longer than it takes.',
    source: 'The code of practice',
  },
  {
    id: 'written-down',
    says: 'Decisions, notice, agreement, method, people and movements are on record.',
    source: 'The code of practice',
  },
]

/** Steps that bear on a request: those about agreement only where the power rests on it. */
export function codeStepsFor({ power }: Pick<Draft, 'power'>): readonly CodeStep[] {
  return CODE_STEPS.filter(({ agreement }) => !agreement || restsOnAgreement(power))
}

/** Whether the code covers the power at all: it is about this Chapter and no other power (s.37(12); code, paragraph 4). */
export function isUnderCode({ power }: Pick<Draft, 'power'>): boolean {
  return power?.startsWith('pcsc-2022-') === true
}

/** What somebody says of the code: of each step that it was followed, or why not. */
export interface CodeAnswer {
  readonly edition: string
  /** by the ids of steps; the text is why it was departed from */
  readonly steps: Readonly<
    Record<string, { readonly followed: true } | { readonly followed: false; readonly because: string }>
  >
}

/** Steps that were departed from, in their order. */
export function departuresOf(answer: CodeAnswer | undefined): { readonly step: CodeStep; readonly because: string }[] {
  return CODE_STEPS.flatMap((step) => {
    const said = answer?.steps[step.id]
    return said === undefined || said.followed ? [] : [{ step, because: said.because }]
  })
}

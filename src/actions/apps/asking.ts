import {
  actOn,
  type AppAct,
  type AppFacts,
  type AppRecord,
  type Board,
  type Disposal,
  isSamePerson,
  type Person,
  type Reason,
} from '../../apps/index.ts'
import type { Day } from '../../retention/index.ts'

/** What one person asks of an app and another decides (law rows E10, E12). */
export type Asks =
  | { readonly act: 'begin_trial'; readonly people: readonly Person[]; readonly until: Day; readonly question: string }
  | { readonly act: 'approve'; readonly board: Board; readonly trial_report: string }
  | { readonly act: 'remove'; readonly disposal: Disposal }

/** The act that it becomes when somebody decides so. */
export function actOf(asks: Asks, askedBy: Person, decidedBy: Person, on: Day): AppAct {
  const who = { on, asked_by: askedBy, by: decidedBy }
  switch (asks.act) {
    case 'begin_trial': {
      const { people, until, question } = asks
      return { act: 'begin_trial', ...who, people, until, question }
    }
    case 'approve':
      return { act: 'approve', ...who, board: asks.board, trial_report: asks.trial_report }
    case 'remove':
      return { act: 'remove', ...who, disposal: asks.disposal }
  }
}

/** Somebody who is nobody in any document: what stands against an act whoever decides on it. */
const ANYBODY: Person = { id: '-', name: '', role: '' }

/** What already stands against it, whoever decides: so that nobody is asked in vain. Empty: it can be asked. */
export function againstAsking(
  app: AppRecord,
  asks: Asks,
  askedBy: Person,
  facts: AppFacts,
  on: Day,
): readonly Reason[] {
  const { owner } = app.entry
  const others = [askedBy, app.requested_by, owner, facts.dpia?.dpo].filter((one) => one !== undefined)
  const decider =
    asks.act === 'approve'
      ? (asks.board.present.find((one) => others.every((other) => !isSamePerson(one, other))) ?? ANYBODY)
      : ANYBODY
  return actOn(app, actOf(asks, askedBy, decider, on), facts).refused ?? []
}

import { couldEver } from '../../../../access/index.ts'
import { type Actor, type DpiaFile, isSigned } from '../../../../actions/index.ts'
import { assessedDigest, mustConsult } from '../../../../apps/index.ts'
import { PATHS } from '../../../paths.ts'

/** Something that whoever looks may do next: a page, or a form that does it at once. */
export interface NextStep {
  readonly text: string
  readonly href: string
  /** a form of one button */
  readonly posts?: true
}

/** What is next for this person, by how far the assessment has come. `whole`: nothing is missing in it. */
export function nextSteps(
  { row: { document }, advice }: DpiaFile,
  actor: Actor,
  whole: boolean,
  to: (path: string) => string,
): NextStep[] {
  const current = advice !== undefined && advice.assessed === assessedDigest(document)
  const steps: NextStep[] = []
  const signed = isSigned(document)
  if (couldEver(actor, 'dpia.write')) {
    if (whole && !signed && !current) steps.push({ text: 'Send it for advice', href: to(PATHS.dpiaSend), posts: true })
    if (document.sign_off?.measures && document.sign_off.residual_risk)
      steps.push({ text: 'Begin another revision', href: to(PATHS.dpiaRevise), posts: true })
  }
  if (couldEver(actor, 'dpia.advise') && current && advice.advised_at === null)
    steps.push({ text: 'Give your advice', href: to(PATHS.dpiaAdvise) })
  if (couldEver(actor, 'dpia.decide')) {
    if (advice !== undefined && advice.advised_at !== null && advice.decided_at === null)
      steps.push({ text: 'Decide on the advice', href: to(PATHS.dpiaAdviceDecide) })
    if (whole && !signed) {
      if (document.consultation_reviewed === undefined)
        steps.push({ text: 'Look at what people answered', href: to(PATHS.dpiaViews) })
      if (mustConsult(document) && document.commissioner === undefined)
        steps.push({ text: 'Record that the Commissioner is consulted', href: to(PATHS.dpiaCommissioner) })
      if (document.commissioner !== undefined && document.commissioner.advice === undefined)
        steps.push({ text: 'Record what the Commissioner advised', href: to(PATHS.dpiaCommissionerAdvice) })
    }
    if (document.advice !== undefined && !(document.sign_off?.measures && document.sign_off.residual_risk))
      steps.push({ text: 'Approve measures or risks', href: to(PATHS.dpiaApprove) })
  }
  return steps
}

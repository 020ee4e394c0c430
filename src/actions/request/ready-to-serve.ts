import { restsOnAgreement } from '../../authorisation/index.ts'
import type { Written } from './draft.ts'
import { LADDER } from './ladder.ts'

/** Whether everything was written that is said before agreement, so that the next step is the notice: whoever still writes is not sent there. */
export function isReadyToServe({ document, beliefs }: Written): boolean {
  return (
    restsOnAgreement(document.power) &&
    (document.scope ?? []).length > 0 &&
    Object.keys(beliefs.unfinished ?? {}).length === 0 &&
    beliefs.look_again === undefined &&
    (document.alternatives ?? []).length >= LADDER.length &&
    beliefs.sensitive_processing !== undefined &&
    [document.purpose, document.necessity, document.proportionality, beliefs.third_parties].every(Boolean) &&
    [document.lines_of_enquiry, document.excess_information, document.confidential_information].every(Boolean)
  )
}

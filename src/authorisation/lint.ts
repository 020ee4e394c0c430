import { lintScope, type Warning } from '../scope/index.ts'
import type { Authorisation } from './authorisation.ts'
import { parseInstant } from './instant.ts'

const DAY = 24 * 60 * 60 * 1000
const LONG_VALIDITY_DAYS = 90

/** Gives what an authorising officer should think about twice: the scope's warnings, then those of the document. */
export function lintAuthorisation(authorisation: Authorisation): Warning[] {
  const warnings: Warning[] = [...lintScope(authorisation.scope)]
  const { valid, excess_information: excess, confidential_information: confidential } = authorisation
  const days = ((parseInstant(valid.until) ?? 0) - (parseInstant(valid.from) ?? 0)) / DAY
  if (days > LONG_VALIDITY_DAYS)
    warnings.push({
      code: 'valid_for_long',
      message: `The authorisation may be used for ${Math.round(days).toLocaleString('en-GB')} days. Extraction usually follows within weeks; a shorter time is safer.`,
    })
  // Two tests, two reasons: PCSC Act 2022 s.37(5)(c) (law row B4).
  if (isSameText(authorisation.necessity, authorisation.proportionality))
    warnings.push({
      code: 'same_reason_twice',
      message: 'Necessity and proportionality give the same reason. They are two tests, each with a reason of its own.',
    })
  // Section 37(8) to (10) is a test of its own, not a repetition of 37(6) and (7) (law row B6).
  if (confidential.risk && isSameText(confidential.reason, excess.reason))
    warnings.push({
      code: 'same_reason_twice',
      message:
        'Excess and confidential information give the same reason. Confidential information is a test of its own.',
    })
  if (confidential.risk && (confidential.amount === undefined || confidential.relevance === undefined))
    warnings.push({
      code: 'confidential_not_weighed',
      message:
        'There is a risk of confidential information, and the amount likely held or its potential relevance is not stated (section 37(8) to (10)).',
    })
  const used = new Set(authorisation.scope.map((clause) => clause.line_of_enquiry))
  for (const { id } of authorisation.lines_of_enquiry)
    if (!used.has(id))
      warnings.push({ code: 'line_without_clause', message: `No clause serves line of enquiry ${id}.` })
  return warnings
}

function isSameText(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim()
  return plain(a) === plain(b)
}

import { isEntitled } from '../../../../access/index.ts'
import { type Actor, needsFacts } from '../../../../actions/index.ts'
import { type PowerId, powerOf, type Purpose } from '../../../../authorisation/index.ts'
import type { FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'
import { PURPOSE_CHOICES } from '../words.ts'

/** What the information is for: one purpose of those that the power has (PCSC Act 2022 s.37(2) to (4), s.41; law rows B2, B19, B20). */
const purpose: Question = {
  path: PATHS.requestPurpose,
  page: 'pages/request/purpose/purpose.njk',
  title: 'What is the information for?',
  stated: true,
  ones: ['purpose', 'facts-missing-person', 'facts-protect-child-or-at-risk-adult'],
  values: ({ document, beliefs }) => ({
    purpose: document.purpose,
    [`facts-${document.purpose}`]: beliefs.purpose_facts,
  }),
  view: ({ document: { power } }) => ({
    purposes: PURPOSE_CHOICES.filter(
      ({ value }) => power === undefined || (powerOf(power).purposes as readonly string[]).includes(value),
    ),
    noPower: power === undefined,
  }),
  answer: (typed, { document: { power } }, { actor }) => {
    const id = PURPOSE_CHOICES.find(({ value }) => value === typed.one('purpose'))?.value
    if (id === undefined) return { errors: [{ field: 'purpose', text: 'Select what the information is for' }] }
    const errors: FieldError[] = []
    if (power === undefined || !powerOf(power).purposes.includes(id))
      errors.push({ field: 'purpose', text: 'This is not a purpose of the power that you rely on' })
    else if (!allowsPurpose(actor, power, id))
      errors.push({
        field: 'purpose',
        text: 'Schedule 3 to the Act does not list you for this purpose: somebody who is listed must ask',
      })
    if (needsFacts(id))
      errors.push(
        ...textErrors(
          typed,
          `facts-${id}`,
          id === 'missing-person' ? 'Enter who is missing, and since when' : 'Enter who is at risk, and of what',
        ),
      )
    if (errors.length > 0) return { errors }
    return { answer: { part: 'purpose', purpose: id, ...(needsFacts(id) && { facts: typed.one(`facts-${id}`) }) } }
  },
}

/** PCSC Act 2022 s.44: whoever asks is listed for the purpose (law row B20); powers outside the Act have gates of their own. */
function allowsPurpose({ schedule3 }: Actor, power: PowerId, id: Purpose): boolean {
  return isEntitled(schedule3, power.startsWith('pcsc-') ? id : 'another-power')
}

export const purposeRoutes = questionRoutes(purpose)

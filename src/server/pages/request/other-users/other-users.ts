import { OTHER_USER_OUTCOMES, type OtherUser } from '../../../../actions/index.ts'
import type { FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'
import { OTHER_USER_WORDS } from '../words.ts'

/** More than anybody shares a phone with: names of fields for as many. */
const MOST = Array.from({ length: 40 }, (_, at) => at)

/** Others who ordinarily use the device: each is a user of it, and is asked, or it is said why not. PCSC Act 2022 s.37(13) (law row B1). */
const otherUsers: Question = {
  path: PATHS.requestOtherUsers,
  page: 'pages/request/other-users/other-users.njk',
  title: 'Do the others who use it agree?',
  late: true,
  ones: MOST.flatMap((at) => [`outcome-${at}`, `says-${at}`]),
  values: ({ otherUsers: names, beliefs: { other_users: said = [] } }) =>
    Object.fromEntries(
      names.flatMap((name, at) => {
        const one = said.find((user) => user.name === name)
        return [
          [`outcome-${at}`, one?.outcome],
          [`says-${at}`, one?.says],
        ]
      }),
    ),
  view: ({ otherUsers: names }) => ({
    users: names.map((name, at) => ({ name, at })),
    outcomes: OTHER_USER_OUTCOMES.map((value) => ({ value, text: OTHER_USER_WORDS[value] })),
  }),
  answer: (typed, { otherUsers: names }) => {
    const errors: FieldError[] = []
    const users = names.map((name, at): OtherUser => {
      const outcome = OTHER_USER_OUTCOMES.find((one) => one === typed.one(`outcome-${at}`))
      if (outcome === undefined) errors.push({ field: `outcome-${at}`, text: `Select whether ${name} agrees` })
      errors.push(...textErrors(typed, `says-${at}`, `Enter how ${name} agreed, or why not`, 500))
      return { name, outcome: outcome ?? 'not-asked', says: typed.one(`says-${at}`) }
    })
    return errors.length > 0 ? { errors } : { answer: { part: 'other_users', users } }
  },
}

export const otherUsersRoutes = questionRoutes(otherUsers)

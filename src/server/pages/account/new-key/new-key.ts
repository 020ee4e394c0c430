import { ActionError, registerKey } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { beginRegistration, finishRegistration } from '../../../sign-in/security-key.ts'
import { COOKIE } from '../../../sign-in/sign-in.ts'

/** Adds a security key to one's own account. */
export const newKeyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.accountKeyNew,
    who: 'signed-in',
    stepUp: true,
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.accountKeyNew,
    who: 'signed-in',
    stepUp: true,
    logs: ['access.key_registered'],
    handle: async (visit) => {
      const { service, actor } = visit
      const key = await finishRegistration(service, tokenOf(visit), field(visit, 'response'))
      if (key === undefined) return page(visit, [{ field: 'use-key', text: 'The key could not be added. Try again' }])
      try {
        await registerKey(service.ops, actor, key)
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        return page(visit, [{ field: 'use-key', text: 'The key could not be added: it is registered already' }])
      }
      return { redirect: `${PATHS.account}?done=added` }
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const options = await beginRegistration(visit.service, visit.actor, tokenOf(visit))
  if (options === undefined) return { redirect: PATHS.account }
  return {
    page: 'pages/account/new-key/new-key.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: 'Add a security key',
      back: PATHS.account,
      options: JSON.stringify(options),
      ...errorsView(errors),
    },
  }
}

function tokenOf({ request }: Visit): string {
  return request.cookies[COOKIE] ?? ''
}

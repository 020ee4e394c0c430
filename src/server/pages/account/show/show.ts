import type { Schedule3Part } from '../../../../access/index.ts'
import { isHolder, keysOf, MOST_KEYS, removeKey } from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { relyingParty } from '../../../sign-in/security-key.ts'
import { roleTitle } from '../../case/words.ts'

const DONE: Readonly<Record<string, string>> = {
  added: 'The security key is added. From now on you use it to confirm that it is you.',
  removed: 'The security key is removed.',
}

/** For what each Part of Schedule 3 to the PCSC Act 2022 lets somebody use its powers (s.44; law row B20). */
const PART_WORDS: Readonly<Record<Schedule3Part, string>> = {
  1: 'Part 1: crime, missing people, children and adults at risk, and deaths',
  2: 'Part 2: crime, missing people, and children and adults at risk',
  3: 'Part 3: crime alone',
}

/** One's own account: who one is, what one may do, and the keys by which one confirms that. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.account,
    who: 'signed-in',
    logs: [],
    handle: async ({ service, actor, query }) => {
      const keys = await keysOf(service.ops, actor.id)
      return {
        page: 'pages/account/show/show.njk',
        view: {
          title: 'Your account',
          done: DONE[query['done'] ?? ''],
          roles: actor.roles.map(roleTitle),
          part: actor.schedule3 && PART_WORDS[actor.schedule3],
          keys,
          keysWork: relyingParty(service) !== undefined,
          mayAdd: keys.length < MOST_KEYS,
          newHref: PATHS.accountKeyNew,
          // Nobody else is shown that there is anything to say.
          recordingsHref: (await isHolder(service.ops, actor)) ? PATHS.myRecordings : undefined,
          removeAction: PATHS.accountKeyRemove,
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.accountKeyRemove,
    formOn: PATHS.account,
    who: 'signed-in',
    stepUp: true,
    logs: ['access.key_removed'],
    handle: async (visit) => {
      const { service, actor } = visit
      await removeKey(service.ops, actor, field(visit, 'key'))
      return { redirect: `${PATHS.account}?done=removed` }
    },
  },
]

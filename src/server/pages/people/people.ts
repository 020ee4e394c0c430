import { isRole, ROLES } from '../../../access/index.ts'
import { readPeople } from '../../../actions/index.ts'
import { PATHS } from '../../paths.ts'
import type { Route } from '../../route.ts'
import { roleTitle } from '../case/words.ts'

/** Who holds which role. */
export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.people,
    who: 'people.see',
    logs: [],
    handle: async ({ service, actor, query }) => {
      const wanted = String(query['role'] ?? '')
      const role = isRole(wanted) ? wanted : undefined
      const people = await readPeople(service.ops, actor, role)
      return {
        page: 'pages/people/people.njk',
        view: {
          title: 'People',
          people: people.map((person) => ({ ...person, titles: person.roles.map(roleTitle) })),
          roles: [
            { value: '', text: 'Every role', selected: role === undefined },
            ...ROLES.map(({ id, title }) => ({ value: id, text: title, selected: id === role })),
          ],
        },
      }
    },
  },
]

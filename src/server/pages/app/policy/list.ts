import { readRolePolicies } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'

/** The roles that apps name, and what the phones of each may hold (law row E10). */
export const policiesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appPolicies,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => ({
      page: 'pages/app/policy/list.njk',
      view: {
        title: 'Policies of roles',
        back: PATHS.apps,
        backText: 'Apps',
        roles: (await readRolePolicies(ops, actor)).map(({ role, version, policy }) => ({
          role,
          version,
          apps: policy.apps.length,
          href: pathTo(PATHS.appPolicy, { role }),
        })),
      },
    }),
  },
]

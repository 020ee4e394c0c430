import { couldEver } from '../../../../access/index.ts'
import { readApps } from '../../../../actions/index.ts'
import { APP_STATES, type AppState } from '../../../../apps/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { ASKING_WORDS, STATE_WORDS } from '../words.ts'

/** The catalogue of apps: what stands where (law row E9). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.apps,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor, query }) => {
      const all = await readApps(ops, actor)
      const state = APP_STATES.find((one) => one === query['state'])
      const count = (one: AppState) => all.filter((app) => app.state === one).length
      const shown = state === undefined ? all : all.filter((app) => app.state === state)
      return {
        page: 'pages/app/list/list.njk',
        view: {
          title: 'Apps',
          here: PATHS.apps,
          ask: couldEver(actor, 'app.ask') ? PATHS.appAsk : undefined,
          links: [
            { text: 'Assessments', href: PATHS.dpias },
            { text: 'Policies of roles', href: PATHS.appPolicies },
            ...(couldEver(actor, 'app.manage') ? [{ text: 'List of trackers', href: PATHS.appTrackers }] : []),
          ],
          total: all.length,
          states: [
            { value: '', text: `All (${all.length})`, selected: state === undefined },
            ...APP_STATES.filter((one) => count(one) > 0 || one === state).map((one) => ({
              value: one,
              text: `${STATE_WORDS[one].text} (${count(one)})`,
              selected: one === state,
            })),
          ],
          apps: shown.map((app) => ({
            ...app,
            tag: STATE_WORDS[app.state],
            waits: app.asking === undefined ? undefined : ASKING_WORDS[app.asking as keyof typeof ASKING_WORDS].asked,
            href: pathTo(PATHS.app, { app: app.id }),
          })),
        },
      }
    },
  },
]

import { may, type Act } from '../../../../access/index.ts'
import { type Actor, type CaseView, readCase, retentionGroups, sexualHistoryIn } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { clockTag, extractionTag, OUTCOME_WORDS, requestTag, roleTitle } from '../words.ts'
import { ROLE_WORDS } from '../../device/words.ts'
import { sexualHistoryAlert } from '../../review/sexual-history/words.ts'
import { runsOf } from './runs.ts'

const DONE: Readonly<Record<string, string>> = {
  'closing-asked':
    'A supervisor is asked to close this case, because agreement was refused in it less than 28 days ago.',
  closed: 'The case is closed.',
}

/** One case on one page: devices, requests, extractions, people, and what happened. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.case,
    who: 'case.see',
    about: 'case',
    logs: [],
    handle: async ({ service, actor, params, query }) => {
      const view = await readCase(service.ops, actor, params['case'] ?? '', Number.parseInt(query['page'] ?? '1', 10))
      const { case: row, timeline } = view
      const here = pathTo(PATHS.case, { case: row.id })
      return {
        page: 'pages/case/show/show.njk',
        view: {
          title: `Case ${row.reference}`,
          back: PATHS.cases,
          backText: 'Cases',
          done: DONE[query['done'] ?? ''],
          ...shown(view),
          links: linksOf(actor, view),
          sexualHistory: (await sexualHistoryIn(service.ops, actor, row.id)).map((found) => ({
            says: sexualHistoryAlert(found),
          })),
          older: timeline.page < timeline.pages ? `${here}?page=${timeline.page + 1}#timeline` : undefined,
          newer: timeline.page > 1 ? `${here}?page=${timeline.page - 1}#timeline` : undefined,
        },
      }
    },
  },
]

function shown({ case: row, officer, members, devices, requests, extractions, timeline }: CaseView) {
  return {
    row: {
      ...row,
      kept: retentionGroups().find(({ id }) => id === row.retention_group)?.says,
      outcomeSays: OUTCOME_WORDS[row.outcome as keyof typeof OUTCOME_WORDS],
    },
    officer,
    members: members.map((member) => ({ ...member, says: roleTitle(member.capacity) })),
    devices: devices.map((device) => ({
      ...device,
      roleSays: ROLE_WORDS[device.userRole as keyof typeof ROLE_WORDS],
      tag: clockTag(device.clock.state),
      href: pathTo(PATHS.device, { device: device.id }),
    })),
    requests: requests.map((request) => ({
      ...request,
      tag: requestTag(request.status),
      href: otherArea('request', { request: request.id }),
    })),
    extractions: extractions.map((extraction) => ({
      ...extraction,
      tag: extractionTag(extraction.state),
      href: otherArea('extraction', { extraction: extraction.id }),
    })),
    // Who did it stands after it, in the same sentence.
    timeline: {
      ...timeline,
      entries: runsOf(timeline.entries).map((run) => ({ ...run, says: run.says.replace(/\.$/, '') })),
    },
  }
}

/** What somebody may do from here; what they may not is not offered. */
function linksOf(actor: Actor, { case: row, members, devices }: CaseView) {
  const memberOf = members.some(({ id }) => id === actor.id)
  const open = row.closed_at === null
  const can = (act: Act) => open && may(actor, act, { memberOf, stepUp: true }).allowed
  return {
    ...(can('device.receive') && { receive: pathTo(PATHS.deviceNew, { case: row.id }) }),
    ...(can('case.add_member') && { members: pathTo(PATHS.caseMembers, { case: row.id }) }),
    ...(can('case.close') && { close: pathTo(PATHS.caseClose, { case: row.id }) }),
    ...(can('request.write') && devices.length > 0 && { request: otherArea('requestNew', { case: row.id }) }),
  }
}

/** An address of another area, where that area is there. */
function otherArea(name: string, parameters: Readonly<Record<string, string>>): string | undefined {
  const path = (PATHS as Readonly<Record<string, string>>)[name]
  return path === undefined ? undefined : pathTo(path, parameters)
}

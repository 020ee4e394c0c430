import { readDevicesToAsk, startRequest } from '../../../../actions/index.ts'
import { errorsView, field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'

async function show(visit: Visit, error?: string) {
  const caseId = visit.params['case'] as string
  const { devices, reference } = await readDevicesToAsk(visit.service.ops, visit.actor, caseId)
  return {
    page: 'pages/request/start/start.njk',
    status: error === undefined ? 200 : 422,
    view: {
      title: 'Which device is it about?',
      caption: `Case ${reference}`,
      back: pathTo(PATHS.case, { case: caseId }),
      items: devices.map(({ id, exhibit, description, userName }) => ({
        value: id,
        text: `${exhibit}: ${description}`,
        hint: { text: `User: ${userName}` },
        checked: id === visit.query['device'],
      })),
      ...errorsView(error === undefined ? [] : [{ field: 'device', text: error }]),
    },
  }
}

/** Where a request begins: with one device. */
export const startRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestNew,
    who: 'request.write',
    about: 'case',
    logs: [],
    handle: (visit) => show(visit),
  },
  {
    method: 'POST',
    path: PATHS.requestNew,
    who: 'request.write',
    about: 'case',
    logs: ['request.started'],
    handle: async (visit) => {
      const { ops } = visit.service
      const { devices } = await readDevicesToAsk(ops, visit.actor, visit.params['case'] as string)
      const device = devices.find(({ id }) => id === field(visit, 'device'))
      if (device === undefined) return show(visit, 'Select the device')
      const id = await startRequest(ops, visit.actor, { device: device.id })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]

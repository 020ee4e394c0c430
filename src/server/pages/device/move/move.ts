import { moveDevice } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { deviceOf, devicePage, devicePath, faultAt, sealFault } from '../device-page.ts'
import { momentGiven, whenOf } from '../when.ts'
import { choices, MOVE_WORDS } from '../words.ts'

/** Records that a device was moved. */
export const moveRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.deviceMove,
    who: 'device.move',
    about: 'device',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.deviceMove,
    who: 'device.move',
    about: 'device',
    logs: ['device.moved'],
    handle: async (visit) => {
      const moment = momentGiven(whenOf(visit), visit.now)
      const errors: FieldError[] = [
        ...(field(visit, 'place') === '' ? [{ field: 'place', text: 'Enter where it is now' }] : []),
        ...(field(visit, 'reason') in MOVE_WORDS ? [] : [{ field: 'reason', text: 'Choose why it was moved' }]),
        ...('errors' in moment ? moment.errors : []),
        ...(await sealFault(visit)),
      ]
      if (errors.length > 0 || !('at' in moment)) return page(visit, errors)
      try {
        await moveDevice(visit.service.ops, visit.actor, {
          deviceId: deviceOf(visit),
          place: field(visit, 'place'),
          reason: field(visit, 'reason'),
          happenedAt: moment.at,
          sealFound: field(visit, 'sealFound'),
          seal: field(visit, 'newSeal'),
        })
      } catch (error) {
        return page(visit, [faultAt(error, { WHEN: TOO_EARLY, PLACE: TOO_LONG })])
      }
      return { redirect: devicePath(visit, 'moved') }
    },
  },
]

const TOO_EARLY: FieldError = { field: 'when-day', text: 'The date and time must be after the last movement' }
const TOO_LONG: FieldError = { field: 'place', text: 'The place must be 200 characters or fewer' }

function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const given = (name: string) => field(visit, name)
  const values = { place: given('place'), sealFound: given('sealFound'), newSeal: given('newSeal') }
  const reasons = choices(MOVE_WORDS, given('reason'))
  const view = { values, reasons, when: whenOf(visit) }
  return devicePage(visit, 'pages/device/move/move.njk', (exhibit) => `Move ${exhibit}`, view, errors)
}

import { returnDevice } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { deviceOf, devicePage, devicePath, faultAt, sealFault } from '../device-page.ts'
import { momentGiven, whenOf } from '../when.ts'
import { choices, RECIPIENT_WORDS } from '../words.ts'

/** Gives a device back. */
export const returnRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.deviceReturn,
    who: 'device.return',
    about: 'device',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.deviceReturn,
    who: 'device.return',
    about: 'device',
    logs: ['device.returned'],
    handle: async (visit) => {
      const moment = momentGiven(whenOf(visit), visit.now)
      const errors: FieldError[] = [
        ...(field(visit, 'to') in RECIPIENT_WORDS ? [] : [{ field: 'to', text: 'Choose to whom it was returned' }]),
        ...(field(visit, 'place') === '' ? [{ field: 'place', text: 'Enter where it was returned' }] : []),
        ...('errors' in moment ? moment.errors : []),
        ...(await sealFault(visit)),
      ]
      if (errors.length > 0 || !('at' in moment)) return page(visit, errors)
      try {
        await returnDevice(visit.service.ops, visit.actor, {
          deviceId: deviceOf(visit),
          to: field(visit, 'to'),
          place: field(visit, 'place'),
          happenedAt: moment.at,
          sealFound: field(visit, 'sealFound'),
          condition: field(visit, 'condition'),
        })
      } catch (error) {
        return page(visit, [faultAt(error, { WHEN: TOO_EARLY, PLACE: TOO_LONG })])
      }
      return { redirect: devicePath(visit, 'returned') }
    },
  },
]

const TOO_EARLY: FieldError = { field: 'when-day', text: 'The date and time must be after the last movement' }
const TOO_LONG: FieldError = { field: 'place', text: 'The place must be 200 characters or fewer' }

function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const given = (name: string) => field(visit, name)
  const values = { place: given('place'), sealFound: given('sealFound'), condition: given('condition') }
  const view = { values, recipients: choices(RECIPIENT_WORDS, given('to')), when: whenOf(visit) }
  return devicePage(visit, 'pages/device/return/return.njk', (exhibit) => `Return ${exhibit}`, view, errors)
}

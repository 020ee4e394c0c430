import { lendPhone, readDevice, takeLoanBack } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { deviceOf, devicePage, devicePath, faultAt } from '../device-page.ts'

/** Records that a phone was lent in place of a device, and that it came back. */
export const lendRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.deviceLend,
    who: 'device.move',
    about: 'device',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.deviceLend,
    who: 'device.move',
    about: 'device',
    logs: ['device.lent'],
    handle: async (visit) => {
      const loan = field(visit, 'loan')
      if (loan === '') return page(visit, [{ field: 'loan', text: 'Enter the mark of the phone that is lent' }])
      try {
        await lendPhone(visit.service.ops, visit.actor, { deviceId: deviceOf(visit), loan })
      } catch (error) {
        return page(visit, [faultAt(error, { LOAN })])
      }
      return { redirect: devicePath(visit, 'lent') }
    },
  },
  {
    method: 'GET',
    path: PATHS.deviceLoanReturned,
    who: 'device.move',
    about: 'device',
    logs: [],
    handle: async (visit) => {
      const { device, events, clock } = await readDevice(visit.service.ops, visit.actor, deviceOf(visit))
      const lent = events.findLast(({ kind }) => kind === 'loan_given' || kind === 'loan_returned')
      if (lent?.kind !== 'loan_given') return { redirect: devicePath(visit) }
      return {
        page: 'pages/request/confirm.njk',
        view: {
          title: 'Did the lent phone come back?',
          caption: `Device ${device.exhibit}`,
          back: devicePath(visit),
          paragraphs: [
            `${lent.about} was lent in place of ${device.exhibit}.`,
            ...(clock.returnedAt ? [] : [`The user is then without a phone until ${device.exhibit} is returned.`]),
          ],
          button: 'Record that it came back',
        },
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.deviceLoanReturned,
    who: 'device.move',
    about: 'device',
    logs: ['device.loan_returned'],
    handle: async (visit) => {
      await takeLoanBack(visit.service.ops, visit.actor, { deviceId: deviceOf(visit) })
      return { redirect: devicePath(visit, 'loan-returned') }
    },
  },
]

const LOAN: FieldError = {
  field: 'loan',
  text: 'The mark must be letters and digits, such as LOAN-12, and not a telephone number',
}

function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const view = { values: { loan: field(visit, 'loan') } }
  const title = (exhibit: string) => `Lend a phone in place of ${exhibit}`
  return devicePage(visit, 'pages/device/lend/lend.njk', title, view, errors)
}

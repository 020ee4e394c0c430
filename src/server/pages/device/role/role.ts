import { changeRole } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { deviceOf, devicePage, devicePath, faultAt } from '../device-page.ts'
import { choices, ROLE_WORDS } from '../words.ts'

/** Changes who the device user is in the case. */
export const roleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.deviceRole,
    who: 'device.receive',
    about: 'device',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.deviceRole,
    who: 'device.receive',
    about: 'device',
    logs: ['device.role_changed'],
    handle: async (visit) => {
      const role = field(visit, 'role')
      const reason = field(visit, 'reason')
      const errors: FieldError[] = [
        ...(role in ROLE_WORDS ? [] : [{ field: 'role', text: 'Choose who they are in the case' }]),
        ...(reason === '' ? [{ field: 'reason', text: 'Enter why it changes' }] : []),
      ]
      if (errors.length > 0) return page(visit, errors)
      try {
        await changeRole(visit.service.ops, visit.actor, { deviceId: deviceOf(visit), role, reason })
      } catch (error) {
        return page(visit, [faultAt(error, { USER_ROLE: SAME })])
      }
      return { redirect: devicePath(visit, 'role') }
    },
  },
]

const SAME: FieldError = { field: 'role', text: 'This is who they are in the case already' }

function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const view = { roles: choices(ROLE_WORDS, field(visit, 'role')), values: { reason: field(visit, 'reason') } }
  const title = (exhibit: string) => `Who is the user of ${exhibit} in the case?`
  return devicePage(visit, 'pages/device/role/role.njk', title, view, errors)
}

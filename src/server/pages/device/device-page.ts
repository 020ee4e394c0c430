import { ActionError, readDevice } from '../../../actions/index.ts'
import { errorsView, type FieldError } from '../../form.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Answer, Visit } from '../../route.ts'

/** A page with a form about one device: its title, the way back, and what is wrong. */
export async function devicePage(
  visit: Visit,
  page: string,
  title: (exhibit: string) => string,
  view: Readonly<Record<string, unknown>>,
  errors: readonly FieldError[],
): Promise<Answer> {
  const found = await readDevice(visit.service.ops, visit.actor, deviceOf(visit))
  return {
    page,
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: title(found.device.exhibit),
      back: devicePath(visit),
      device: found.device,
      clock: found.clock,
      seal: found.events.findLast(({ seal }) => seal !== null)?.seal,
      ...view,
      ...errorsView(errors),
    },
  }
}

export function deviceOf({ params }: Visit): string {
  return params['device'] ?? ''
}

/** The device's own page, with what was done where something was. */
export function devicePath(visit: Visit, done?: string): string {
  const path = pathTo(PATHS.device, { device: deviceOf(visit) })
  return done === undefined ? path : `${path}?done=${done}`
}

/** An answer that an action would not take, at the field that it is about; rethrown where it is about none. */
export function faultAt(error: unknown, fields: Readonly<Record<string, FieldError>>): FieldError {
  const found = error instanceof ActionError && error.code === 'NOT_VALID' ? fields[error.reason] : undefined
  if (found === undefined) throw error
  return found
}

import { ActionError, lastSeal, readDevice } from '../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../form.ts'
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
      sealTyped: field(visit, 'sealFound'),
      ...view,
      ...errorsView(errors),
    },
  }
}

/**
 * What is said once of a seal that is not the one on record: it is looked at again before it is written down as it is. What the record says is shown to
 * nobody who has not entered a number, so that it is read off the seal and not copied (law row F9).
 */
export async function sealFault(visit: Visit): Promise<FieldError[]> {
  const found = field(visit, 'sealFound')
  const { events } = await readDevice(visit.service.ops, visit.actor, deviceOf(visit))
  const recorded = lastSeal(events)
  const again = field(visit, 'sealTyped') === `=${found}`
  if (recorded === undefined || found === recorded || again) return []
  const text =
    found === ''
      ? 'The record knows of a seal. Enter its number, or leave it empty again if there is none'
      : `The record says ${recorded}. Look at the seal again, and leave what you entered if it says that`
  return [{ field: 'sealFound', text }]
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

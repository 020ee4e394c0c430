import { notRecognised } from '../errors.ts'
import type { Imported } from '../install.ts'
import type { ImportOptions } from './android-management.ts'
import { Gathering } from './gather.ts'
import { isObject, listOf, readJson } from './json.ts'

/**
 * Phones of Google Workspace: the Directory API's `mobiledevices.list` with `projection=FULL`, all its pages. Of iPhones it knows
 * no apps. Throws FleetError NOT_JSON, NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readGoogleWorkspace(files: Iterable<Uint8Array>, { at }: ImportOptions): Imported {
  const gathering = new Gathering('google_workspace', at)
  let further = 0
  let file = 0
  for (const bytes of files) {
    file++
    const page = readJson(bytes)
    const devices = isObject(page) ? page['mobiledevices'] : page
    if (!Array.isArray(devices)) throw notRecognised('a list of mobile devices of Google Workspace')
    if (isObject(page) && page['nextPageToken']) further++
    devices.forEach((told: unknown, index) => {
      const place = () => `file ${file} mobiledevices[${index}]`
      if (!isObject(told)) return gathering.leftOut('not_a_row', place)
      const apps = listOf(told['applications'])
      if (apps === undefined || apps.length === 0) return gathering.note('no_app_report', place)
      const device = gathering.device(told['resourceId'] ?? told['deviceId'])
      apps.forEach((app, number) => {
        const where = () => `${place()}.applications[${number}]`
        if (!isObject(app)) return gathering.install({ device, platform: 'android' }, where)
        const { packageName: id, displayName: name, versionName, versionCode } = app
        gathering.install({ device, platform: 'android', id, name, versionName, versionCode }, where)
      })
    })
  }
  if (further > 0 && further >= file) gathering.incomplete('more_pages', () => `file ${file}`)
  return gathering.result()
}

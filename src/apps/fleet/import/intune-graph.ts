import { notRecognised } from '../errors.ts'
import type { Imported } from '../install.ts'
import type { ImportOptions } from './android-management.ts'
import { Gathering } from './gather.ts'
import { intunePlatform } from './intune-platform.ts'
import { isObject, listOf, readJson } from './json.ts'

/**
 * Apps that Intune detected: Graph's `deviceManagement/detectedApps`, all its pages, with `$expand=managedDevices`. Without that
 * it counts devices and names none. It knows apps by name only. Throws FleetError NOT_JSON, NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readIntuneGraph(files: Iterable<Uint8Array>, { at }: ImportOptions): Imported {
  const gathering = new Gathering('intune_graph', at)
  let further = 0
  let file = 0
  for (const bytes of files) {
    file++
    const page = readJson(bytes)
    const apps = isObject(page) ? page['value'] : page
    if (!Array.isArray(apps)) throw notRecognised('a list of detected apps from Microsoft Graph')
    if (isObject(page) && page['@odata.nextLink']) further++
    apps.forEach((app: unknown, index) => readApp(gathering, app, () => `file ${file} value[${index}]`))
  }
  if (further > 0 && further >= file) gathering.incomplete('more_pages', () => `file ${file}`)
  return gathering.result()
}

function readApp(gathering: Gathering, app: unknown, place: () => string): void {
  if (!isObject(app)) return gathering.leftOut('not_a_row', place)
  const platform = intunePlatform(app['platform'])
  if (platform === 'elsewhere') return gathering.elsewhere()
  if (platform === undefined) return gathering.leftOut('platform_unknown', place)
  const what = {
    platform,
    name: app['displayName'],
    publisher: app['publisher'],
    versionName: app['version'],
  }
  const devices = listOf(app['managedDevices'])
  if (devices === undefined || devices.length === 0)
    return gathering.counted({ ...what, devices: app['deviceCount'] ?? 0 }, place)
  if (typeof app['deviceCount'] === 'number' && app['deviceCount'] !== devices.length)
    gathering.incomplete('count_differs', place)
  devices.forEach((told, index) => {
    const device = gathering.device(isObject(told) ? told['id'] : undefined)
    gathering.install({ device, ...what }, () => `${place()}.managedDevices[${index}]`)
  })
}

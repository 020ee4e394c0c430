import { notRecognised } from '../errors.ts'
import type { Imported, Installer } from '../install.ts'
import { Gathering } from './gather.ts'
import { isObject, type JsonObject, listOf, readJson } from './json.ts'

export interface ImportOptions {
  /** when the source was asked, RFC 3339 */
  readonly at: string
}

/** What installs apps for whoever manages the phone. */
const MANAGEMENT: ReadonlySet<string> = new Set([
  'com.google.android.apps.work.clouddpc',
  'com.microsoft.windowsintune.companyportal',
  'com.microsoft.intune',
  'com.airwatch.androidagent',
  'com.samsung.android.knox.mpos',
])
const PLAY = 'com.android.vending'

/**
 * Devices of the Android Management API: `enterprises.devices.list`, all its pages, or single devices. Throws FleetError
 * NOT_JSON, NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readAndroidManagement(files: Iterable<Uint8Array>, { at }: ImportOptions): Imported {
  const gathering = new Gathering('android_management', at)
  let further = 0
  let file = 0
  for (const bytes of files) {
    file++
    const told = readJson(bytes)
    const page = isObject(told) ? told : undefined
    const alone = page !== undefined && 'applicationReports' in page && !('devices' in page)
    const devices = alone ? [page] : page === undefined ? told : listOf(page['devices'])
    if (
      !Array.isArray(devices) ||
      (page !== undefined && !alone && !('devices' in page) && Object.keys(page).length > 0)
    )
      throw notRecognised('a list of devices of the Android Management API')
    if (page?.['nextPageToken']) further++
    devices.forEach((device: unknown, index) => {
      const place = () => `file ${file} devices[${index}]`
      if (isObject(device)) readDevice(gathering, device, place)
      else gathering.leftOut('not_a_row', place)
    })
  }
  if (further > 0 && further >= file) gathering.incomplete('more_pages', () => `file ${file}`)
  return gathering.result()
}

function readDevice(gathering: Gathering, told: JsonObject, place: () => string): void {
  const reports = listOf(told['applicationReports'])
  // A device without any report does not tell of its apps; even an empty phone has its maker's.
  if (reports === undefined || reports.length === 0) return gathering.note('no_app_report', place)
  // enterprises/{enterprise}/devices/{device}
  const name = typeof told['name'] === 'string' ? told['name'].split('/').at(-1) : undefined
  const device = gathering.device(name)
  reports.forEach((report, index) => {
    const at = () => `${place()}.applicationReports[${index}]`
    if (!isObject(report)) return gathering.install({ device, platform: 'android' }, at)
    if (report['state'] === 'REMOVED') return gathering.removed()
    gathering.install(
      {
        device,
        platform: 'android',
        id: report['packageName'],
        name: report['displayName'],
        versionName: report['versionName'],
        versionCode: report['versionCode'],
        installer: installerOf(report['applicationSource'], report['installerPackageName']),
        signers: report['signingKeyCertFingerprints'],
        firstSeen: installedAt(report['events']),
      },
      at,
    )
  })
}

/** Where the two contradict one another, an app came from the less trusted of both. */
function installerOf(source: unknown, by: unknown): Installer {
  const named = typeof by === 'string' && by !== '' ? by : undefined
  if (named !== undefined && named !== PLAY && !MANAGEMENT.has(named) && source !== 'SYSTEM_APP_FACTORY_VERSION')
    return 'other'
  if (source === 'SYSTEM_APP_FACTORY_VERSION' || source === 'SYSTEM_APP_UPDATED_VERSION') return 'system'
  if (named !== undefined && MANAGEMENT.has(named)) return 'management'
  if (source === 'INSTALLED_FROM_PLAY_STORE' || named === PLAY) return 'store'
  return 'none'
}

/** The first installation among the events of the last thirty hours. */
function installedAt(told: unknown): unknown {
  const events = listOf(told) ?? []
  const times = events
    .filter(isObject)
    .filter(({ eventType }) => eventType === 'INSTALLED')
    .map(({ createTime }) => createTime)
    .filter((time) => typeof time === 'string')
  return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0]
}

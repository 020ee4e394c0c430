import {
  compareFleet,
  type FleetRules,
  NO_HOLDINGS,
  type PermittedApp,
  readAndroidManagement,
  takeIn,
} from '../src/apps/index.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { median } from './timed.ts'

const DEVICES = 10_000
const APPS = 150
/** What the Android Management API gives at once. */
const PAGE = 100
const AT = '2026-11-22T09:00:00.000Z'
const digest = (at: number) => at.toString(16).padStart(40, '0')

/** The apps of a force's phones: invented, each with what its management system reports of it. */
export const fleet: Bench = {
  name: 'fleet',
  title: 'The fleet',
  async run({ runs, scale, note }) {
    const devices = Math.max(PAGE, Math.round((DEVICES * scale) / PAGE) * PAGE)
    note(`${count(devices)} phones of ${APPS} apps`)
    const rules = someRules(devices)
    const read: number[] = []
    const compared: number[] = []
    let found = 0
    for (let run = 0; run < runs; run++) {
      // Pages are made while they are read; what that takes is not counted.
      let making = 0
      const pages = function* () {
        for (let first = 0; first < devices; first += PAGE) {
          const start = performance.now()
          const page = aPage(first, first + PAGE < devices)
          making += performance.now() - start
          yield page
        }
      }
      const began = performance.now()
      const imported = readAndroidManagement(pages(), { at: AT })
      read.push((performance.now() - began - making) / 1000)
      if (imported.installs.length !== devices * APPS || imported.odd.length > 0) throw new Error('an app is lost')
      const second = performance.now()
      found = compareFleet(takeIn(NO_HOLDINGS, [imported]), rules, AT).findings.length
      compared.push((performance.now() - second) / 1000)
      // Of every hundredth phone one app is side-loaded and recorded nowhere.
      if (found !== (devices / 100) * 2) throw new Error('a finding is lost')
    }
    const sums = read.map((seconds, at) => seconds + compared[at]!)
    const figures: Figure[] = [
      {
        what: `${count(devices)} phones of ${APPS} apps, taken in and compared with their roles`,
        value: median(sums),
        unit: 's',
        target: 60,
        beside: `of it taken in: ${median(read).toFixed(1)} s; ${count(found)} findings`,
      },
    ]
    return figures
  },
}

function aPage(first: number, further: boolean): Buffer {
  const devices = Array.from({ length: PAGE }, (_, at) => {
    const number = first + at
    return {
      name: `enterprises/E1/devices/D${number}`,
      applicationReports: Array.from({ length: APPS }, (_, app) => {
        const odd = number % 100 === 0 && app === 0
        return {
          packageName: odd ? 'com.example.odd' : `com.example.app${app}`,
          displayName: `Example ${app}`,
          versionName: `${app % 7}.${number % 5}`,
          versionCode: app * 10 + (number % 5),
          applicationSource: odd ? 'APPLICATION_SOURCE_UNSPECIFIED' : 'INSTALLED_FROM_PLAY_STORE',
          installerPackageName: odd ? undefined : 'com.android.vending',
          packageSha256Hash: digest(app) + digest(number % 5).slice(0, 24),
          signingKeyCertFingerprints: [digest(app)],
          state: 'INSTALLED',
          events: [],
        }
      }),
    }
  })
  return Buffer.from(JSON.stringify({ devices, ...(further && { nextPageToken: 'next' }) }))
}

function someRules(devices: number): FleetRules {
  const permitted = Array.from(
    { length: APPS },
    (_, app): PermittedApp => ({
      entry: `e${app}`,
      name: `Example ${app}`,
      platform: 'android',
      id: `com.example.app${app}`,
      signers: [`sha1:${digest(app)}`],
      roles: ['response'],
      approved: '2026-01-01T00:00:00.000Z',
      assessedUntil: '2027-01-01T00:00:00.000Z',
      minimum: { versionCode: app * 10, since: '2026-01-01T00:00:00.000Z' },
    }),
  )
  const apps = permitted.map(({ entry }) => ({ entry, install: 'available' as const }))
  return {
    permitted,
    policies: [{ role: 'response', apps, accessibility: [], microphone: 'user_choice', groups: [] }],
    roles: Array.from({ length: devices }, (_, at) => ({ device: `D${at}`, role: 'response' })),
    aliases: [],
    grades: [],
  }
}

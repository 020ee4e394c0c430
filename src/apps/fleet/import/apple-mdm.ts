import { AcquisitionError, isDictionary, type PlistDictionary, parsePlist } from '../../../acquisition/index.ts'
import { FleetError, notRecognised } from '../errors.ts'
import type { Imported, Installer } from '../install.ts'
import type { ImportOptions } from './android-management.ts'
import { Gathering } from './gather.ts'

/**
 * Answers of iPhones to Apple's MDM command `InstalledApplicationList`, one property list a phone. A phone that its user enrolled
 * hides what is personal. Throws FleetError NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readAppleMdm(files: Iterable<Uint8Array>, { at }: ImportOptions): Imported {
  const gathering = new Gathering('apple_mdm', at)
  let file = 0
  for (const bytes of files) {
    file++
    const answer = readAnswer(bytes)
    const apps = answer['InstalledApplicationList']
    const place = () => `file ${file}`
    const told = answer['UDID'] ?? answer['EnrollmentID']
    if (answer['Status'] !== undefined && answer['Status'] !== 'Acknowledged' && apps === undefined) {
      gathering.note('no_app_report', place)
      continue
    }
    if (!Array.isArray(apps)) throw notRecognised('an answer to InstalledApplicationList')
    const device = gathering.device(told)
    apps.forEach((app: unknown, index) => {
      const where = () => `${place()} InstalledApplicationList[${index}]`
      if (!isDictionary(app)) return gathering.install({ device, platform: 'ios' }, where)
      gathering.install(
        {
          device,
          platform: 'ios',
          id: app['Identifier'],
          name: app['Name'],
          versionName: app['ShortVersion'] ?? app['Version'],
          installer: installerOf(app),
        },
        where,
      )
    })
  }
  return gathering.result()
}

function readAnswer(bytes: Uint8Array): PlistDictionary {
  try {
    const answer = parsePlist(bytes)
    if (isDictionary(answer)) return answer
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    if (error.code === 'TOO_LARGE') throw new FleetError('TOO_LARGE', error.message, error.hint)
  }
  throw notRecognised('a property list of Apple’s device management')
}

/** Signed for single devices or for testing, from another shop, or not for sale at all: none of them came from the App Store. */
function installerOf(app: PlistDictionary): Installer | undefined {
  const distributor = app['DistributorIdentifier']
  if (app['AdHocCodeSigned'] === true || app['BetaApp'] === true) return 'other'
  if (typeof distributor === 'string' && !/^com\.apple\.(AppStore|MobileSafari)$/i.test(distributor)) return 'other'
  if (app['DeviceBasedVPP'] === true) return 'management'
  if (app['AppStoreVendable'] === true) return 'store'
  return app['AppStoreVendable'] === false && !isApples(app['Identifier']) ? 'other' : undefined
}

/** Apple lists its own apps since iOS 26. */
function isApples(id: unknown): boolean {
  return typeof id === 'string' && id.startsWith('com.apple.')
}

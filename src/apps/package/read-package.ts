import { inspectApk, isApk } from './apk.ts'
import { PackageError } from './errors.ts'
import type { InspectedPackage } from './package.ts'
import { inspectSplitPackage, isSplitPackage } from './split-package.ts'
import type { TrackerList } from './trackers.ts'
import { type PackageBytes, PackageZip } from './zip.ts'

const IPHONE_APP = /^Payload\/[^/]+\.app\/Info\.plist$/

/**
 * Reads a package of any kind, here and now: for hostile ones `inspectPackage` does it in a thread of its own. Rejects
 * with PackageError and nothing else, whatever the bytes are.
 */
export async function readPackage(reader: PackageBytes, trackers?: TrackerList): Promise<InspectedPackage> {
  const zip = PackageZip.open(reader)
  if (isApk(zip)) {
    const { split, ...found } = inspectApk(zip, trackers)
    if (split === undefined) return found
    const detail = 'this is one part of an app that comes in several: its base says what the app may do'
    return { ...found, splits: [split], problems: [...found.problems, { code: 'split_alone', detail }] }
  }
  // Loaded only where there is one: what reads property lists takes longer to load than an Android package to read.
  if ([...zip.entries.keys()].some((name) => IPHONE_APP.test(name))) return (await import('./ipa.ts')).inspectIpa(zip)
  if (isSplitPackage(zip)) return inspectSplitPackage(zip, trackers)
  throw new PackageError(
    'NOT_A_PACKAGE',
    'this archive is no app: it holds neither a manifest nor an app for an iPhone',
    'give an .apk, .apks, .xapk, .apkm or .ipa file',
  )
}

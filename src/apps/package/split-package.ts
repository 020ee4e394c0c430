import { inspectApk, isApk } from './apk.ts'
import { PackageError } from './errors.ts'
import type { InspectedPackage } from './package.ts'
import type { TrackerList } from './trackers.ts'
import { LARGEST_READ, type PackageBytes, type PackageEntry, PackageZip } from './zip.ts'

/** How those who pack an app in several files call the one that all others add to, the likeliest first. */
const BASE = [
  /(^|\/)base\.apk$/,
  /(^|\/)base-master(_\d+)?\.apk$/,
  /(^|\/)universal\.apk$/,
  /(^|\/)standalone-[^/]*\.apk$/,
]
const PART = /(^|\/)(split_)?config\.[^/]*\.apk$/
const MOST_TRIED = 16

export function isSplitPackage({ entries }: PackageZip): boolean {
  return [...entries.keys()].some((name) => name.endsWith('.apk'))
}

/**
 * Reads an app that comes as several packages in one (.apks, .xapk, .apkm): the base is read, the others are listed. Throws
 * PackageError NOT_A_PACKAGE where none of them is a base.
 */
export function inspectSplitPackage(zip: PackageZip, trackers: TrackerList | undefined): InspectedPackage {
  const packages = [...zip.entries.values()].filter(({ name }) => name.endsWith('.apk'))
  const rank = ({ name }: PackageEntry) => {
    const base = BASE.findIndex((pattern) => pattern.test(name))
    return base >= 0 ? base : PART.test(name) ? BASE.length + 1 : BASE.length
  }
  const likely = [...packages].sort((a, b) => rank(a) - rank(b))
  for (const entry of likely.slice(0, MOST_TRIED)) {
    const inner = PackageZip.open(innerReader(zip, entry))
    if (!isApk(inner)) continue
    const { split, ...found } = inspectApk(inner, trackers)
    if (split !== undefined) continue
    return { ...found, splits: packages.filter((one) => one !== entry).map(({ name }) => name) }
  }
  throw new PackageError('NOT_A_PACKAGE', 'none of the packages in it is a whole app', 'give the base package')
}

/** A stored package is read where it lies; a deflated one is expanded, up to 48 MiB. */
function innerReader(zip: PackageZip, entry: PackageEntry): PackageBytes {
  if (entry.method !== 0) {
    if (entry.size > LARGEST_READ)
      throw new PackageError(
        'NOT_SUPPORTED',
        'the base of this app is packed twice and larger than 48 MiB',
        'unpack it, and give the base.apk that it holds',
      )
    return bufferReader(zip.read(entry.name)!)
  }
  const start = zip.dataStart(entry)
  const size = entry.size
  return {
    size,
    read: (position, length) => zip.reader.read(start + position, Math.max(0, Math.min(length, size - position))),
  }
}

/** Bytes in memory, as a reader. */
export function bufferReader(bytes: Buffer): PackageBytes {
  return {
    size: bytes.length,
    read: (position, length) => bytes.subarray(position, Math.max(position, position + length)),
  }
}

import { AttributeReader } from './attribute-reader.ts'
import { type BinaryXml, readBinaryXml, type XmlElement } from './binary-xml.ts'
import { gradeCallRecorder } from './call-recorder.ts'
import { classNames } from './dex.ts'
import { PackageError } from './errors.ts'
import { readManifest } from './manifest.ts'
import type { InspectedPackage, PackageProblem, Tracker, TrackersChecked } from './package.ts'
import { Resources } from './resources.ts'
import { risksOf } from './risks.ts'
import { readSigners } from './signers.ts'
import type { TrackerList } from './trackers.ts'
import type { PackageZip } from './zip.ts'

const MANIFEST = 'AndroidManifest.xml'
const RESOURCES = 'resources.arsc'
const LARGEST_MANIFEST = 16 << 20
const MOST_PROBLEMS = 200
const MOST_CLASS_FILES = 200

export function isApk(zip: PackageZip): boolean {
  return zip.entries.has(MANIFEST)
}

/** Reads one Android package. Throws PackageError where the manifest cannot be read, or anything was made to mislead. */
export function inspectApk(zip: PackageZip, trackers: TrackerList | undefined): InspectedPackage & { split?: string } {
  const problems: PackageProblem[] = []
  const problem = (one: PackageProblem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(one)
  }
  if (zip.before > 0)
    problem({
      code: 'bytes_before_archive',
      detail: 'something stands before its first file, and may be run as another kind of file',
    })
  const bytes = zip.read(MANIFEST, LARGEST_MANIFEST)
  if (bytes === undefined) throw new PackageError('NOT_A_PACKAGE', 'it holds no manifest', 'give an Android package')
  const { root, oddities }: BinaryXml = readBinaryXml(bytes, 'the manifest')
  for (const detail of oddities) problem({ code: 'manifest_odd', file: MANIFEST, detail })
  const read = new AttributeReader('the manifest', resourcesOf(zip, problem))
  const { networkSecurity, flags, ...manifest } = readManifest(root, read, problem)
  const cleartext = networkSecurity === undefined ? undefined : clearTextOf(zip, networkSecurity)
  const signers = readSigners(zip, problem)
  const { found, checked } = trackersOf(zip, trackers, problem)
  return {
    platform: 'android',
    ...manifest,
    flags: { ...flags, ...(cleartext !== undefined && { cleartext }) },
    native_abis: abisOf(zip),
    signers,
    trackers: found,
    ...(checked !== undefined && { trackers_checked: checked }),
    risks: risksOf(manifest.permissions, manifest.components),
    call_recorder: gradeCallRecorder({ ...manifest, signers }),
    splits: [],
    problems,
  }
}

function resourcesOf(zip: PackageZip, problem: (problem: PackageProblem) => void): Resources | undefined {
  const bytes = zip.read(RESOURCES)
  if (bytes === undefined) return undefined
  try {
    return new Resources(bytes)
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
    problem({ code: 'resources_unreadable', file: RESOURCES, detail: error.message })
    return undefined
  }
}

/** Whether a network security configuration lets any host be spoken to in the clear; undefined where it does not say. */
function clearTextOf(zip: PackageZip, file: string): boolean | undefined {
  try {
    const bytes = zip.read(file, 1 << 20)
    if (bytes === undefined) return undefined
    const read = new AttributeReader('the network security configuration', undefined)
    const said: boolean[] = []
    const look = (one: XmlElement) => {
      if (one.name === 'base-config' || one.name === 'domain-config') {
        const permitted = read.flag(one, 'cleartextTrafficPermitted')
        if (permitted !== undefined) said.push(permitted)
      }
      for (const inner of one.children) look(inner)
    }
    look(readBinaryXml(bytes, 'the network security configuration').root)
    return said.length === 0 ? undefined : said.includes(true)
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
    return undefined
  }
}

function abisOf({ entries }: PackageZip): string[] {
  const abis = new Set<string>()
  for (const name of entries.keys()) {
    const abi = /^lib\/([\w.-]{1,40})\/[^/]+\.so$/.exec(name)?.[1]
    if (abi !== undefined) abis.add(abi)
  }
  return [...abis].sort()
}

function trackersOf(
  zip: PackageZip,
  list: TrackerList | undefined,
  problem: (problem: PackageProblem) => void,
): { found: readonly Tracker[]; checked?: TrackersChecked } {
  if (list === undefined) return { found: [] }
  const found = new Map<string, Tracker>()
  let classes = 0
  const files = [...zip.entries.keys()].filter((name) => /^classes\d{0,4}\.dex$/.test(name)).slice(0, MOST_CLASS_FILES)
  for (const file of files)
    try {
      const names = classNames(zip.read(file)!)
      classes += names.length
      for (const tracker of list.find(names)) if (!found.has(tracker.name)) found.set(tracker.name, tracker)
    } catch (error) {
      if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
      problem({ code: 'classes_unreadable', file, detail: error.message })
    }
  return { found: [...found.values()], checked: { trackers: list.trackers.length, skipped: list.skipped, classes } }
}

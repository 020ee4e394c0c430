import {
  AcquisitionError,
  isDictionary,
  parsePlist,
  type PlistDictionary,
  type PlistValue,
} from '../../acquisition/index.ts'
import { gradeCallRecorder } from './call-recorder.ts'
import { readSignedData } from './der.ts'
import { damaged, hostile, PackageError } from './errors.ts'
import type { InspectedPackage, IosFacts, PackageProblem, Permission, Signer } from './package.ts'
import { risksOf } from './risks.ts'
import { signerOf } from './signers.ts'
import type { PackageZip } from './zip.ts'

const INFO = /^Payload\/[^/]+\.app\/Info\.plist$/
const LARGEST_LIST = 4 << 20
const LONGEST = 4_096
const DEEPEST = 8
const MOST_VALUES = 20_000

/** Reads an iPhone app. Throws PackageError where Info.plist cannot be read; what else cannot is a problem. */
export function inspectIpa(zip: PackageZip): InspectedPackage {
  const problems: PackageProblem[] = []
  const infos = [...zip.entries.keys()].filter((name) => INFO.test(name))
  const [file] = infos
  if (file === undefined || infos.length > 1) throw damaged('the app', 'it holds no app, or several')
  const folder = file.slice(0, -'Info.plist'.length)
  const info = dictionary(zip.read(file, LARGEST_LIST)!, 'Info.plist')
  const name = text(info['CFBundleIdentifier'])
  if (name === undefined) throw damaged('Info.plist', 'it names no app')
  const permissions: Permission[] = Object.keys(info)
    .filter((key) => key.endsWith('UsageDescription') && key.length <= LONGEST)
    .map((key) => ({ name: key, usage: text(info[key]) ?? '' }))
  const { entitlements, signers } = profileOf(zip, `${folder}embedded.mobileprovision`, problems)
  const privacy = privacyOf(zip, `${folder}PrivacyInfo.xcprivacy`, problems)
  const transport = info['NSAppTransportSecurity']
  const arbitrary = isDictionary(transport) && allowsInsecure(transport)
  const schemes = texts(info['LSApplicationQueriesSchemes'])
  const optional = {
    version_name: text(info['CFBundleShortVersionString']),
    version_code: text(info['CFBundleVersion']),
    min_sdk: text(info['MinimumOSVersion']),
    target_sdk: text(info['DTPlatformVersion']),
    label: text(info['CFBundleDisplayName']) ?? text(info['CFBundleName']),
  }
  const queries = { packages: [], actions: schemes, authorities: [] }
  return {
    platform: 'ios',
    package: name,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    permissions,
    components: [],
    flags: { cleartext: arbitrary },
    queries,
    native_abis: [],
    signers,
    trackers: [],
    risks: risksOf(permissions, []),
    call_recorder: gradeCallRecorder({ package: name, queries, permissions, components: [], signers }),
    splits: [],
    ios: { entitlements, arbitrary_loads: arbitrary, ...(privacy !== undefined && { privacy }) },
    problems,
  }
}

/** A provisioning profile is a signed message around a property list. Apps from the App Store have none. */
function profileOf(
  zip: PackageZip,
  file: string,
  problems: PackageProblem[],
): { entitlements: IosFacts['entitlements']; signers: Signer[] } {
  const bytes = zip.read(file, LARGEST_LIST)
  if (bytes === undefined) return { entitlements: {}, signers: [] }
  try {
    const profile = dictionary(readSignedData(bytes, 'the provisioning profile').content, 'the provisioning profile')
    const certificates = profile['DeveloperCertificates']
    const entitlements = plain(profile['Entitlements'] ?? null)
    return {
      entitlements: typeof entitlements === 'object' && entitlements !== null ? { ...entitlements } : {},
      signers: (Array.isArray(certificates) ? certificates : [])
        .slice(0, 32)
        .flatMap((one) => (one instanceof Uint8Array ? signerOf('provisioning-profile', Buffer.from(one)) : [])),
    }
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
    problems.push({ code: 'profile_unreadable', file, detail: error.message })
    return { entitlements: {}, signers: [] }
  }
}

/** https://developer.apple.com/documentation/bundleresources/privacy-manifest-files. */
function privacyOf(zip: PackageZip, file: string, problems: PackageProblem[]): IosFacts['privacy'] {
  const bytes = zip.read(file, LARGEST_LIST)
  if (bytes === undefined) return undefined
  try {
    const said = dictionary(bytes, 'the privacy manifest')
    const named = (list: PlistValue | undefined, key: string) =>
      (Array.isArray(list) ? list : []).flatMap((one) => (isDictionary(one) ? (text(one[key]) ?? []) : []))
    return {
      tracking: said['NSPrivacyTracking'] === true,
      tracking_domains: texts(said['NSPrivacyTrackingDomains']),
      collected: named(said['NSPrivacyCollectedDataTypes'], 'NSPrivacyCollectedDataType'),
      accessed_apis: named(said['NSPrivacyAccessedAPITypes'], 'NSPrivacyAccessedAPIType'),
    }
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
    problems.push({ code: 'privacy_unreadable', file, detail: error.message })
    return undefined
  }
}

function allowsInsecure(transport: PlistDictionary): boolean {
  const domains = transport['NSExceptionDomains']
  return (
    transport['NSAllowsArbitraryLoads'] === true ||
    (isDictionary(domains) &&
      Object.values(domains).some(
        (domain) => isDictionary(domain) && domain['NSExceptionAllowsInsecureHTTPLoads'] === true,
      ))
  )
}

function dictionary(bytes: Buffer, part: string): PlistDictionary {
  let value: PlistValue
  try {
    value = parsePlist(bytes)
  } catch (error) {
    if (error instanceof AcquisitionError) throw damaged(part, 'it is no property list')
    throw error
  }
  if (!isDictionary(value)) throw damaged(part, 'it is no list of names and values')
  return value
}

function text(value: PlistValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined
}

function texts(value: PlistValue | undefined): string[] {
  return (Array.isArray(value) ? value : []).slice(0, 1_000).flatMap((one) => text(one) ?? [])
}

/** A value as JSON has it, cut where it goes deeper or on longer than any entitlement. */
function plain(value: PlistValue): unknown {
  let left = MOST_VALUES
  const copied = (one: PlistValue, depth: number): unknown => {
    if (--left < 0) throw hostile('TOO_LARGE', 'the entitlements have no end')
    if (depth > DEEPEST) return null
    if (typeof one === 'string') return one.slice(0, LONGEST)
    if (one === null || typeof one === 'boolean' || typeof one === 'number') return one
    if (Array.isArray(one)) return one.map((inner) => copied(inner, depth + 1))
    if (isDictionary(one))
      return Object.fromEntries(
        Object.entries(one).map(([key, inner]) => [key.slice(0, LONGEST), copied(inner, depth + 1)]),
      )
    return null
  }
  return copied(value, 0)
}

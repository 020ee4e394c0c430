import type { AttributeReader } from './attribute-reader.ts'
import { ATTRIBUTE } from './attributes.ts'
import type { XmlElement } from './binary-xml.ts'
import { actionsOf, readComponents } from './components.ts'
import { damaged } from './errors.ts'
import type { Component, Flags, PackageProblem, Permission, Queries } from './package.ts'

/** What `AndroidManifest.xml` says. */
export interface Manifest {
  readonly package: string
  readonly version_name?: string
  readonly version_code?: number
  readonly min_sdk?: number | string
  readonly target_sdk?: number | string
  readonly label?: string
  /** the name of the part, where this is one of several */
  readonly split?: string
  readonly permissions: readonly Permission[]
  readonly components: readonly Component[]
  readonly flags: Flags
  readonly queries: Queries
  /** the value of networkSecurityConfig: a file of the package */
  readonly networkSecurity?: string
}

/** From here on speaking without encryption must be asked for: Android 9. */
const CLEARTEXT_CLOSED = 28
/** A preview of Android is named by a word and is later than any number. */
const PREVIEW = 10_000
const FILE = 'AndroidManifest.xml'

/** Reads a manifest's elements. Throws PackageError DAMAGED where it is none or names no package. */
export function readManifest(
  root: XmlElement,
  read: AttributeReader,
  problem: (problem: PackageProblem) => void,
): Manifest {
  const name = root.name === 'manifest' ? read.name(root, 'package') : undefined
  if (name === undefined) throw damaged('the manifest', 'it names no package')
  const applications = root.children.filter((one) => one.name === 'application')
  const [application] = applications
  if (applications.length > 1)
    problem({ code: 'manifest_odd', file: FILE, detail: 'it holds two applications; a phone reads the first' })
  const { min, target } = sdks(root, read)
  const targetSdk = typeof target === 'string' ? PREVIEW : (target ?? 1)
  const label = application && read.name(application, ATTRIBUTE.label)
  const split = read.name(root, 'split')
  const versionName = read.text(root, ATTRIBUTE.versionName)
  const versionCode = codeOf(root, read)
  const networkSecurity = application && read.name(application, ATTRIBUTE.networkSecurityConfig)
  return {
    package: name,
    ...(versionName !== undefined && { version_name: versionName }),
    ...(versionCode !== undefined && { version_code: versionCode }),
    ...(min !== undefined && { min_sdk: min }),
    ...(target !== undefined && { target_sdk: target }),
    ...(label !== undefined && { label }),
    ...(split !== undefined && { split }),
    permissions: permissionsOf(root, read),
    components: application ? readComponents({ element: application, package: name, targetSdk }, read, problem) : [],
    flags: {
      allow_backup: (application && read.flag(application, ATTRIBUTE.allowBackup)) ?? true,
      debuggable: (application && read.flag(application, ATTRIBUTE.debuggable)) ?? false,
      cleartext:
        (application && read.flag(application, ATTRIBUTE.usesCleartextTraffic)) ?? targetSdk < CLEARTEXT_CLOSED,
    },
    queries: queriesOf(root, read),
    ...(networkSecurity !== undefined && { networkSecurity }),
  }
}

/** The target is the minimum where it is not said. */
function sdks(root: XmlElement, read: AttributeReader): { min?: number | string; target?: number | string } {
  const level = (element: XmlElement, attribute: number) =>
    read.integer(element, attribute) ?? read.name(element, attribute)
  let min: number | string | undefined
  let target: number | string | undefined
  for (const one of root.children)
    if (one.name === 'uses-sdk') {
      min = level(one, ATTRIBUTE.minSdkVersion)
      target = level(one, ATTRIBUTE.targetSdkVersion)
    }
  return { min, target: target ?? min }
}

function codeOf(root: XmlElement, read: AttributeReader): number | undefined {
  const low = read.integer(root, ATTRIBUTE.versionCode)
  const high = read.integer(root, ATTRIBUTE.versionCodeMajor) ?? 0
  return low === undefined ? undefined : high * 2 ** 32 + low
}

/** `uses-permission-sdk-m` is what the tag was called before it was published, and Android still reads it. */
const FROM_23 = new Set(['uses-permission-sdk-23', 'uses-permission-sdk-m'])

function permissionsOf(root: XmlElement, read: AttributeReader): Permission[] {
  const asked = new Map<string, Permission>()
  for (const one of root.children) {
    const from23 = FROM_23.has(one.name)
    if (one.name !== 'uses-permission' && !from23) continue
    const name = read.name(one, ATTRIBUTE.name)
    if (name === undefined) continue
    const most = read.integer(one, ATTRIBUTE.maxSdkVersion)
    const permission: Permission = {
      name,
      ...(most !== undefined && { max_sdk: most }),
      ...(from23 && { sdk_23: true as const }),
    }
    asked.set(`${name}\n${most}\n${from23}`, permission)
  }
  return [...asked.values()]
}

function queriesOf(root: XmlElement, read: AttributeReader): Queries {
  const asked = root.children.flatMap((one) => (one.name === 'queries' ? one.children : []))
  const named = (element: string, attribute: number) =>
    asked.flatMap((one) => (one.name === element ? (read.name(one, attribute) ?? []) : []))
  return {
    packages: named('package', ATTRIBUTE.name),
    actions: asked.flatMap((one) => (one.name === 'intent' ? actionsOf(one, read) : [])),
    authorities: named('provider', ATTRIBUTE.authorities),
  }
}

import type { AttributeReader } from './attribute-reader.ts'
import type { XmlElement } from './binary-xml.ts'
import { ATTRIBUTE } from './attributes.ts'
import type { Component, ComponentKind, PackageProblem } from './package.ts'

const KINDS: Readonly<Record<string, ComponentKind>> = {
  activity: 'activity',
  'activity-alias': 'activity-alias',
  service: 'service',
  receiver: 'receiver',
  provider: 'provider',
}

/** From here on a provider is closed unless it says otherwise: Android 4.2. */
const PROVIDERS_CLOSED = 17
/** From here on an app that does not say is not installed: Android 12. */
const MUST_SAY = 31

export interface Application {
  readonly element: XmlElement
  readonly package: string
  /** API level */
  readonly targetSdk: number
}

/**
 * The components of an app, and for each whether others reach it, as Android decides it: what it says of itself; otherwise a
 * provider is open below target SDK 17, and anything else where it has an intent filter. What guards it is its own permission, or
 * else the application's, but an alias has its own only (frameworks/base, ParsedActivityUtils and its siblings).
 */
export function readComponents(
  { element, package: owner, targetSdk }: Application,
  read: AttributeReader,
  problem: (problem: PackageProblem) => void,
): Component[] {
  const guard = read.name(element, ATTRIBUTE.permission)
  const components: Component[] = []
  let unsaid = 0
  for (const one of element.children) {
    const kind = Object.hasOwn(KINDS, one.name) ? KINDS[one.name] : undefined
    if (kind === undefined) continue
    const name = read.name(one, ATTRIBUTE.name)
    if (name === undefined) continue
    const filters = one.children.filter(({ name }) => name === 'intent-filter')
    const said = read.flag(one, ATTRIBUTE.exported)
    if (said === undefined && filters.length > 0 && kind !== 'provider' && targetSdk >= MUST_SAY) unsaid++
    const own = read.text(one, ATTRIBUTE.permission)
    const permission = kind === 'activity-alias' ? own || undefined : own === undefined ? guard : own || undefined
    components.push({
      kind,
      name: className(owner, name),
      exported: said ?? (kind === 'provider' ? targetSdk < PROVIDERS_CLOSED : filters.length > 0),
      ...(permission !== undefined && { permission }),
      ...(kind === 'provider' && providerGuards(one, read)),
      actions: [...new Set(filters.flatMap((filter) => actionsOf(filter, read)))],
    })
  }
  if (unsaid > 0)
    problem({
      code: 'exported_missing',
      file: 'AndroidManifest.xml',
      detail: `${unsaid} of its components do not say whether others reach them: Android 12 and later do not install it`,
    })
  return components
}

/** Actions of an intent filter, or of an intent that is asked for. */
export function actionsOf(intent: XmlElement, read: AttributeReader): string[] {
  return intent.children.flatMap((one) => (one.name === 'action' ? (read.name(one, ATTRIBUTE.name) ?? []) : []))
}

function providerGuards(
  provider: XmlElement,
  read: AttributeReader,
): Pick<Component, 'read_permission' | 'write_permission'> {
  const reading = read.name(provider, ATTRIBUTE.readPermission)
  const writing = read.name(provider, ATTRIBUTE.writePermission)
  return {
    ...(reading !== undefined && { read_permission: reading }),
    ...(writing !== undefined && { write_permission: writing }),
  }
}

/** A class as the manifest may shorten it: `.Main` and `Main` are in the package. */
function className(owner: string, name: string): string {
  if (name.startsWith('.')) return owner + name
  return name.includes('.') ? name : `${owner}.${name}`
}

import { inOrder } from '../instant.ts'

/** One difference between two policies. */
export interface PolicyChange {
  /** `applications[com.example.radio].permissionGrants[android.permission.RECORD_AUDIO].policy` */
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  /** JSON */
  readonly before?: string
  readonly after?: string
}

/** What names a member of a list, in the order in which it is looked for. */
const NAMES = ['packageName', 'permission', 'appId', 'groupId', 'app', 'role', 'entry', 'displayName']

/**
 * What would change if `after` were put in the place of `before`: two of our exports, or what a system holds and what we would send.
 * Lists are compared by the names of their members, not by their order. Nothing is sent.
 */
export function diffPolicies(before: unknown, after: unknown): readonly PolicyChange[] {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  const changes: PolicyChange[] = []
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [a, b] = [was.get(path), is.get(path)]
    if (a === b) continue
    if (a === undefined) changes.push({ path, change: 'added', after: b })
    else if (b === undefined) changes.push({ path, change: 'removed', before: a })
    else changes.push({ path, change: 'changed', before: a, after: b })
  }
  return changes.sort((a, b) => inOrder(a.path, b.path))
}

/** Every value that holds no others, by its path. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, string>(), depth = 0): Map<string, string> {
  // What is nested more deeply than any policy is compared as one text.
  if (typeof value !== 'object' || value === null || depth > 32) {
    if (value !== undefined) leaves.set(path, JSON.stringify(value))
    return leaves
  }
  const entries = Array.isArray(value)
    ? numbered(value).map(([name, one]) => [`${path}[${name}]`, one] as const)
    : Object.entries(value).map(([name, one]) => [path === '' ? name : `${path}.${name}`, one] as const)
  // A list that is there and empty is not one that is missing: no service at all, and any.
  if (Array.isArray(value) || (entries.length === 0 && path !== ''))
    leaves.set(path === '' ? '.' : `${path}.`, Array.isArray(value) ? '[]' : '{}')
  for (const [inner, one] of entries) leavesOf(one, inner, leaves, depth + 1)
  return leaves
}

/** The members of a list by their names; what has the name of one before it is numbered. */
function numbered(list: readonly unknown[]): (readonly [string, unknown])[] {
  const times = new Map<string, number>()
  const named = list.map((one) => [nameOf(one), one] as const)
  // Members of one name are told apart by what they hold, so that their order says nothing.
  return named
    .map(([name, one]) => [name, one, JSON.stringify(one)] as const)
    .sort(([a, , x], [b, , y]) => inOrder(a, b) || inOrder(x ?? '', y ?? ''))
    .map(([name, one]) => {
      const time = (times.get(name) ?? 0) + 1
      times.set(name, time)
      return [time === 1 ? name : `${name} #${time}`, one] as const
    })
}

function nameOf(one: unknown): string {
  if (typeof one !== 'object' || one === null) return String(one)
  const object = one as Readonly<Record<string, unknown>>
  for (const name of NAMES) if (typeof object[name] === 'string') return object[name]
  const target = object['target']
  return typeof target === 'object' && target !== null ? nameOf(target) : ''
}

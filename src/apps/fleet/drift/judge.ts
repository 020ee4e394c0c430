import type { Platform } from '../../platform.ts'
import type { Grade } from '../../package/package.ts'
import type { Reason } from '../../reason.ts'
import { Aliases, type Alias, comparedName } from '../aliases.ts'
import { signerOf } from '../import/gather.ts'
import { type Instant, latest } from '../instant.ts'
import type { Install } from '../install.ts'
import { type Lapse, LAPSES, lapseOf, type PermittedApp } from '../permitted.ts'
import type { RolePolicy } from '../policy/role-policy.ts'
import { isNewEnough } from './version.ts'

export const KINDS = [
  'unapproved',
  'wrong_role',
  'side_loaded',
  'old_version',
  'signer_mismatch',
  'recorder',
  'unknown_app',
] as const
export type FindingKind = (typeof KINDS)[number]

/** The gravest last. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export type ReasonCode =
  | 'not_in_catalogue'
  | Lapse
  | 'not_in_role'
  | 'not_for_role'
  | 'device_without_role'
  | 'installer_other'
  | 'installer_none'
  | 'below_minimum'
  | 'version_unclear'
  | 'other_signer'
  | 'may_record_calls'
  | 'part_of_the_system'
  | 'name_only'
  | 'no_name'
  | 'known_by_name'

const ACT = 'Data Protection Act 2018'
const BY_DEFAULT = `${ACT} s.57(3) to (5)`

/** What each says, without names, and where it comes from. */
export const FINDING_REASONS: Readonly<Record<ReasonCode, Pick<Reason, 'says' | 'source'>>> = {
  ...LAPSES,
  not_in_catalogue: { says: 'Nobody has approved this app.', source: BY_DEFAULT },
  not_in_role: { says: 'The role of this phone does not have it.', source: BY_DEFAULT },
  not_for_role: { says: 'It is not approved for the role of this phone.', source: BY_DEFAULT },
  device_without_role: { says: 'Nobody has said which role this phone has.', source: BY_DEFAULT },
  installer_other: { says: 'It came from neither the shop nor the management.', source: 'own' },
  installer_none: {
    says: 'Nothing that is known installed it: it may have come over a cable.',
    source: 'own',
  },
  below_minimum: { says: 'It is older than the oldest version that is allowed.', source: 'own' },
  version_unclear: { says: 'Its version cannot be compared with the oldest that is allowed.', source: 'own' },
  other_signer: { says: 'It is signed by somebody else than what was approved.', source: 'own' },
  may_record_calls: {
    says: 'It could record calls, and is not approved for that.',
    source: 'Investigatory Powers Act 2016 s.3',
  },
  part_of_the_system: { says: 'It came with the phone.', source: 'own' },
  name_only: {
    says: 'Only its name is known, and nobody has confirmed which app that is.',
    source: 'own',
  },
  no_name: { says: 'Neither its id nor its name can be read.', source: 'own' },
  known_by_name: { says: 'It is known by its name alone, which any app may take.', source: 'own' },
}

/** What one install has against it. */
export interface Charge {
  readonly kind: FindingKind
  readonly severity: Severity
  readonly reasons: readonly ReasonCode[]
  /** since when it is so, as far as rules decide: the phone may have got the app later */
  readonly ruledSince?: Instant
}

/** With what phones are compared. */
export interface Rules {
  readonly permitted: readonly PermittedApp[]
  readonly policies: readonly RolePolicy[]
  /** which role a phone has, and since when */
  readonly roles: readonly { readonly device: string; readonly role: string; readonly since?: Instant }[]
  readonly aliases: readonly Alias[]
  /** how far apps could record calls, from whoever inspected them */
  readonly grades: readonly { readonly platform: Platform; readonly id: string; readonly grade: Grade }[]
}

/** Rules made ready for many phones. Invariant: their order says nothing. */
export class Judge {
  readonly #aliases: Aliases
  readonly #permitted = new Map<string, PermittedApp[]>()
  readonly #entries = new Map<string, ReadonlySet<string>>()
  readonly #roles = new Map<string, { readonly role?: string; readonly since?: Instant }>()
  readonly #grades = new Map<string, Grade>()

  constructor({ permitted, policies, roles, aliases, grades }: Rules) {
    this.#aliases = new Aliases(aliases)
    for (const app of permitted) {
      const key = `${app.platform} ${app.id}`
      const signers = app.signers.map((signer) => signerOf(signer) ?? signer)
      this.#permitted.set(key, [...(this.#permitted.get(key) ?? []), { ...app, signers }])
    }
    for (const { role, apps } of policies)
      this.#entries.set(role, new Set([...(this.#entries.get(role) ?? []), ...apps.map(({ entry }) => entry)]))
    for (const { device, role, since } of roles) {
      const before = this.#roles.get(device)
      // A phone that is said to have two roles has none.
      if (before === undefined) this.#roles.set(device, { role, since })
      else this.#roles.set(device, before.role === role ? { role, since: earlier(before.since, since) } : {})
    }
    for (const { platform, id, grade } of grades) {
      const key = `${platform} ${id}`
      const before = this.#grades.get(key)
      if (before === undefined || WORST.indexOf(grade) > WORST.indexOf(before)) this.#grades.set(key, grade)
    }
  }

  /** How an app is named from here on: by its id, or by its name where there is none. */
  keyOf(install: Pick<Install, 'platform' | 'id' | 'name' | 'publisher'>): string {
    const { platform, name } = install
    const id = install.id ?? this.#aliases.idOf(install)
    return id === undefined ? `${platform} name:${comparedName(name ?? '')}` : `${platform} ${id}`
  }

  /** Whether signers were there on both sides to be compared. */
  comparesSigners(install: Install): boolean | undefined {
    const entries = this.#permitted.get(this.keyOf(install)) ?? []
    return entries.length === 0 ? undefined : entries.some((app) => sameSigner(app, install) !== undefined)
  }

  /** Everything that is wrong with one app on one phone at a time. */
  charges(install: Install, at: Instant): readonly Charge[] {
    const id = install.id ?? this.#aliases.idOf(install)
    const key = this.keyOf(install)
    const named: ReasonCode[] = install.id === undefined && id !== undefined ? ['known_by_name'] : []
    const system: ReasonCode[] = install.installer === 'system' ? ['part_of_the_system'] : []
    const entries = (id === undefined ? undefined : this.#permitted.get(key)) ?? []
    const active = entries.filter((app) => lapseOf(app, at) === undefined)
    const { role, since } = this.#roles.get(install.device) ?? {}
    const inRole = active.filter(({ roles, entry }) => {
      return role !== undefined && roles.includes(role) && (this.#entries.get(role)?.has(entry) ?? false)
    })
    const charges: Charge[] = []
    if (id === undefined) {
      const reasons: ReasonCode[] = [install.name === undefined ? 'no_name' : 'name_only']
      charges.push({ kind: 'unknown_app', severity: 'medium', reasons })
    } else if (active.length === 0) {
      const charge = unapproved(entries, at, named, system.length > 0)
      if (charge !== undefined) charges.push(charge)
    } else if (inRole.length === 0) {
      const forIt = active.some(({ roles }) => role !== undefined && roles.includes(role))
      const reason = role === undefined ? 'device_without_role' : forIt ? 'not_in_role' : 'not_for_role'
      charges.push({ kind: 'wrong_role', severity: 'medium', reasons: [reason, ...named], ruledSince: since })
    }
    const { installer } = install
    if ((installer === 'other' || installer === 'none') && !active.some(({ inHouse }) => inHouse)) {
      const reasons: ReasonCode[] = [`installer_${installer}`, ...named]
      charges.push({ kind: 'side_loaded', severity: 'high', reasons })
    }
    // A copy under another signature is another app, whatever became of the approval of the one that it names.
    const signed = new Set((active.length > 0 ? active : entries).map((app) => sameSigner(app, install)))
    if (signed.has(false) && !signed.has(true))
      charges.push({ kind: 'signer_mismatch', severity: 'critical', reasons: ['other_signer', ...named] })
    const old = oldVersion(install, inRole.length > 0 ? inRole : active, named)
    if (old !== undefined) charges.push(old)
    const grade = this.#grades.get(key)
    if ((grade === 'A' || grade === 'B') && !inRole.some(({ mayRecord }) => mayRecord)) {
      const severity = system.length > 0 ? 'medium' : grade === 'A' ? 'critical' : 'high'
      charges.push({ kind: 'recorder', severity, reasons: ['may_record_calls', ...named, ...system] })
    }
    return charges
  }
}

const WORST: readonly Grade[] = ['none', 'C', 'B', 'A']

function unapproved(
  entries: readonly PermittedApp[],
  at: Instant,
  named: readonly ReasonCode[],
  system: boolean,
): Charge | undefined {
  if (entries.length === 0) {
    // What came with the phone was chosen with it.
    return system ? undefined : { kind: 'unapproved', severity: 'high', reasons: ['not_in_catalogue', ...named] }
  }
  const lapses = entries.flatMap((app) => lapseOf(app, at) ?? [])
  // It was permitted until the last of its approvals ended.
  const ends = lapses.filter(({ lapse }) => lapse !== 'not_approved_yet').map(({ since }) => since)
  const [first, ...more] = ends
  const stays = entries.some((app) => app.mayStay && lapseOf(app, at)?.lapse === 'assessment_ended')
  return {
    kind: 'unapproved',
    severity: stays ? 'low' : 'high',
    reasons: [...lapses.map(({ lapse }) => lapse), ...named],
    ruledSince: first === undefined ? undefined : latest(first, ...more),
  }
}

/** Undefined where the two have no digests of one kind: nothing was compared. */
function sameSigner({ signers }: PermittedApp, install: Install): boolean | undefined {
  let compared = false
  for (const signer of install.signers) {
    if (signers.includes(signer)) return true
    const kind = signer.slice(0, signer.indexOf(':') + 1)
    compared ||= signers.some((one) => one.startsWith(kind))
  }
  return compared ? false : undefined
}

function oldVersion(install: Install, apps: readonly PermittedApp[], named: readonly ReasonCode[]): Charge | undefined {
  const minimums = apps.map(({ minimum }) => minimum)
  if (minimums.length === 0 || minimums.includes(undefined)) return undefined
  const all = minimums.filter((one) => one !== undefined)
  const found = new Set(all.map((minimum) => isNewEnough(install, minimum)))
  if (found.has(true)) return undefined
  const [first, ...more] = all.map(({ since }) => since)
  const unclear = found.has('unclear')
  return {
    kind: 'old_version',
    severity: unclear ? 'low' : 'medium',
    reasons: [unclear ? 'version_unclear' : 'below_minimum', ...named],
    ruledSince: first === undefined ? undefined : latest(first, ...more),
  }
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? undefined : a < b ? a : b
}

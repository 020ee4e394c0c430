import type { PermittedApp } from '../permitted.ts'
import { instantFrom, inOrder } from '../instant.ts'
import { type AllowedApp, allowedApps, type Refusal, type RolePolicy } from './role-policy.ts'

/** Of `enterprises.policies` in the Android Management API, what decides on apps; the words are those of Google's reference. */
export interface AndroidPolicy {
  readonly playStoreMode: 'WHITELIST'
  readonly applications: AndroidApplication[]
  readonly defaultPermissionPolicy: 'PROMPT'
  readonly advancedSecurityOverrides: {
    readonly untrustedAppsPolicy: 'DISALLOW_INSTALL'
    readonly googlePlayProtectVerifyApps: 'VERIFY_APPS_ENFORCED'
    readonly developerSettings: 'DEVELOPER_SETTINGS_DISABLED'
  }
  readonly permittedAccessibilityServices: { readonly packageNames: string[] }
  readonly microphoneAccess:
    | 'MICROPHONE_ACCESS_USER_CHOICE'
    | 'MICROPHONE_ACCESS_DISABLED'
    | 'MICROPHONE_ACCESS_ENFORCED'
  readonly statusReportingSettings: {
    readonly applicationReportsEnabled: true
    readonly applicationReportingSettings: { readonly includeRemovedApps: true }
  }
}

export interface AndroidApplication {
  readonly packageName: string
  readonly installType: 'FORCE_INSTALLED' | 'AVAILABLE'
  readonly defaultPermissionPolicy: 'PROMPT'
  readonly permissionGrants: { readonly permission: string; readonly policy: 'GRANT' | 'DENY' | 'PROMPT' }[]
  readonly minimumVersionCode?: number
}

/** A policy, or every reason why there is none. */
export type AndroidExport =
  | {
      readonly policy: AndroidPolicy
      /** for `policies.patch`: what else the force's policy holds is left alone */
      readonly updateMask: string
      /** apps whose lowest version the API has no room for, by package; drift still finds older ones */
      readonly withoutMinimum: readonly string[]
    }
  | { readonly refused: readonly Refusal[] }

/** In one policy, as the API has it. */
const MOST_MINIMUMS = 20
const MICROPHONE = 'android.permission.RECORD_AUDIO'
const GRANTS = { grant: 'GRANT', deny: 'DENY', ask: 'PROMPT' } as const
const MICROPHONES = {
  user_choice: 'MICROPHONE_ACCESS_USER_CHOICE',
  disabled: 'MICROPHONE_ACCESS_DISABLED',
  enforced: 'MICROPHONE_ACCESS_ENFORCED',
} as const

/**
 * A role as a policy of the Android Management API: only its apps, each without the microphone unless a rule gives it, nothing from elsewhere,
 * no accessibility service but those named. Law row E10. Throws FleetError BAD_TIME.
 */
export function androidPolicy(role: RolePolicy, permitted: readonly PermittedApp[], now: string): AndroidExport {
  const { allowed, refused } = allowedApps(role, permitted, instantFrom(now))
  if (refused.length > 0) return { refused }
  const apps = allowed.filter(({ app }) => app.platform === 'android')
  const withMinimum = apps.filter(({ app }) => app.minimum?.versionCode !== undefined)
  const named = new Set(withMinimum.slice(0, MOST_MINIMUMS))
  const policy: AndroidPolicy = {
    playStoreMode: 'WHITELIST',
    applications: apps.map((one) => application(one, named.has(one))),
    defaultPermissionPolicy: 'PROMPT',
    advancedSecurityOverrides: {
      untrustedAppsPolicy: 'DISALLOW_INSTALL',
      googlePlayProtectVerifyApps: 'VERIFY_APPS_ENFORCED',
      developerSettings: 'DEVELOPER_SETTINGS_DISABLED',
    },
    permittedAccessibilityServices: { packageNames: [...new Set(role.accessibility)].sort(inOrder) },
    microphoneAccess: MICROPHONES[role.microphone],
    statusReportingSettings: {
      applicationReportsEnabled: true,
      applicationReportingSettings: { includeRemovedApps: true },
    },
  }
  return {
    policy,
    updateMask: Object.keys(policy).join(','),
    withoutMinimum: withMinimum.slice(MOST_MINIMUMS).map(({ app }) => app.id),
  }
}

function application({ app, rule }: AllowedApp, minimum: boolean): AndroidApplication {
  const rules = new Map([[MICROPHONE, 'DENY' as (typeof GRANTS)[keyof typeof GRANTS]]])
  for (const { permission, grant } of rule.permissions ?? []) rules.set(permission, GRANTS[grant])
  return {
    packageName: app.id,
    installType: rule.install === 'required' ? 'FORCE_INSTALLED' : 'AVAILABLE',
    defaultPermissionPolicy: 'PROMPT',
    permissionGrants: [...rules]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([permission, policy]) => ({ permission, policy })),
    ...(minimum && { minimumVersionCode: app.minimum?.versionCode }),
  }
}

import { instantFrom, inOrder } from '../instant.ts'
import type { PermittedApp } from '../permitted.ts'
import { allowedApps, type Refusal, refusal, type RolePolicy } from './role-policy.ts'

/** For `POST deviceAppManagement/mobileApps/{app}/assign`, which replaces all assignments of an app: so it holds those of every role. */
export interface IntuneAssignments {
  readonly app: string
  readonly name: string
  readonly body: {
    readonly mobileAppAssignments: {
      readonly '@odata.type': '#microsoft.graph.mobileAppAssignment'
      readonly intent: 'required' | 'available'
      readonly target: {
        readonly '@odata.type': '#microsoft.graph.groupAssignmentTarget'
        readonly groupId: string
      }
    }[]
  }
}

/** For `deviceManagement/deviceConfigurations`; holds on supervised iPhones only. */
export interface IosAllowList {
  readonly '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration'
  readonly displayName: string
  readonly appsVisibilityListType: 'appsInListCompliant'
  readonly appsVisibilityList: {
    readonly '@odata.type': '#microsoft.graph.appListItem'
    readonly name: string
    readonly appId: string
    readonly appStoreUrl?: string
  }[]
  readonly enterpriseAppBlockTrust: true
}

/** The same for Androids that the force owns. Graph has this shape in its beta only. */
export interface AndroidAllowList {
  readonly '@odata.type': '#microsoft.graph.androidDeviceOwnerGeneralDeviceConfiguration'
  readonly displayName: string
  readonly playStoreMode: 'allowList'
  readonly appsAllowInstallFromUnknownSources: false
  readonly appsDefaultPermissionPolicy: 'prompt'
  readonly microphoneForceMute: boolean
  readonly securityRequireVerifyApps: true
}

export interface IntuneRole {
  readonly role: string
  readonly groups: readonly string[]
  readonly ios: IosAllowList
  /** of Graph's beta */
  readonly android: AndroidAllowList
  /** packages in managed Google Play that this role's phones may have */
  readonly managedGooglePlay: readonly string[]
}

export type IntuneExport =
  | { readonly assignments: readonly IntuneAssignments[]; readonly roles: readonly IntuneRole[] }
  | { readonly refused: readonly Refusal[] }

/**
 * All roles as Intune has them. All at once, because an app's assignments replace one another: exported role by role, each would
 * take the app from the last. Where two roles share a group, required wins. Throws FleetError BAD_TIME.
 */
export function intunePlan(
  roles: readonly RolePolicy[],
  permitted: readonly PermittedApp[],
  now: string,
): IntuneExport {
  const at = instantFrom(now)
  const refused: Refusal[] = []
  const assignments = new Map<string, { name: string; intents: Map<string, 'required' | 'available'> }>()
  const found: IntuneRole[] = []
  for (const role of [...roles].sort((a, b) => inOrder(a.role, b.role))) {
    const { allowed, refused: not } = allowedApps(role, permitted, at)
    refused.push(...not)
    for (const { app, rule } of allowed) {
      if (app.intuneApp === undefined) {
        refused.push(refusal(role.role, app.entry, 'needs_intune_app'))
        continue
      }
      const one = assignments.get(app.intuneApp) ?? { name: app.name, intents: new Map() }
      for (const group of role.groups) if (one.intents.get(group) !== 'required') one.intents.set(group, rule.install)
      assignments.set(app.intuneApp, one)
    }
    found.push({
      role: role.role,
      groups: [...role.groups].sort(inOrder),
      ios: iosAllowList(
        role,
        allowed.map(({ app }) => app).filter(({ platform }) => platform === 'ios'),
      ),
      android: androidAllowList(role),
      managedGooglePlay: allowed.filter(({ app }) => app.platform === 'android').map(({ app }) => app.id),
    })
  }
  if (refused.length > 0) return { refused }
  return {
    roles: found,
    assignments: [...assignments]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([app, { name, intents }]) => ({
        app,
        name,
        body: {
          mobileAppAssignments: [...intents]
            .sort(([a], [b]) => inOrder(a, b))
            .map(([groupId, intent]) => ({
              '@odata.type': '#microsoft.graph.mobileAppAssignment',
              intent,
              target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
            })),
        },
      })),
  }
}

function iosAllowList({ role }: RolePolicy, apps: readonly PermittedApp[]): IosAllowList {
  return {
    '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration',
    displayName: `Peel: ${role}`,
    appsVisibilityListType: 'appsInListCompliant',
    appsVisibilityList: apps.map(({ name, id, storeUrl }) => ({
      '@odata.type': '#microsoft.graph.appListItem',
      name,
      appId: id,
      ...(storeUrl !== undefined && { appStoreUrl: storeUrl }),
    })),
    enterpriseAppBlockTrust: true,
  }
}

function androidAllowList({ role, microphone }: RolePolicy): AndroidAllowList {
  return {
    '@odata.type': '#microsoft.graph.androidDeviceOwnerGeneralDeviceConfiguration',
    displayName: `Peel: ${role}`,
    playStoreMode: 'allowList',
    appsAllowInstallFromUnknownSources: false,
    appsDefaultPermissionPolicy: 'prompt',
    microphoneForceMute: microphone === 'disabled',
    securityRequireVerifyApps: true,
  }
}

import { giveRoster } from './roster.ts'
import { beginFleetImport, handInFleetFiles, startFleetImport } from './collect-import.ts'
import { runFleetImport } from './run-import.ts'
import type { Actor, Ops } from '../ops.ts'

/** An app on a phone as the Android Management API reports it. */
export interface ReportedApp {
  readonly packageName: string
  readonly displayName?: string
  readonly applicationSource?: string
  readonly installerPackageName?: string
}

export const RECORDER: ReportedApp = {
  packageName: 'com.nll.acr',
  displayName: 'Another Call Recorder',
  applicationSource: 'INSTALLED_FROM_PLAY_STORE',
  installerPackageName: 'com.android.vending',
}
export const CLOCK: ReportedApp = {
  packageName: 'com.example.clock',
  displayName: 'Clock',
  applicationSource: 'SYSTEM_APP_FACTORY_VERSION',
}

/** A page of the Android Management API: invented phones with what is on each. */
export function aDevicePage(phones: Readonly<Record<string, readonly ReportedApp[]>>): Buffer {
  const devices = Object.entries(phones).map(([name, apps]) => ({
    name: `enterprises/E1/devices/${name}`,
    applicationReports: apps.map((app) => ({ state: 'INSTALLED', versionName: '1.0', versionCode: 1, ...app })),
  }))
  return Buffer.from(JSON.stringify({ devices }))
}

/** Brings phones in as pages do and a worker does. Gives the import's id. */
export async function importPhones(
  ops: Ops,
  actor: Actor,
  phones: Readonly<Record<string, readonly ReportedApp[]>>,
): Promise<string> {
  const id = await beginFleetImport(ops, actor, { source: 'android_management', at: ops.now() })
  await handInFleetFiles(ops, actor, id, [{ bytes: aDevicePage(phones) }])
  await startFleetImport(ops, actor, id)
  await runFleetImport(ops, id)
  return id
}

/** A roster in which each phone has a role, and somebody who holds it. */
export async function giveRoles(
  ops: Ops,
  actor: Actor,
  roles: Readonly<Record<string, readonly [role: string, holder: string]>>,
): Promise<void> {
  const lines = Object.entries(roles).map(([device, [role, holder]]) => `${device},${role},${holder}`)
  await giveRoster(ops, actor, Buffer.from(['device,role,holder', ...lines].join('\r\n')))
}

import type { Platform } from '../platform.ts'
import type { Grade, InspectedPackage } from '../package/package.ts'
import type { Reason } from '../reason.ts'

/** What matters of one version of an app when the next is held against it. */
export interface AppVersion {
  readonly platform: Platform
  /** package name or bundle id */
  readonly id: string
  readonly version: string
  /** what it could do to people, by names of permissions and guards */
  readonly dangers: readonly string[]
  /** SHA-256 of the certificates, lower-case hex; empty where a shop does not show them */
  readonly signers: readonly string[]
  /** absent where nobody looked, for want of a list */
  readonly trackers?: readonly string[]
  readonly recorder: Grade
}

/** Permissions that Android asks the user for, besides those that `risksOf` weighs: Android's protection level `dangerous`. */
const ASKED_OF_USERS = new Set([
  'ACCEPT_HANDOVER',
  'ACCESS_COARSE_LOCATION',
  'ACCESS_MEDIA_LOCATION',
  'ACTIVITY_RECOGNITION',
  'BLUETOOTH_ADVERTISE',
  'BLUETOOTH_CONNECT',
  'BLUETOOTH_SCAN',
  'BODY_SENSORS',
  'BODY_SENSORS_BACKGROUND',
  'CALL_PHONE',
  'GET_ACCOUNTS',
  'NEARBY_WIFI_DEVICES',
  'POST_NOTIFICATIONS',
  'READ_CALENDAR',
  'READ_EXTERNAL_STORAGE',
  'READ_MEDIA_AUDIO',
  'READ_MEDIA_IMAGES',
  'READ_MEDIA_VIDEO',
  'READ_MEDIA_VISUAL_USER_SELECTED',
  'READ_PHONE_NUMBERS',
  'RECEIVE_MMS',
  'RECEIVE_WAP_PUSH',
  'SEND_SMS',
  'USE_SIP',
  'UWB_RANGING',
  'WRITE_CALENDAR',
  'WRITE_CALL_LOG',
  'WRITE_CONTACTS',
  'WRITE_EXTERNAL_STORAGE',
])

/** What matters of a package that was looked into. */
export function versionOf(inspected: InspectedPackage): AppVersion {
  const { platform, permissions, risks, signers, trackers, trackers_checked, call_recorder } = inspected
  const asked = permissions.map(({ name }) => name.replace(/^android\.permission\./, ''))
  const dangers = new Set([...risks.map(({ name }) => name), ...asked.filter((name) => ASKED_OF_USERS.has(name))])
  return {
    platform,
    id: inspected.package,
    version: String(inspected.version_code ?? inspected.version_name ?? ''),
    dangers: [...dangers].sort(),
    signers: [...new Set(signers.map(({ sha256 }) => sha256))].sort(),
    ...(trackers_checked === undefined ? {} : { trackers: [...new Set(trackers.map(({ name }) => name))].sort() }),
    recorder: call_recorder.grade,
  }
}

const SOURCE = 'Data Protection Act 2018 ss.57, 64'

export const VERSION_REASONS = {
  version_new_permission: 'A new version may do something to people that was not assessed.',
  version_other_signer: 'A new version is signed by somebody else.',
  version_new_tracker: 'A new version holds a tracker that was not assessed.',
  version_trackers_unknown: 'Nobody looked for trackers in the new version.',
  version_more_recording: 'A new version could record calls better than the one that was assessed.',
} as const

/** Why a version may not take the place of the one that was assessed. Empty: nothing of weight is new. Pure. */
export function changesOf(accepted: AppVersion, seen: AppVersion): Reason[] {
  const added = (before: readonly string[], now: readonly string[]) => now.filter((one) => !before.includes(one))
  const reason = (code: keyof typeof VERSION_REASONS, about?: string): Reason => ({
    code,
    says: VERSION_REASONS[code],
    source: SOURCE,
    ...(about === undefined ? {} : { about }),
  })
  const unsigned = accepted.signers.length > 0 && seen.signers.length === 0
  return [
    ...added(accepted.dangers, seen.dangers).map((name) => reason('version_new_permission', name)),
    ...(unsigned || added(accepted.signers, seen.signers).length > 0 ? [reason('version_other_signer')] : []),
    ...added(accepted.trackers ?? [], seen.trackers ?? []).map((name) => reason('version_new_tracker', name)),
    ...(accepted.trackers && !seen.trackers ? [reason('version_trackers_unknown')] : []),
    ...(GRADES.indexOf(seen.recorder) > GRADES.indexOf(accepted.recorder) ? [reason('version_more_recording')] : []),
  ]
}

const GRADES: readonly Grade[] = ['none', 'C', 'B', 'A']

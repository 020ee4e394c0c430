import type { Component, Grade, InspectedPackage, Permission, Recorder, RecorderReason, Signer } from './package.ts'

/** Packages that are known to record calls, or to help one that does. */
export const KNOWN_RECORDERS: readonly string[] = [
  'com.nll.acr',
  'com.nll.cb',
  'com.nll.helper',
  'com.nll.store',
  'com.catalinagroup.callrecorder',
  'com.chiller3.bcr',
  'com.appstar.callrecorder',
  'com.boldbeast.recorder',
]

/** With the microphone, any of these tells an app when there is a call. */
const CALL_PERMISSIONS = [
  'READ_PHONE_STATE',
  'READ_CALL_LOG',
  'PROCESS_OUTGOING_CALLS',
  'CONTROL_INCALL_EXPERIENCE',
  'ANSWER_PHONE_CALLS',
]

const permission = (name: string) => `android.permission.${name}`
const MICROPHONE = permission('RECORD_AUDIO')
const ACCESSIBILITY_ACTION = 'android.accessibilityservice.AccessibilityService'
const ORDER: readonly Grade[] = ['none', 'C', 'B', 'A']

/** What the grade looks at; of an iPhone app, `ios` stands for the question that it asks before it uses the microphone. */
export type Graded = Pick<InspectedPackage, 'package' | 'queries'> & {
  readonly permissions: readonly Pick<Permission, 'name'>[]
  readonly components: readonly Pick<Component, 'kind' | 'name' | 'permission' | 'actions'>[]
  readonly signers: readonly Pick<Signer, 'sha256'>[]
}

/**
 * How far a package could record calls. A: it may capture what the phone plays, or has the microphone and takes part in calls as
 * the system's own dialler does. B: it has the microphone and reads the screen for its user, or knows when there is a call.
 * C: it has the microphone. Names that are known, and packages of one signer that make a recorder together (`beside`), are
 * reasons to look and change no grade.
 */
export function gradeCallRecorder(one: Graded, beside: readonly Graded[] = []): Recorder {
  const { grade, reasons } = byCapability([one])
  return { grade, reasons: [...reasons, ...byName(one), ...byPair(one, beside, grade)] }
}

function byCapability(packages: readonly Graded[]): { grade: Grade; reasons: RecorderReason[] } {
  const asked = new Set(packages.flatMap(({ permissions }) => permissions.map(({ name }) => name)))
  const services = packages.flatMap(({ components }) => components.filter(({ kind }) => kind === 'service'))
  const microphone = asked.has(MICROPHONE) || asked.has('NSMicrophoneUsageDescription')
  const reasons: RecorderReason[] = []
  const add = (code: RecorderReason['code'], detail: string) => reasons.push({ code, detail })

  if (asked.has(permission('CAPTURE_AUDIO_OUTPUT'))) add('capture_audio_output', permission('CAPTURE_AUDIO_OUTPUT'))
  if (microphone) {
    for (const { name, permission: guard } of services)
      if (guard === permission('BIND_INCALL_SERVICE')) add('in_call_service', name)
  }
  const surely = reasons.length > 0
  if (microphone) {
    for (const { name, permission: guard, actions } of services)
      if (guard === permission('BIND_ACCESSIBILITY_SERVICE') || actions.includes(ACCESSIBILITY_ACTION))
        add('accessibility_service', name)
    for (const name of CALL_PERMISSIONS.map(permission)) if (asked.has(name)) add('call_permission', name)
  }
  const perhaps = reasons.some(({ code }) => code === 'accessibility_service' || code === 'call_permission')
  if (microphone) add('microphone', asked.has(MICROPHONE) ? MICROPHONE : 'NSMicrophoneUsageDescription')
  return { grade: surely ? 'A' : perhaps ? 'B' : microphone ? 'C' : 'none', reasons }
}

function byName({ package: name, queries }: Graded): RecorderReason[] {
  const known = (one: string) => KNOWN_RECORDERS.includes(one)
  return [
    ...(known(name) ? [{ code: 'known_recorder', detail: name } as const] : []),
    ...[...new Set(queries.packages)]
      .filter((one) => known(one) && one !== name)
      .map((detail) => ({ code: 'queries_known_recorder', detail }) as const),
  ]
}

/** Packages of one signer that are more together than this one is alone: the recorder and its helper. */
function byPair(one: Graded, beside: readonly Graded[], alone: Grade): RecorderReason[] {
  const signers = new Set(one.signers.map(({ sha256 }) => sha256))
  return beside
    .filter(
      ({ package: name, signers: theirs }) => name !== one.package && theirs.some(({ sha256 }) => signers.has(sha256)),
    )
    .filter(
      (other) =>
        KNOWN_RECORDERS.includes(other.package) ||
        ORDER.indexOf(byCapability([one, other]).grade) > ORDER.indexOf(alone),
    )
    .map(({ package: detail }) => ({ code: 'pair_by_signer', detail }))
}

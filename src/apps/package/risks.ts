import type { Component, Permission, Risk } from './package.ts'

/** What permissions and guards let an app do to people, the gravest first. */
const MAY: readonly (readonly [name: string, may: string])[] = [
  ['CAPTURE_AUDIO_OUTPUT', 'record what the phone plays, calls among it'],
  ['BIND_ACCESSIBILITY_SERVICE', 'read the screen and press for its user'],
  ['BIND_INCALL_SERVICE', 'take part in every call'],
  ['CONTROL_INCALL_EXPERIENCE', 'take the place of the dialler during calls'],
  ['RECORD_AUDIO', 'listen through the microphone'],
  ['PROCESS_OUTGOING_CALLS', 'see and divert the numbers that are called'],
  ['ANSWER_PHONE_CALLS', 'answer calls'],
  ['READ_CALL_LOG', 'read the list of calls'],
  ['READ_PHONE_STATE', 'know when there is a call, and which phone this is'],
  ['FOREGROUND_SERVICE_MICROPHONE', 'go on listening while another app is in front'],
  ['FOREGROUND_SERVICE_MEDIA_PROJECTION', 'go on recording the screen while another app is in front'],
  ['MEDIA_PROJECTION', 'record the screen'],
  ['BIND_NOTIFICATION_LISTENER_SERVICE', 'read every notification'],
  ['READ_SMS', 'read text messages'],
  ['RECEIVE_SMS', 'read text messages as they come'],
  ['READ_CONTACTS', 'read the address book'],
  ['ACCESS_BACKGROUND_LOCATION', 'know where the phone is at any time'],
  ['ACCESS_FINE_LOCATION', 'know where the phone is while it is used'],
  ['CAMERA', 'see through the camera'],
  ['MANAGE_EXTERNAL_STORAGE', 'read and change all shared files'],
  ['BIND_VPN_SERVICE', "see all of the phone's traffic"],
  ['BIND_DEVICE_ADMIN', 'lock and wipe the phone'],
  ['PACKAGE_USAGE_STATS', 'know which apps are used, and when'],
  ['QUERY_ALL_PACKAGES', 'know which apps are installed'],
  ['REQUEST_INSTALL_PACKAGES', 'ask to install other apps'],
  ['SYSTEM_ALERT_WINDOW', 'draw over other apps'],
]

/** What an iPhone app asks for, by the text that it must give for it. */
const ASKS: readonly (readonly [name: string, may: string])[] = [
  ['NSMicrophoneUsageDescription', 'listen through the microphone'],
  ['NSSpeechRecognitionUsageDescription', 'turn speech into text'],
  ['NSCameraUsageDescription', 'see through the camera'],
  ['NSContactsUsageDescription', 'read the address book'],
  ['NSLocationAlwaysAndWhenInUseUsageDescription', 'know where the phone is at any time'],
  ['NSLocationAlwaysUsageDescription', 'know where the phone is at any time'],
  ['NSLocationWhenInUseUsageDescription', 'know where the phone is while it is used'],
  ['NSPhotoLibraryUsageDescription', 'see pictures and films'],
  ['NSHealthShareUsageDescription', 'read health data'],
  ['NSCalendarsUsageDescription', 'read the calendar'],
  ['NSCalendarsFullAccessUsageDescription', 'read the calendar'],
  ['NSUserTrackingUsageDescription', 'follow its user through the apps of others'],
  ['NSLocalNetworkUsageDescription', 'find other devices on the same network'],
]

const PREFIX = 'android.permission.'

/** What a package may do that a person should weigh, the gravest first. Pure. */
export function risksOf(permissions: readonly Permission[], components: readonly Component[]): Risk[] {
  const asked = new Set(permissions.map(({ name }) => name))
  const guards = new Set(components.map(({ permission }) => permission))
  const android = MAY.flatMap(([name, may]): Risk[] => {
    if (asked.has(PREFIX + name)) return [{ name, by: 'permission', may }]
    return name.startsWith('BIND_') && guards.has(PREFIX + name) ? [{ name, by: 'component', may }] : []
  })
  const ios = ASKS.flatMap(([name, may]): Risk[] => (asked.has(name) ? [{ name, by: 'usage', may }] : []))
  return [...android, ...ios]
}

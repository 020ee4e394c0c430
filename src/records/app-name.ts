const NAMES: ReadonlyMap<string, string> = new Map([
  ['sms', 'Text messages'],
  ['whatsapp', 'WhatsApp'],
  ['phone', 'Phone'],
  ['facetime', 'FaceTime'],
  ['contacts', 'Address book'],
  ['camera', 'Camera'],
  ['call-recording', 'Recording of a call'],
])

/** What people call an app; undefined of one that is known only as its phone names it, which may be anything. */
export function appName(app: string): string | undefined {
  return NAMES.get(app)
}

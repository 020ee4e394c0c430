/**
 * Which app a call belongs to. Android logs calls of other apps beside the telephone's own, and names the app by the component
 * of its phone account, e.g. `com.whatsapp/com.whatsapp.calling.telecom.…`. An app that is not listed counts as the telephone.
 */
const PACKAGES: Readonly<Record<string, string>> = {
  'com.whatsapp': 'whatsapp',
  'com.whatsapp.w4b': 'whatsapp',
  'org.thoughtcrime.securesms': 'signal',
  'org.telegram.messenger': 'telegram',
  'com.viber.voip': 'viber',
  'com.skype.raider': 'skype',
  'com.facebook.orca': 'messenger',
  'com.google.android.apps.tachyon': 'google-meet',
  'com.google.android.apps.googlevoice': 'google-voice',
}

const TELEPHONE = 'phone'

/** Every app that a row of the call log can belong to, the telephone first. */
export const CALLING_APPS: readonly string[] = [TELEPHONE, ...new Set(Object.values(PACKAGES))]

/** The package in a component name (`package/class`); undefined for the telephone's own (`com.android.*`) and where there is none. */
export function packageOf(component: unknown): string | undefined {
  if (typeof component !== 'string') return undefined
  const name = component.slice(0, Math.max(component.indexOf('/'), 0))
  return name === '' || name.startsWith('com.android.') ? undefined : name
}

export const appOf = {
  package: (name: string | undefined): string =>
    name !== undefined && Object.hasOwn(PACKAGES, name) ? (PACKAGES[name] as string) : TELEPHONE,

  /** The same as SQL over a column with the component. */
  sql(column: string): string {
    const cases = Object.entries(PACKAGES).map(([name, app]) => `WHEN '${name}' THEN '${app}'`)
    return `CASE substr(${column}, 1, instr(${column}, '/') - 1) ${cases.join(' ')} ELSE '${TELEPHONE}' END`
  },
}

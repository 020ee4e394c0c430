import type { FindingKind, FindingSeverity } from '../../../apps/index.ts'

/** What is wrong, in short. */
export const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  unapproved: 'Not approved',
  wrong_role: 'Not for this phone’s role',
  side_loaded: 'Not installed from the store or by device management',
  old_version: 'Version too old',
  signer_mismatch: 'Signed by somebody else',
  recorder: 'Could record calls',
  unknown_app: 'Not known which app it is',
}

/** What whoever sees to it does first. */
export const WHAT_TO_DO: Readonly<Record<FindingKind, readonly string[]>> = {
  unapproved: [
    'If the app keeps anything about people, have that listed before anything is deleted.',
    'Then have device management take the app off the phone, or ask for the app in the catalogue.',
  ],
  wrong_role: ['Take the app off the phone, or correct the role of the phone in the roster.'],
  side_loaded: [
    'Cut the phone off from the force’s systems until somebody has looked at it.',
    'Have installing from unknown sources forbidden for phones of this role.',
  ],
  old_version: ['Have the app updated, or taken off the phone.'],
  signer_mismatch: [
    'Take in the phone now. An app that is signed by somebody else is another app under a known name.',
    'Tell whoever looks after the force’s security.',
  ],
  recorder: [
    'Do not have it deleted yet. Recordings on the phone and in a cloud are listed first: they may be evidence.',
    'Take in the phone, or have device management stop the app.',
    'Tell the data protection officer and the disclosure officer.',
  ],
  unknown_app: ['Find out which app it is, and confirm its name. Names that wait are listed under Phones.'],
}

export const SEVERITY_TAGS: Readonly<Record<FindingSeverity, { readonly text: string; readonly colour: string }>> = {
  critical: { text: 'Critical', colour: 'govuk-tag--red' },
  high: { text: 'High', colour: 'govuk-tag--orange' },
  medium: { text: 'Medium', colour: 'govuk-tag--yellow' },
  low: { text: 'Low', colour: 'govuk-tag--grey' },
}

/** Where an export comes from, as whoever made it knows it. */
export const SOURCE_WORDS: Readonly<Record<string, { readonly text: string; readonly hint: string }>> = {
  android_management: {
    text: 'Android Management API',
    hint: 'The pages of enterprises.devices.list, as JSON.',
  },
  intune_export: {
    text: 'Microsoft Intune, exported report',
    hint: 'AppInvRawData, AppInvByDevice or AppInvAggregate: the zip, or the CSV or JSON in it.',
  },
  intune_graph: {
    text: 'Microsoft Intune, detected apps from Graph',
    hint: 'The pages of detectedApps, with managedDevices expanded, as JSON.',
  },
  google_workspace: {
    text: 'Google Workspace',
    hint: 'The pages of mobiledevices.list with projection=FULL, as JSON.',
  },
  apple_mdm: { text: 'Apple MDM', hint: 'One answer to InstalledApplicationList for each phone, as property lists.' },
  columns: { text: 'Jamf, Workspace ONE or another CSV', hint: 'Once it is handed in, you say what its columns mean.' },
}

export const IMPORT_TAGS = {
  collecting: { text: 'Not read yet', colour: 'govuk-tag--yellow' },
  queued: { text: 'Being read', colour: 'govuk-tag--blue' },
  done: { text: 'Taken in', colour: 'govuk-tag--green' },
  failed: { text: 'Could not be read', colour: 'govuk-tag--red' },
  taken_back: { text: 'Taken back', colour: 'govuk-tag--grey' },
} as const

/** Of an import that failed for a reason that nobody expected, and is to be read all the same. */
export const STUCK_TAG = { text: 'Stopped', colour: 'govuk-tag--red' } as const

/** Why an export could not be read, and what to do. */
export const FAILURE_WORDS: Readonly<Record<string, string>> = {
  TOO_LARGE: 'It is larger than can be read. Export fewer devices at a time.',
  NOT_JSON: 'It is not JSON. Export it again.',
  NOT_RECOGNISED: 'It is no export of the system that you chose. Check which one it is, and hand it in again.',
  BAD_ARCHIVE: 'The zip cannot be read, or holds more than one file. Export it again.',
  BAD_MAPPING: 'What was said of its columns cannot be used. Begin again, and say it anew.',
  HEADINGS_MISSING: 'A later file has other columns than the first. Hand in files of one kind together.',
  BAD_TIME: 'Its time cannot be read. Begin again.',
  OUT_OF_ORDER: 'Another export of a later time was read meanwhile. Bring exports in by their time.',
}

/** What was odd in a row. */
export const ODD_WORDS: Readonly<Record<string, string>> = {
  not_a_row: 'It is no row',
  no_device: 'It names no device',
  no_app: 'It names no app',
  bad_id: 'What stands as the app’s id is none',
  bad_name: 'Its name is too long',
  bad_version_code: 'Its version code is no number',
  bad_signer: 'Its signer cannot be read',
  bad_time: 'Its time cannot be read',
  bad_installer: 'Who installed it is not known',
  platform_unknown: 'Its platform is not known',
  no_app_report: 'The device tells nothing of its apps: its policy does not ask for them',
  count_differs: 'More or fewer devices are counted than named',
  more_pages: 'Further pages were not handed in: nothing is taken as gone',
  wrong_number_of_cells: 'It has more or fewer cells than the heading',
  quote_open: 'A quotation mark is not closed',
  text_after_quote: 'Something stands behind a quotation mark',
}

/** An app as pages name it: what stands in a ticket is `android com.example.radio` or `ios name:radio`. */
export function appWords(app: string): { readonly app: string; readonly platform: string } {
  const [platform = '', ...rest] = app.split(' ')
  const name = rest.join(' ')
  return {
    app: name.startsWith('name:') ? name.slice('name:'.length) || 'without a name' : name,
    platform: platform === 'ios' ? 'iPhone' : 'Android',
  }
}

const MINUTE = 60_000
const STEPS: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [MINUTE, 'minute'],
]

/** How long something took, in one unit; a part of a minute is none. */
export function lasted(ms: number): string {
  for (const [step, word] of STEPS) {
    const count = Math.floor(ms / step)
    if (count >= 1) return `${count.toLocaleString('en-GB')} ${word}${count === 1 ? '' : 's'}`
  }
  return 'less than a minute'
}

/** Between which two bounds somebody found out. */
export function detectionWords({ atLeastMs, atMostMs }: { atLeastMs: number; atMostMs?: number }): string {
  const isAtOnce = atLeastMs < MINUTE
  if (atMostMs === undefined)
    return isAtOnce ? 'not known: nobody had looked before' : `at least ${lasted(atLeastMs)}: nobody had looked before`
  if (isAtOnce) return atMostMs < MINUTE ? lasted(atMostMs) : `at most ${lasted(atMostMs)}`
  return atMostMs === atLeastMs ? lasted(atMostMs) : `between ${lasted(atLeastMs)} and ${lasted(atMostMs)}`
}

import {
  type Component,
  gradeCallRecorder,
  type InspectedPackage,
  inspectPackage,
  PackageError,
  type RecorderReason,
} from '../../apps/index.ts'
import { type Command, text, texts } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { printableLine } from '../printable.ts'
import { readText } from '../read-input.ts'
import type { Terminal } from '../terminal.ts'

/** Looks at apps before they are let onto a force's phones. */
export const apps: Command = {
  name: 'apps',
  usage: 'inspect <file> [--trackers <file>] [--beside <file>…] [--json]',
  summary: 'says what an app could do, whether it could record calls, and who signed it; runs nothing of it',
  words: ['inspect', '<file>'],
  options: {
    trackers: { type: 'string', help: 'a list of trackers to look for, as Exodus Privacy publishes it (JSON)' },
    beside: {
      type: 'string',
      multiple: true,
      help: 'another package, as one signer may make a recorder of two; may be repeated',
    },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const [verb, file = ''] = input.words
    if (verb !== 'inspect') throw new Stop(EXIT.usage, `there is no peel apps ${verb}`, 'inspect')
    const list = text(input, 'trackers')
    const alone = await inspectPackage(file, list === undefined ? {} : { trackers: readText(list) }).catch(refused)
    const beside: InspectedPackage[] = []
    for (const one of texts(input, 'beside')) beside.push(await inspectPackage(one).catch(refused))
    const found = { ...alone, call_recorder: gradeCallRecorder(alone, beside) }
    if (input.options['json']) terminal.json(found)
    else print(found, terminal)
    return EXIT.done
  },
}

/** A package that is refused could not be read; a list of trackers was given wrongly. */
function refused(error: unknown): never {
  if (!(error instanceof PackageError)) throw error
  throw new Stop(error.code === 'BAD_TRACKERS' ? EXIT.usage : EXIT.unreadable, error.message, error.hint)
}

function print(found: InspectedPackage, terminal: Terminal): void {
  const { version_name: name, version_code: code, label } = found
  const version = [name && `version ${name}`, code !== undefined && `(${code})`].filter(Boolean).join(' ')
  const say = (line: string) => terminal.line(printableLine(line))
  say([found.package, label && `“${label}”`, version].filter(Boolean).join(', '))
  const system = found.platform === 'ios' ? 'iOS' : 'Android API level'
  if (found.min_sdk !== undefined || found.target_sdk !== undefined)
    say(`Made for ${system} ${found.target_sdk ?? 'unknown'}; runs from ${found.min_sdk ?? '1'} on.`)
  terminal.line()
  printRecorder(found, terminal)
  terminal.line()
  if (found.risks.length === 0) say('It asks for nothing else that a person should weigh.')
  else {
    say('It may, the gravest first:')
    const width = Math.max(...found.risks.map(({ may }) => may.length))
    for (const { may, name } of found.risks) say(`  ${may.padEnd(width)}  ${name}`)
  }
  const others = found.permissions.length - found.risks.filter(({ by }) => by !== 'component').length
  if (others > 0) say(`${count(others, 'other permission')}: --json lists them.`)
  printDoors(found, say)
  printTrackers(found, say)
  printSigners(found, say)
  if (found.splits.length > 0) say(`It comes in parts; these were not read: ${found.splits.join(', ')}`)
  for (const { code: problem, file, detail } of found.problems)
    say(`problem: ${problem}${file ? ` ${file}` : ''}: ${detail}`)
}

const GRADES = {
  A: 'It could record calls (grade A).',
  B: 'It could perhaps record calls (grade B).',
  C: 'It could record what the microphone hears, and does not follow calls (grade C).',
  none: 'It could not record calls.',
} as const

const REASONS: Readonly<Record<RecorderReason['code'], string>> = {
  capture_audio_output: 'it asks to capture what the phone plays',
  in_call_service: 'with the microphone, it takes part in calls as a dialler does',
  accessibility_service: 'with the microphone, it may read the screen',
  call_permission: 'with the microphone, it knows when there is a call',
  microphone: 'it asks for the microphone',
  known_recorder: 'its name is that of a known call recorder, or of the helper of one',
  queries_known_recorder: 'it looks for a known call recorder on the phone',
  pair_by_signer: 'whoever signed it signed another package that makes it a recorder',
}

function printRecorder({ call_recorder: { grade, reasons } }: InspectedPackage, terminal: Terminal): void {
  const words = GRADES[grade]
  terminal.line(grade === 'A' || grade === 'B' ? terminal.bad(words) : words)
  for (const { code, detail } of reasons) terminal.line(printableLine(`  ${REASONS[code]}: ${detail}`))
}

/** What other apps can reach, and how it keeps what it holds. */
function printDoors(
  { platform, components, flags, native_abis: abis }: InspectedPackage,
  say: (line: string) => void,
): void {
  const open = components.filter(({ exported, permission }) => exported && permission === undefined)
  if (platform === 'android')
    say(
      `Other apps reach ${open.length === 0 ? 'nothing of it' : kinds(open)} without a permission, of ${count(components.length, 'component')}.`,
    )
  if (flags.debuggable) say('It is made for debugging: whoever holds the phone can look into it.')
  if (flags.allow_backup) say('What it holds may go into backups.')
  if (flags.cleartext) say('It may send without encryption.')
  if (abis.length > 0) say(`Native code: ${abis.join(', ')}`)
}

function kinds(components: readonly Component[]): string {
  const plural = {
    activity: 'activities',
    'activity-alias': 'aliases',
    service: 'services',
    receiver: 'receivers',
    provider: 'providers',
  }
  return Object.entries(Object.groupBy(components, ({ kind }) => kind))
    .map(([kind, those]) => `${those.length} ${those.length === 1 ? kind : plural[kind as Component['kind']]}`)
    .join(', ')
}

function printTrackers(
  { trackers, trackers_checked: checked, platform }: InspectedPackage,
  say: (line: string) => void,
): void {
  if (platform === 'ios') return
  if (checked === undefined) return say('Trackers were not looked for: give --trackers a list.')
  if (trackers.length === 0)
    say(`None of ${count(checked.trackers, 'tracker')} is in its ${count(checked.classes, 'class', 'classes')}.`)
  for (const { name, class: shown } of trackers) say(`tracker: ${name}: ${shown}`)
  if (checked.skipped > 0) say(`${count(checked.skipped, 'signature')} of the list could not be used.`)
}

function printSigners({ signers }: InspectedPackage, say: (line: string) => void): void {
  for (const { scheme, sha256, subject } of signers) say(`signed (${scheme}) ${sha256}${subject ? ` ${subject}` : ''}`)
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
}

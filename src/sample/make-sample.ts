import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordKind } from '../records/index.ts'
import { writeAndroidFiles } from './android/android-files.ts'
import { writeAndroidBackup } from './android/backup/android-backup.ts'
import { writeIosPhone } from './ios/write-phone.ts'
import { makeStory } from './story/make-story.ts'
import { openTruth } from './truth.ts'

export const SAMPLE_KINDS = [
  'ios-backup',
  'ios-backup-encrypted',
  'ios-files',
  'android-files',
  'android-backup',
] as const
export type SampleKind = (typeof SAMPLE_KINDS)[number]

/** The password of the encrypted samples; also in `password.txt` beside them. */
export const SAMPLE_PASSWORD = 'peel-sample'

/** Why no sample was made. */
export class SampleError extends Error {
  override readonly name = 'SampleError'
  readonly code = 'EXISTS'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

export interface Sample {
  /** the phone: a folder, or the file `phone.ab` */
  readonly phone: string
  /** `truth.json` */
  readonly truth: string
  /** records of each kind on the phone */
  readonly records: Partial<Record<RecordKind, number>>
}

/**
 * Makes a synthetic phone in `dir` (made where it is not there; must hold no phone yet): `phone` or `phone.ab`, and beside it
 * `truth.json` with every record as `peel list` would print it, without id, clauses, context and provenance, and the words that
 * may come out under no authorisation. Exactly `messages` of the records are messages: 100 to 5,000,000, else RangeError.
 * The same kind, number and seed give the same bytes. Throws SampleError where a phone lies already. `oldWhatsapp`: on Android, WhatsApp's tables are those of before 2022.
 */
export async function makeSample(
  kind: SampleKind,
  dir: string,
  options: { messages?: number; seed?: string | number; oldWhatsapp?: boolean } = {},
): Promise<Sample> {
  const system = kind.startsWith('ios') ? 'ios' : 'android'
  const { messages = 1000, seed = '1', oldWhatsapp = false } = options
  const story = makeStory({ messages, seed: String(seed), system, oldWhatsapp })
  mkdirSync(dir, { recursive: true })
  const phone = join(dir, kind === 'android-backup' ? 'phone.ab' : 'phone')
  const path = join(dir, 'truth.json')
  if (existsSync(phone)) throw new SampleError('a phone lies there already', 'give a folder without one')
  const truth = openTruth(path)
  if (kind === 'ios-backup' || kind === 'ios-backup-encrypted' || kind === 'ios-files')
    await writeIosPhone(kind, phone, story, truth, SAMPLE_PASSWORD)
  else if (kind === 'android-files') writeAndroidFiles(story, phone, truth)
  else await writeAndroidBackup(story, phone, truth)
  const records = truth.close(story.never)
  if (kind === 'ios-backup-encrypted') writeFileSync(join(dir, 'password.txt'), `${SAMPLE_PASSWORD}\n`)
  writeFileSync(join(dir, 'README.txt'), readme(kind))
  return { phone, truth: path, records }
}

function readme(kind: SampleKind): string {
  return `This phone was made by \`peel sample\` (${kind}). Nobody in it exists.

Exhibit AB/1. The town of Hallowick, its people, firms, messages, calls, pictures and places are invented. Telephone numbers
are from the ranges that Ofcom keeps for drama (07700 900000 to 900999, 020 7946 0000 to 0999) and cannot ring; e-mail
addresses are at example.org and example.com. HEIC files, films and sound have the data that stands beside pictures and no
pictures in them.

truth.json lists every record that is on the phone, as \`peel list\` would print it, and under "never" the words that stand on
the phone in places from which nothing may come out.
`
}

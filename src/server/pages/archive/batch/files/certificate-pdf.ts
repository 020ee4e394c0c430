import { readFileSync } from 'node:fs'
import type { SignedCertificate } from '../../../../../actions/index.ts'
import { fonts as installedFonts, press } from '../../../../../pdf/index.ts'
import { writtenMoment } from '../../../../../records/index.ts'
import { RULE_WORDS, BATCH_CLASS_WORDS } from '../words.ts'
import { FINDING_WORDS, PLACE_KIND_WORDS } from '../../places/words.ts'

const TEMPLATE = new URL('certificate.typ', import.meta.url)
const MINUTE = 60_000

/** The members of a certificate that a reader is told (peel-recordings-certificate/1). */
interface Told {
  readonly archive: string
  readonly batch: string
  readonly root: string
  readonly count: number
  readonly bytes: number
  readonly hours: number
  readonly duration_unknown: number
  readonly classes: Readonly<Record<string, number>>
  readonly rules: Readonly<Record<string, number>>
  readonly proposed: Hand
  readonly approved: readonly Hand[]
  readonly sample?: { readonly looked: number; readonly wrong: number; readonly at_most: number }
  readonly method: string
  readonly times: { readonly matched: string; readonly keys_destroyed: string; readonly verified: string }
  readonly generations: Span
  readonly epochs: Span
  readonly verified: Readonly<Record<string, number | string>>
  readonly places: readonly { readonly kind: string; readonly found: string; readonly count: number }[]
  readonly exceptions: Readonly<Record<string, number>>
  readonly log: { readonly origin: string; readonly index: number }
  readonly at: string
  readonly residual_risk: string
}

interface Hand {
  readonly role: string
  readonly person: string
  readonly at: string
}

interface Span {
  readonly before: number
  readonly after: number
}

/** Writes a certificate as PDF (PDF/UA-1), for people: the same certificate gives the same bytes. What is signed is the JSON. Throws PdfError. */
export function certificatePdf({ certificate, digest }: Pick<SignedCertificate, 'certificate' | 'digest'>): Buffer {
  const told = JSON.parse(certificate.toString()) as Told
  const fonts = installedFonts()
  const data = {
    title: 'Certificate of the destruction of call recordings',
    made: moment(told.at),
    fonts: fonts.families,
    about: [
      `${n(told.count)} recordings were destroyed. The key of each is gone, with every older key that could have opened it; the files are removed, and each was looked for and not found.`,
      told.residual_risk,
      'This paper is made from the signed certificate and says the same. It holds no telephone number, no name and no path.',
    ],
    parts: partsOf(told, digest),
  }
  const paper = press(fonts)
  paper.put('certificate.typ', readFileSync(TEMPLATE))
  paper.put('certificate.json', Buffer.from(JSON.stringify(data)))
  return paper.press('certificate.typ', Date.parse(told.at))
}

type Row = readonly [what: string, says: string]

function partsOf(told: Told, digest: string): { title: string; rows: readonly Row[] }[] {
  const { classes, rules, sample, times, verified, places, exceptions } = told
  return [
    {
      title: 'What was destroyed',
      rows: [
        ['Recordings', n(told.count)],
        ['Hours of sound', told.hours.toLocaleString('en-GB')],
        ['Recordings of unknown length', n(told.duration_unknown)],
        ['Bytes', n(told.bytes)],
      ],
    },
    { title: 'Of which class', rows: counts(classes, BATCH_CLASS_WORDS) },
    { title: 'Why they were in the batch', rows: counts(rules, RULE_WORDS) },
    {
      title: 'Who decided',
      rows: [
        ['Proposed', hand(told.proposed)],
        ...told.approved.map((one): Row => ['Approved', hand(one)]),
        ...(sample === undefined
          ? []
          : [
              [
                'Second look at a sample',
                `${n(sample.looked)} looked at, ${n(sample.wrong)} wrong; at 95% confidence, at most ${(sample.at_most * 100).toLocaleString('en-GB', { maximumFractionDigits: 2 })}% of all are wrong`,
              ] as const,
            ]),
      ],
    },
    {
      title: 'How, and what was proved',
      rows: [
        ['Method', told.method],
        ['Matched for the last time', moment(times.matched)],
        ['Keys destroyed', moment(times.keys_destroyed)],
        ['Proved that nothing is left in the service', moment(times.verified)],
        ['Files looked for and not found', said(verified['files_absent'])],
        ['Records that hold no key any more', said(verified['entries_without_key'])],
        ['Keys tried on the old records, none of which opens them', said(verified['keys_tried'])],
        ['Recordings that stay, encrypted anew', said(verified['others_sealed_anew'])],
        ['Likely copies of the same calls that stay', n(exceptions['likely_copies_left'] ?? 0)],
      ],
    },
    {
      title: 'Places where copies were, or may be',
      rows:
        places.length === 0
          ? [['No place was named', 'Nothing is known of copies elsewhere']]
          : places.map(
              ({ kind, found, count }): Row => [
                PLACE_KIND_WORDS[kind as keyof typeof PLACE_KIND_WORDS],
                `${count === 1 ? '1 place' : `${n(count)} places`}: ${FINDING_WORDS[found as keyof typeof FINDING_WORDS].text.toLowerCase()}`,
              ],
            ),
    },
    {
      title: 'To check it',
      rows: [
        ['Archive', told.archive],
        ['Batch', told.batch],
        ['Root over the recordings', told.root],
        ['SHA-256 of the signed certificate', digest],
        ['Keyring', `generation ${told.epochs.before} before, ${told.epochs.after} after`],
        ['Details of the archive', `generation ${told.generations.before} before, ${told.generations.after} after`],
        ['In the log', `entry ${told.log.index} of ${told.log.origin}`],
      ],
    },
  ]
}

const ROLE_WORDS: Readonly<Record<string, string>> = {
  records_reviewer: 'a records reviewer',
  information_asset_owner: 'an information asset owner',
}

function hand({ role, person, at }: Hand): string {
  return `by ${ROLE_WORDS[role] ?? role}, ${moment(at)}; under the pseudonym ${person.slice(0, 16)}…`
}

function counts(tally: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>): Row[] {
  return Object.entries(tally).map(([name, count]) => [words[name] ?? name, n(count)])
}

function n(value: number): string {
  return value.toLocaleString('en-GB')
}

function said(value: number | string | undefined): string {
  return typeof value === 'number' ? n(value) : (value ?? '')
}

function moment(at: string): string {
  return writtenMoment(Math.floor(Date.parse(at) / MINUTE) * MINUTE)
}

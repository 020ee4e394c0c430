import type { OpenExtract } from '../../../actions/index.ts'
import { TAGS } from '../../../actions/index.ts'
import type { PeelRecord } from '../../../records/index.ts'
import type { Item } from '../../../review/index.ts'
import { KIND_WORDS } from '../../../scope/index.ts'
import type { Tag } from '../../../store/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import { clockOf, dayOf, momentOf } from './moments.ts'
import { ours, type Part, phoneText, plainText, runs } from './phone-text.ts'
import { PLACES } from './reading.ts'
import { snippet } from '../../../review/index.ts'
import { SEXUAL_HISTORY_WARNING } from './sexual-history/words.ts'
import { appTitle, type Names } from './titles.ts'

/** Characters of one text that a page of many shows; the record's own page shows all. */
const BODY_AT_MOST = 4000

/** How a record is to be shown. */
export interface Manner {
  readonly names: Names
  /** what was searched for */
  readonly phrases?: readonly string[]
  /** all of it, on the record's own page */
  readonly whole?: true
  /** only what stands around what was searched for */
  readonly snippets?: true
}

/** One line of a record: a label of ours, words of the phone. */
interface Line {
  readonly label?: string
  readonly parts: readonly Part[]
}

/** Prepares a record for a template. Nothing of it is markup: templates escape every part. */
export function shownRecord(open: OpenExtract, item: Item, manner: Manner) {
  const { record, seq, thread } = item
  const { opening, view } = open
  const extraction = opening.extraction
  return {
    id: record.id,
    seq,
    kind: record.kind,
    kindTitle: KIND_ONE[record.kind] ?? KIND_WORDS[record.kind],
    app: appTitle(record.app),
    what: what(record),
    side: 'direction' in record ? record.direction : 'none',
    who: who(item, manner),
    day: record.time === undefined ? 'Without a usable time' : dayOf(record.time),
    clock: record.time === undefined ? 'no usable time' : clockOf(record.time),
    moment: record.time !== undefined ? momentOf(record.time) : record.kind === 'contact' ? '' : 'no usable time',
    iso: record.time,
    zone: record.time_zone === 'assumed_utc' ? 'zone not stated by the phone' : undefined,
    context: record.context,
    marks: marks(record),
    lines: linesOf(item, manner),
    files: record.attachments.map((attachment, at) => ({
      href: pathTo(PLACES[opening.compartment].file, { extraction, record: record.id, file: at }),
      shows: attachment.taken ? showsAs(attachment.media_type) : 'nothing',
      name: phoneText(plainText(attachment.name)),
      alt: `Picture: ${plainText(attachment.name)}`,
      taken: attachment.taken,
      type: attachment.media_type === undefined ? 'unknown kind' : plainText(attachment.media_type, 40),
      bytes: attachment.bytes,
    })),
    // Six decimals of a degree are eleven centimetres.
    place: record.place && { lat: Number(record.place.lat.toFixed(6)), lon: Number(record.place.lon.toFixed(6)) },
    clauses: record.clauses.join(', '),
    enquiry: lineOfEnquiry(open, record),
    source: {
      file: phoneText(record.provenance.file),
      table: record.provenance.table,
      row: record.provenance.row,
      wal: record.provenance.wal,
    },
    tags: view.tagsOf(seq).map((tag) => ({ id: tag, text: TAGS[tag as Tag], colour: COLOURS[tag as Tag] })),
    warning: view.tagsOf(seq).includes('sexual_history') ? SEXUAL_HISTORY_WARNING : undefined,
    href: opening.compartment === 'main' ? pathTo(PATHS.reviewRecord, { extraction, record: record.id }) : undefined,
    conversation:
      opening.compartment === 'main' && thread !== undefined
        ? `${pathTo(PATHS.reviewConversation, { extraction, thread })}?at=${record.id}#r-${record.id}`
        : undefined,
  }
}

export type ShownRecord = ReturnType<typeof shownRecord>

const KIND_ONE: Partial<Record<PeelRecord['kind'], string>> = {
  message: 'message',
  call: 'call',
  contact: 'contact',
  media_item: 'picture or film',
}

/** What a record is among others: `WhatsApp message`. */
function what({ app, kind }: PeelRecord): string {
  if (app === 'sms' && kind === 'message') return 'text message'
  return `${appTitle(app)} ${KIND_ONE[kind] ?? KIND_WORDS[kind]}`
}

const COLOURS: Readonly<Record<Tag, string>> = {
  relevant: 'green',
  not_relevant: 'grey',
  privileged: 'red',
  confidential: 'orange',
  third_party: 'purple',
  sexual_history: 'pink',
  excess: 'red',
}

function who({ record, thread }: Item, { names, phrases }: Manner): Part[] {
  if (record.kind === 'contact') return record.name === undefined ? ours('No name') : phoneText(record.name, phrases)
  if (record.kind === 'media_item') return phoneText(plainText(record.name))
  if (!('direction' in record)) return []
  if (record.direction === 'in') return record.from ? names.of(record.from, thread, phrases) : ours('Sender not stated')
  return record.to.length === 0 ? ours('Device user') : [...ours('Device user to '), ...names.ofAll(record.to, thread)]
}

function marks(record: PeelRecord): string[] {
  const found: string[] = []
  if (record.context) found.push(`Context for ${record.clauses.join(', ')}`)
  if (record.kind === 'message' && record.unsent) found.push('Taken back by the sender')
  if (record.kind === 'message' && record.edits?.length) found.push('Edited')
  return found
}

function linesOf(item: Item, manner: Manner): Line[] {
  const { record } = item
  switch (record.kind) {
    case 'message':
      return messageLines(record, manner)
    case 'call':
      return [
        {
          parts: ours(
            [
              record.video ? 'Video call' : 'Call',
              record.outcome === undefined ? undefined : OUTCOMES[record.outcome],
              record.duration_seconds === undefined ? undefined : lasting(record.duration_seconds),
            ]
              .filter(Boolean)
              .join(', '),
          ),
        },
      ]
    case 'contact':
      return [
        ...(record.organisation === undefined
          ? []
          : [{ label: 'Organisation', parts: phoneText(record.organisation, manner.phrases) }]),
        ...record.addresses.map(({ address, type, label }) => ({
          label: plainText(label ?? type, 30),
          parts: phoneText(address, manner.phrases),
        })),
        ...(record.note === undefined ? [] : [{ label: 'Note', parts: text(record.note, manner) }]),
      ]
    case 'media_item':
      return [
        {
          parts: ours(
            [
              record.width !== undefined && record.height !== undefined ? `${record.width} × ${record.height}` : '',
              record.duration_seconds === undefined ? '' : lasting(record.duration_seconds),
            ]
              .filter((one) => one !== '')
              .join(', '),
          ),
        },
        ...(record.camera === undefined ? [] : [{ label: 'Camera', parts: phoneText(record.camera) }]),
      ].filter(({ parts }) => parts.some((part) => 'mark' in part || part.text !== ''))
  }
}

function messageLines(record: Extract<PeelRecord, { kind: 'message' }>, manner: Manner): Line[] {
  const lines: Line[] = []
  const { reaction, reply_to, subject, body, system, edits, unsent, attachments } = record
  if (reply_to !== undefined) lines.push({ parts: ours('Answers another message') })
  if (reaction)
    lines.push({
      label: reaction.removed ? 'Reaction taken back' : 'Reaction',
      parts: phoneText(reaction.emoji ?? reaction.type),
    })
  if (subject !== undefined) lines.push({ label: 'Subject', parts: text(subject, manner) })
  if (body !== undefined) lines.push({ parts: text(body, manner) })
  if (system !== undefined) lines.push({ label: 'Not text but', parts: phoneText(system.replaceAll('_', ' ')) })
  for (const edit of edits ?? [])
    lines.push({
      label: `Before it was edited${edit.time === undefined ? '' : `, on ${momentOf(edit.time)}`}`,
      parts: edit.body === undefined ? ours('the phone does not hold the earlier text') : text(edit.body, manner),
    })
  if (lines.length === 0 && attachments.length === 0)
    lines.push({ parts: ours(unsent ? 'The text is no longer on the phone.' : 'No text.') })
  return lines
}

function text(from: string, { phrases = [], whole, snippets }: Manner): Part[] {
  if (snippets) return runs(snippet(from, phrases))
  if (whole || from.length <= BODY_AT_MOST) return phoneText(from, phrases)
  const cut = from.slice(0, BODY_AT_MOST).replace(/[\ud800-\udbff]$/, '')
  return [...phoneText(cut, phrases), ...ours(`… ${from.length - cut.length} more characters on the record’s own page`)]
}

function lineOfEnquiry({ held }: OpenExtract, { clauses }: PeelRecord): string {
  const scope = (held.document['scope'] ?? []) as readonly { id: string; line_of_enquiry: string }[]
  const lines = (held.document['lines_of_enquiry'] ?? []) as readonly { id: string; proposition: string }[]
  const ids = new Set(scope.filter(({ id }) => clauses.includes(id)).map(({ line_of_enquiry }) => line_of_enquiry))
  return lines
    .filter(({ id }) => ids.has(id))
    .map(({ id, proposition }) => `${id}: ${proposition}`)
    .join(' ')
}

const OUTCOMES = {
  answered: 'answered',
  missed: 'missed',
  rejected: 'rejected',
  cancelled: 'cancelled',
  voicemail: 'went to voicemail',
  blocked: 'blocked',
  unanswered: 'not answered',
} as const

function lasting(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return [h > 0 ? `${h} h` : '', m > 0 ? `${m} min` : '', s > 0 || whole < 60 ? `${s} s` : ''].filter(Boolean).join(' ')
}

/** With what a browser shows a file, going by what the phone says it is; the bytes are looked at before they are sent. */
function showsAs(type: string | undefined): 'picture' | 'film' | 'sound' | 'nothing' {
  if (type === undefined) return 'nothing'
  if (/^image\/(?:jpeg|png|gif|webp)$/.test(type)) return 'picture'
  if (/^video\/(?:mp4|quicktime|3gpp|webm)$/.test(type)) return 'film'
  return /^audio\/(?:mpeg|mp4|x-m4a|aac|ogg|opus|wav|x-wav)$/.test(type) ? 'sound' : 'nothing'
}

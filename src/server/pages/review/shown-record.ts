import type { OpenExtract } from '../../../actions/index.ts'
import { TAGS } from '../../../actions/index.ts'
import type { PeelRecord } from '../../../records/index.ts'
import type { Item } from '../../../review/index.ts'
import { KIND_WORDS } from '../../../scope/index.ts'
import type { Tag } from '../../../store/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import { clockOf, dayOf, momentOf } from './moments.ts'
import { boxOf, showsAs, typeWords } from './file-words.ts'
import { linesOf, type Manner } from './lines.ts'
import { ours, type Part, phoneText, plainText } from './phone-text.ts'
import { placeWords } from './place-words.ts'
import { PLACES } from './reading.ts'
import { SEXUAL_HISTORY_WARNING } from './sexual-history/words.ts'
import { appTitle } from './titles.ts'

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
    side: ('direction' in record && record.direction) || 'none',
    who: who(item, manner),
    day: record.time === undefined ? 'Without a usable time' : dayOf(record.time),
    clock: record.time === undefined ? 'no usable time' : clockOf(record.time),
    moment: record.time !== undefined ? momentOf(record.time) : record.kind === 'contact' ? '' : 'no usable time',
    iso: record.time,
    zone: record.time_zone === 'assumed_utc' ? 'zone not stated by the phone' : undefined,
    context: record.context,
    marks: marks(record),
    lines: linesOf(open, item, manner),
    files: record.attachments.map((attachment, at) => ({
      href: pathTo(PLACES[opening.compartment].file, { extraction, record: record.id, file: at }),
      shows: attachment.taken ? showsAs(attachment.media_type) : 'nothing',
      name: phoneText(plainText(attachment.name)),
      alt: `Picture: ${plainText(attachment.name)}`,
      taken: attachment.taken,
      box: record.kind === 'media_item' && at === 0 ? boxOf(record) : undefined,
      type: typeWords(attachment.media_type, manner.whole),
      bytes: attachment.bytes,
    })),
    place: record.place && placeWords(record.place),
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
  if (app === 'call-recording' && kind === 'call') return 'recorded call'
  const one = KIND_ONE[kind] ?? KIND_WORDS[kind]
  return app === 'camera' ? one : `${COMMON.get(app) ?? appTitle(app)} ${one}`
}

/** Apps that are called by common words: those stand in a line like any other. */
const COMMON: ReadonlyMap<string, string> = new Map(
  ['phone', 'contacts'].map((app) => [app, appTitle(app).toLowerCase()]),
)

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
  if (!('to' in record)) return []
  // Of a call of which nothing says who made it.
  if (record.direction === undefined)
    return record.to.length === 0 ? ours('Nobody named') : [...ours('With '), ...names.ofAll(record.to, thread)]
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

function lineOfEnquiry({ held }: OpenExtract, { clauses }: PeelRecord): string {
  const scope = (held.document['scope'] ?? []) as readonly { id: string; line_of_enquiry: string }[]
  const lines = (held.document['lines_of_enquiry'] ?? []) as readonly { id: string; proposition: string }[]
  const ids = new Set(scope.filter(({ id }) => clauses.includes(id)).map(({ line_of_enquiry }) => line_of_enquiry))
  return lines
    .filter(({ id }) => ids.has(id))
    .map(({ id, proposition }) => `${id}: ${proposition}`)
    .join(' ')
}

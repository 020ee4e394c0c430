import {
  ActionError,
  LONGEST_NOTE,
  notFound,
  type OpenExtract,
  readNotes,
  showRecords,
  tagRecords,
  writeNote,
} from '../../../../actions/index.ts'
import type { Item } from '../../../../review/index.ts'
import { errorsView, field, fields } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { withDone } from '../done-words.ts'
import { momentOf } from '../moments.ts'
import { phoneText } from '../phone-text.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'

/** One record with all that is known of it, its notes, and where tags are set. */
export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewRecord,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) => reading(visit, 'main', (open) => show(visit, open)),
  },
  {
    method: 'POST',
    path: PATHS.reviewNote,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.annotated', 'item.viewed'],
    handle: note,
  },
  {
    method: 'POST',
    path: PATHS.reviewTag,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.tagged', 'extract.set_apart'],
    handle: tag,
  },
]

async function show(
  visit: Visit,
  open: OpenExtract,
  given: Record<string, string> = {},
  errors: readonly { field: string; text: string }[] = [],
): Promise<Answer> {
  const { extraction } = open.opening
  const [item] = open.view.records([visit.params['record'] ?? ''])
  if (item === undefined) throw notFound()
  await showRecords(visit.service.ops, visit.actor, open, 'item', [item])
  const notes = await readNotes(visit.service.ops, open, item.record.id)
  const names = new Names(open)
  const shown = shownRecord(open, item, { names, whole: true })
  const here = pathTo(PATHS.reviewRecord, { extraction, record: item.record.id })
  return {
    page: 'pages/review/record/record.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      ...frame(visit, open),
      title: `One ${shown.kindTitle}`,
      record: shown,
      has: Object.fromEntries(shown.tags.map(({ id }) => [id, true])),
      raw: item.record.time_raw,
      people: asWritten(item, names),
      here,
      action: pathTo(PATHS.reviewNote, { extraction, record: item.record.id }),
      // What is quoted from the phone in a note is no safer for having been typed.
      notes: notes.map((one) => ({ ...one, parts: phoneText(one.text), at: momentOf(one.at.getTime()) })),
      longest: LONGEST_NOTE,
      given,
      ...errorsView(errors),
    },
  }
}

const PEOPLE_AT_MOST = 50

/** The addresses of a record letter by letter, for whoever compares it with another tool; of those who are not hidden. */
function asWritten({ record, thread }: Item, names: Names) {
  if (!('to' in record)) return []
  return (record.from ? [record.from, ...record.to] : record.to)
    .filter(({ address }) => !names.isHidden(address, thread))
    .slice(0, PEOPLE_AT_MOST)
    .map(({ address, name }) => ({
      parts: phoneText(address),
      elsewhere: name === undefined && names.elsewhere(address) !== undefined,
    }))
}

async function note(visit: Visit): Promise<Answer> {
  const { service, actor, params } = visit
  const input = {
    extraction: params['extraction'] ?? '',
    record: params['record'] ?? '',
    kind: field(visit, 'kind'),
    text: field(visit, 'text'),
  }
  try {
    await writeNote(service.ops, actor, input)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const wrong = NOTE_ERRORS[error.reason]
    if (wrong === undefined) throw error
    return reading(visit, 'main', (open) => show(visit, open, input, [wrong]))
  }
  return { redirect: `${pathTo(PATHS.reviewRecord, input)}?done=noted` }
}

const NOTE_ERRORS: Readonly<Record<string, { field: string; text: string }>> = {
  NOTE_KIND: { field: 'kind', text: 'Say whether it is a fact or your own assessment' },
  NOTE_TEXT: { field: 'text', text: `Enter a note of up to ${LONGEST_NOTE} characters` },
}

async function tag(visit: Visit): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const review = pathTo(PATHS.review, { extraction })
  const back = within(field(visit, 'back'), review)
  const records = fields(visit, 'record')
  if (records.length === 0) return { redirect: withDone(back, 'nothing', 0) }
  const [which = '', remove] = field(visit, 'tag').split(' ')
  const { tagged, setApart } = await tagRecords(service.ops, actor, {
    extraction,
    records,
    tag: which,
    remove: remove !== undefined,
  })
  if (!setApart) {
    const done = remove === undefined ? (`tagged-${which}` as const) : 'removed'
    return { redirect: `${withDone(back, done, tagged)}#r-${records[0]}` }
  }
  // A record that was set apart has no page any more for whoever set it apart.
  const place = back.startsWith(`${review}/records/`) ? pathTo(PATHS.reviewTimeline, { extraction }) : back
  return { redirect: withDone(place, which as 'privileged' | 'excess', tagged) }
}

/** An address to go back to: only one of pages of this extract. */
function within(back: string, review: string): string {
  return (back === review || back.startsWith(`${review}/`) || back.startsWith(`${review}?`)) && !/[\s\\]/.test(back)
    ? back
    : review
}

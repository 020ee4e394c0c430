import {
  countRecordings,
  readArchive,
  readChoices,
  readRecordings,
  type RecordingFilter,
  RECORDINGS_A_PAGE,
} from '../../../../../actions/index.ts'
import { type Class, CLASSES, type ReasonCode, REASONS } from '../../../../../recordings/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { CLASS_WORDS } from '../../statistics/words.ts'
import { monthWords } from '../../recording-words.ts'
import { recordingRows } from '../rows.ts'

/** An archive's recordings: how many there are of each class and for each reason, and those that are asked for (law row E14). */
export const recordingsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveRecordings,
    who: 'archive.see',
    logs: [],
    handle: (visit) => (isAsked(visit) ? list(visit) : overview(visit)),
  },
]

const ASKED = ['class', 'code', 'phone', 'month', 'after', 'all'] as const

function isAsked({ query }: Visit): boolean {
  return ASKED.some((name) => query[name] !== undefined)
}

async function overview(visit: Visit): Promise<Answer> {
  const { service, actor, params } = visit
  const archive = params['archive'] ?? ''
  const counts = await countRecordings(service.ops, actor, archive)
  const to = (query: string) => `${pathTo(PATHS.archiveRecordings, { archive })}?${query}`
  return {
    page: 'pages/archive/triage/list/overview.njk',
    view: {
      title: 'Recordings by class and reason',
      caption: (await readArchive(service.ops, archive))?.title,
      back: pathTo(PATHS.archive, { archive }),
      counts,
      classes: CLASSES.map((one) => ({
        href: to(`class=${one}`),
        text: CLASS_WORDS[one],
        one,
        n: counts.classes[one],
      })),
      codes: (Object.keys(REASONS) as ReasonCode[])
        .map((code) => ({ href: to(`code=${code}`), text: REASONS[code][2], n: counts.codes[code] ?? 0 }))
        .filter(({ n }) => n > 0),
      links: {
        all: to('all=1'),
        waiting: pathTo(PATHS.archiveWaiting, { archive }),
        holds: pathTo(PATHS.archiveHolds, { archive }),
      },
      ...(await choices(visit, {})),
    },
  }
}

async function list(visit: Visit): Promise<Answer> {
  const { service, actor, params, query, now } = visit
  const archiveId = params['archive'] ?? ''
  const { filter, errors } = filterOf(query)
  const after = /^[0-9a-f]{32}$/.test(query['after'] ?? '') ? query['after'] : undefined
  const found = await readRecordings(service.ops, actor, archiveId, { filter, ...(after !== undefined && { after }) })
  const { archive, recordings, next } = errors.length > 0 ? { ...found, recordings: [], next: undefined } : found
  const rows = recordingRows(archive.id, recordings, now)
  const here = pathTo(PATHS.archiveRecordings, { archive: archive.id })
  const asked = new URLSearchParams(
    ASKED.flatMap((name) => {
      const value = query[name]
      return value === undefined || value === '' || name === 'after' ? [] : [[name, value]]
    }),
  )
  return {
    page: 'pages/archive/triage/list/list.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: titleOf(filter),
      back: here,
      backText: 'Recordings by class and reason',
      caption: archive.title,
      rows,
      shared: sharedBy(rows),
      ofOne: filter.class !== undefined,
      isFirst: after === undefined,
      firstHref: `${here}?${asked.size > 0 ? asked : 'all=1'}`,
      nextHref: next === undefined ? undefined : `${here}?${asked.size > 0 ? `${asked}&` : ''}after=${next}`,
      most: RECORDINGS_A_PAGE,
      errorList: errors.map((text) => ({ text, href: '#phone' })),
      errors: errors.length > 0 ? { phone: { text: errors[0] } } : {},
      ...(await choices(visit, filter)),
    },
  }
}

/** The one reason that all of several rows have, and no other: said once, above them. */
function sharedBy(rows: readonly { readonly reasons: readonly string[] }[]): string | undefined {
  const [shared] = rows[0]?.reasons ?? []
  return rows.length > 1 && rows.every(({ reasons }) => reasons.length === 1 && reasons[0] === shared)
    ? shared
    : undefined
}

function filterOf(query: Visit['query']): { filter: RecordingFilter; errors: string[] } {
  const { class: found, code, phone = '', month } = query
  const errors =
    phone === '' || /^\d{1,6}$/.test(phone)
      ? []
      : ['Enter the number of the phone in figures, for example 12 for phone 12']
  return {
    filter: {
      ...(CLASSES.includes(found as Class) && { class: found as Class }),
      ...(code !== undefined && Object.hasOwn(REASONS, code) && { code: code as ReasonCode }),
      ...(phone !== '' && errors.length === 0 && { phone: Number(phone) }),
      ...(month === 'none' && { month: '' }),
      ...(/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month ?? '') && { month: month as string }),
    },
    errors,
  }
}

function titleOf({ class: found, phone, month }: RecordingFilter): string {
  const of = found === undefined ? 'Recordings' : CLASS_WORDS[found]
  const where = [
    phone === undefined ? '' : phone === 0 ? 'phone not known' : `of phone ${phone}`,
    month === undefined ? '' : month === '' ? 'time not known' : `in ${monthWords(month)}`,
  ].filter((part) => part !== '')
  return where.length === 0 ? of : `${of}: ${where.join(', ')}`
}

/** What the list can be asked for, with what it was asked for. */
async function choices({ service, params, query }: Visit, filter: RecordingFilter) {
  const { months, phones } = await readChoices(service.ops, params['archive'] ?? '')
  return {
    phones,
    phone: query['phone'] ?? '',
    classItems: [
      { value: '', text: 'Any' },
      ...CLASSES.map((one) => ({ value: one, text: `${one}: ${CLASS_WORDS[one]}`, selected: filter.class === one })),
    ],
    code: filter.code,
    codeSays: filter.code && REASONS[filter.code][2],
    monthItems: [
      { value: '', text: 'Any' },
      ...months.map((month) => ({ value: month, text: monthWords(month), selected: filter.month === month })),
      { value: 'none', text: 'Not known', selected: filter.month === '' },
    ],
  }
}

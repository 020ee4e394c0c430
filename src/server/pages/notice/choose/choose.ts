import { asksForAgreement, readAnswers, readNotice, saveAnswers, whoMayBeAsked } from '../../../../actions/index.ts'
import { type Agreeing, LANGUAGES } from '../../../../notice/index.ts'
import { readBritishTime } from '../../../british-time.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../chosen.ts'
import { AGREEING_WORDS, captionOf, LANGUAGE_WORDS } from '../words.ts'

const LONGEST_REASON = 1000
/** Whoever needs no explanation. */
const PLAIN: ReadonlySet<Agreeing> = new Set(['user', 'parent-or-guardian'])
type Values = Readonly<Record<string, string>>

/** Who is asked, in which language, and why in words for them: what the notice needs beside the request itself. */
export const chooseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.noticeChoose,
    who: 'notice.serve',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const { language, reason, to, day, month, year } = (await readAnswers(
        visit.service.ops,
        visit.actor,
        'notice',
        requestOf(visit),
      )) as Values
      return page(visit, { to, language: language ?? 'en', reason, day, month, year } as Values, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.noticeChoose,
    who: 'notice.serve',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const { ops } = visit.service
      const id = requestOf(visit)
      const { whole } = await readNotice(ops, visit.actor, id)
      const values = Object.fromEntries(
        ['to', 'language', 'reason', 'day', 'month', 'year'].map((name) => [name, field(visit, name)]),
      ) as Values
      const errors: FieldError[] = []
      if (!whoMayBeAsked(whole).some(({ by }) => by === values['to']))
        errors.push({ field: 'to', text: 'Select who is asked to agree' })
      if (!(LANGUAGES as readonly string[]).includes(values['language'] ?? ''))
        errors.push({ field: 'language', text: 'Select a language' })
      if ((values['reason'] ?? '').length > LONGEST_REASON)
        errors.push({ field: 'reason', text: 'The reason must be 1,000 characters or fewer' })
      const returnBy = returnDay(values, visit.now)
      if (returnBy === undefined)
        errors.push({ field: 'day', text: 'The day of return must be a real date, today or later' })
      if (errors.length > 0) return page(visit, values, errors)
      await saveAnswers(ops, visit.actor, 'notice', id, { ...values, returnBy: returnBy ?? '' })
      return { redirect: pathTo(PATHS.noticePreview, { request: id }) }
    },
  },
]

/** The day as `2026-12-01`; '' where none was typed, undefined where it is none. */
function returnDay({ day = '', month = '', year = '' }: Values, now: Date): string | undefined {
  if (day + month + year === '') return ''
  const end = readBritishTime({ day, month, year, time: '23:59' })
  if (end === undefined || end < now) return undefined
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

async function page(visit: Visit, values: Values, errors: readonly FieldError[]): Promise<Answer> {
  const id = requestOf(visit)
  const { whole, missing } = await readNotice(visit.service.ops, visit.actor, id)
  const ladder = whoMayBeAsked(whole)
  const to = values['to'] ?? (ladder.length === 1 ? ladder[0]?.by : undefined)
  return {
    page: 'pages/notice/choose/choose.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'The digital processing notice',
      caption: captionOf(whole),
      back: pathTo(PATHS.request, { request: id }),
      missing,
      needed: asksForAgreement(whole),
      canServe: ['draft', 'returned', 'notice_served'].includes(whole.request.status),
      again: whole.notice !== undefined,
      status: whole.request.status,
      userIs: whole.device.user_is,
      userName: whole.device.user_name,
      values,
      people: ladder.map(({ by, says }) => ({
        value: by,
        text: AGREEING_WORDS[by],
        hint: PLAIN.has(by) ? undefined : { text: says },
        checked: by === to,
      })),
      languages: LANGUAGES.map((value) => ({
        value,
        text: LANGUAGE_WORDS[value],
        checked: value === values['language'],
      })),
      paper: pathTo(PATHS.noticePaper, { request: id, paper: 'information.pdf' }),
      ...errorsView(errors),
    },
  }
}

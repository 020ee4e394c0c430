import {
  ADJUSTMENTS,
  adjustmentsOf,
  dropAnswers,
  NOTICE_CHANNELS,
  NOTICE_FORMATS,
  previewNotice,
  readNotice,
  type ServedNotice,
  serveNotice,
} from '../../../../actions/index.ts'
import { paperHtml } from '../../../../notice/index.ts'
import { errorsView, field, type FieldError, fields } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { chosenFor, requestOf } from '../chosen.ts'
import { ADJUSTMENT_WORDS } from '../../device/words.ts'
import { captionOf, CHANNEL_WORDS, FORMAT_WORDS } from '../words.ts'

/** The notice as its reader will have it, and serving it. */
export const previewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.noticePreview,
    who: 'notice.serve',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.noticePreview,
    who: 'notice.serve',
    about: 'request',
    logs: ['notice.served'],
    handle: async (visit) => {
      const { ops } = visit.service
      const id = requestOf(visit)
      const choices = await chosenFor(visit)
      if (choices === undefined) return { redirect: pathTo(PATHS.noticeChoose, { request: id }) }
      const values = {
        format: field(visit, 'format'),
        channel: field(visit, 'channel'),
        adjustments: fields(visit, 'adjustments').filter((one) => (ADJUSTMENTS as readonly string[]).includes(one)),
      }
      const errors: FieldError[] = []
      if (!(NOTICE_FORMATS as readonly string[]).includes(values.format))
        errors.push({ field: 'format', text: 'Select in which form they have it' })
      if (!(NOTICE_CHANNELS as readonly string[]).includes(values.channel))
        errors.push({ field: 'channel', text: 'Select how it reaches them' })
      if (errors.length > 0) return page(visit, values, errors)
      await serveNotice(ops, visit.actor, {
        requestId: id,
        ...choices,
        ...(values as Pick<ServedNotice, 'format' | 'channel' | 'adjustments'>),
      })
      await dropAnswers(ops, 'notice', id)
      return { redirect: pathTo(PATHS.noticeServed, { request: id }) }
    },
  },
]

async function page(
  visit: Visit,
  values: { format?: string; channel?: string; adjustments?: readonly string[] },
  errors: readonly FieldError[],
): Promise<Answer> {
  const { ops } = visit.service
  const id = requestOf(visit)
  const at = { request: id }
  const choices = await chosenFor(visit)
  if (choices === undefined) return { redirect: pathTo(PATHS.noticeChoose, at) }
  const { whole } = await readNotice(ops, visit.actor, id)
  const large = visit.query['size'] === 'large'
  const paper = await previewNotice(ops, visit.actor, id, choices)
  const helped = values.adjustments ?? adjustmentsOf(whole.device.adjustments)
  const pdf = (name: string) => pathTo(PATHS.noticePaper, { request: id, paper: name })
  return {
    page: 'pages/notice/preview/preview.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Read the notice as they will',
      caption: captionOf(whole),
      back: pathTo(PATHS.noticeChoose, at),
      paper: paperHtml(paper, { large, level: 2 }),
      large,
      sizes: { normal: pathTo(PATHS.noticePreview, at), large: `${pathTo(PATHS.noticePreview, at)}?size=large` },
      pdfs: [
        { text: 'The notice (PDF)', href: pdf('notice.pdf') },
        { text: 'The notice in large print (PDF)', href: pdf('notice-large.pdf') },
        ...(whole.device.user_is === 'child' ? [{ text: 'For the child (PDF)', href: pdf('child.pdf') }] : []),
        { text: 'Answers to common questions (PDF)', href: pdf('questions.pdf') },
      ],
      untranslated: paper.untranslated,
      formats: NOTICE_FORMATS.map((value) => ({ value, text: FORMAT_WORDS[value], checked: value === values.format })),
      channels: NOTICE_CHANNELS.map((value) => ({
        value,
        text: CHANNEL_WORDS[value],
        checked: value === values.channel,
      })),
      adjustments: ADJUSTMENTS.map((value) => ({
        value,
        text: ADJUSTMENT_WORDS[value],
        checked: helped.includes(value),
      })),
      ...errorsView(errors),
    },
  }
}

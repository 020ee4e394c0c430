import {
  type Answer,
  isTimeFor,
  readRequest,
  type ReadRequest,
  savePart,
  type Written,
} from '../../../actions/index.ts'
import { errorsView, field, type FieldError, fields } from '../../form.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Route, Visit } from '../../route.ts'
import { readingOf } from './reading.ts'

/** What a form holds: one text, or several that were ticked. */
export type Values = Readonly<Record<string, string | readonly string[] | undefined>>

/** One question of a request, asked on one page. */
export interface Question {
  readonly path: string
  readonly page: string
  readonly title: string | ((request: ReadRequest, visit: Visit) => string)
  /** whether the notice states it: then it stands once the notice was served (law row B29) */
  readonly stated?: true
  /** whether it is answered last, after agreement where that is asked for */
  readonly late?: true
  /** names of fields that hold one value */
  readonly ones: readonly string[]
  /** names of fields that may hold several */
  readonly manys?: readonly string[]
  /** what was answered before, by the names of fields; whatever is not there is empty */
  readonly values: (request: ReadRequest, visit: Visit) => Values
  /** what else the page shows */
  readonly view?: (request: ReadRequest, visit: Visit) => Readonly<Record<string, unknown>>
  /** reads the form */
  readonly answer: (
    typed: Typed,
    request: ReadRequest,
    visit: Visit,
  ) => { readonly errors: readonly FieldError[] } | { readonly answer: Answer }
  /** where to go then; the list of questions where nothing is said */
  readonly next?: (request: ReadRequest, written: Written, visit: Visit) => string
  readonly back?: (request: ReadRequest, visit: Visit) => string
  readonly button?: string
}

/** A form's fields, read by name. */
export interface Typed {
  readonly one: (name: string) => string
  readonly many: (name: string) => string[]
}

/** Makes the two routes of a question: shown, and answered. */
export function questionRoutes(question: Question): readonly Route[] {
  const show = async (visit: Visit, errors: readonly FieldError[], values?: Values) => {
    const { ops } = visit.service
    const request = await readRequest(ops, visit.actor, visit.params['request'] as string)
    const to = field(visit, 'to') || visit.query['to']
    return {
      page: question.page,
      status: errors.length > 0 ? 422 : 200,
      view: {
        title: typeof question.title === 'string' ? question.title : question.title(request, visit),
        caption: captionOf(request),
        back: to === 'check' ? pathTo(PATHS.requestCheck, { request: request.id }) : backOf(question, request, visit),
        to: to === 'check' ? to : undefined,
        values: values ?? question.values(request, visit),
        reading: await readingOf(ops, request),
        request,
        button: question.button,
        ...question.view?.(request, visit),
        ...errorsView(errors),
      },
    }
  }
  return [
    {
      method: 'GET',
      path: question.path,
      who: 'request.write',
      about: 'request',
      logs: [],
      handle: async (visit) => {
        const request = await readRequest(visit.service.ops, visit.actor, visit.params['request'] as string)
        return isOpen(question, request)
          ? show(visit, [])
          : { redirect: pathTo(PATHS.request, { request: request.id }) }
      },
    },
    {
      method: 'POST',
      path: question.path,
      who: 'request.write',
      about: 'request',
      logs: ['request.written'],
      handle: async (visit) => {
        const { ops } = visit.service
        const id = visit.params['request'] as string
        const request = await readRequest(ops, visit.actor, id)
        const typed = { one: (name: string) => field(visit, name), many: (name: string) => fields(visit, name) }
        const read = question.answer(typed, request, visit)
        if ('errors' in read) return show(visit, read.errors, typedValues(question, typed))
        const written = await savePart(ops, visit.actor, { id, answer: read.answer })
        const next = question.next?.(request, written, visit) ?? pathTo(PATHS.request, { request: id })
        return {
          redirect:
            field(visit, 'to') === 'check' && !next.includes('/scope/')
              ? pathTo(PATHS.requestCheck, { request: id })
              : next,
        }
      },
    },
  ]
}

/** Whether an answer would be taken now: the page of one that would not is not shown. */
export function isOpen(
  { stated, late }: Pick<Question, 'stated' | 'late'>,
  { status, noticeServed, document }: ReadRequest,
): boolean {
  return isTimeFor(late ? 'code' : 'necessity', status, document) && !(stated && noticeServed)
}

function typedValues({ ones, manys = [] }: Question, typed: Typed): Values {
  return Object.fromEntries([
    ...ones.map((name) => [name, typed.one(name)]),
    ...manys.map((name) => [name, typed.many(name)]),
  ])
}

function backOf({ back }: Question, request: ReadRequest, visit: Visit): string {
  return back?.(request, visit) ?? pathTo(PATHS.request, { request: request.id })
}

/** What stands above every title: which request, about which device. */
export function captionOf({ reference, version, device }: ReadRequest): string {
  return `${reference}${version > 1 ? `, version ${version}` : ''}, exhibit ${device.exhibit}`
}

/** The same where the title says which request it is. */
export function exhibitOf({ version, device }: Pick<ReadRequest, 'version' | 'device'>): string {
  return version > 1 ? `Version ${version}, exhibit ${device.exhibit}` : `Exhibit ${device.exhibit}`
}

/** As long as a text of the document may be. */
const LONGEST = 4000

/** What is wrong with a text that must be given. */
export function textErrors(typed: Typed, name: string, missing: string, longest = LONGEST): FieldError[] {
  const text = typed.one(name)
  if (text === '') return [{ field: name, text: missing }]
  if ([...text].length > longest)
    return [{ field: name, text: `Use ${longest.toLocaleString('en-GB')} characters or fewer` }]
  return []
}

import {
  allow,
  MAY_ADVISE,
  MAY_BE_TAKEN_BACK,
  MAY_DO_WITHOUT,
  MAY_RENEW,
  partsOf,
  type ReadRequest,
  readRequest,
  type RequestPart,
} from '../../../../actions/index.ts'
import type { RequestStatus } from '../../../../store/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { keptPage } from '../kept/kept.ts'
import { exhibitOf, isOpen } from '../question.ts'
import { readingOf } from '../reading.ts'
import { AFTER_POWER, laterThan, nextOf, STATED_PARTS, summaryOf } from '../summary.ts'
import { INSTEAD_CHOICES, QUESTIONS, STATUS_WORDS } from '../words.ts'

/** A request: what is done and what is open while it is written, and what was written afterwards. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.request,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['request'] as string
      const request = await readRequest(ops, actor, id)
      const at = { request: id }
      const canWrite = (await allow(ops, actor, 'request.write', { of: 'request', id })).allowed
      const isMember = (await allow(ops, actor, 'case.see', { of: 'case', id: request.caseId })).allowed
      if (request.whole.device.from_archive !== null)
        return keptPage(request, {
          ...(isMember && { back: pathTo(PATHS.case, { case: request.caseId }), backText: 'Back to the case' }),
        })
      const { status, beliefs } = request
      const may = (states: readonly RequestStatus[], path: string) =>
        canWrite && states.includes(status) ? pathTo(path, at) : undefined
      return {
        page: 'pages/request/show/show.njk',
        view: {
          title: `Request ${request.reference}`,
          caption: exhibitOf(request),
          ...(isMember && { back: pathTo(PATHS.case, { case: request.caseId }), backText: 'Back to the case' }),
          request,
          state: STATUS_WORDS[status],
          mine: request.requestedBy.id === actor.id,
          next: canWrite ? nextOf(request) : undefined,
          tasks: canWrite && isOpen({}, request) ? tasksOf(request) : undefined,
          answered: partsOf(request).length - new Set(request.open.map(({ part }) => part)).size,
          all: partsOf(request).length,
          sections: canWrite && isOpen({}, request) ? undefined : summaryOf(request, false),
          instead: INSTEAD_CHOICES.find(({ value }) => value === beliefs.no_phone?.instead)?.text,
          reading: await readingOf(ops, request),
          check: pathTo(PATHS.requestCheck, at),
          noPhone: may(MAY_DO_WITHOUT, PATHS.requestNoPhone),
          withdraw: may(MAY_BE_TAKEN_BACK, PATHS.requestWithdraw),
          renew: may(MAY_RENEW, PATHS.requestNewVersion),
          offer: request.offered && pathTo(PATHS.decision, { request: request.offered.of }),
          answer: request.whole.agreement && pathTo(PATHS.agreementDone, at),
          // Their change of mind is recorded from here too (law row B23).
          changedMind:
            request.whole.agreement?.outcome === 'agreed' &&
            request.whole.withdrawal === undefined &&
            (await allow(ops, actor, 'agreement.withdraw', { of: 'request', id })).allowed
              ? pathTo(PATHS.agreementWithdraw, at)
              : undefined,
          advise:
            MAY_ADVISE.some((state) => state === status) &&
            (await allow(ops, actor, 'request.advise', { of: 'request', id })).allowed
              ? pathTo(PATHS.requestAdvise, at)
              : undefined,
          decided: request.whole.decisions.length > 0 ? pathTo(PATHS.decision, at) : undefined,
        },
      }
    },
  },
]

/** The list of questions: what is done, what is open, and what cannot be changed any more. */
function tasksOf(request: ReadRequest) {
  return partsOf(request).map((part) => {
    const open = request.open.filter((one) => one.part === part)
    const { text, path } = QUESTIONS[part]
    const locked = STATED_PARTS.has(part) && request.noticeServed
    const after = afterWhat(part, request)
    return {
      title: { text },
      ...(!locked && !after && { href: pathTo(path, { request: request.id }) }),
      ...(locked && { hint: { text: 'The notice says so: changing it takes a new version.' } }),
      ...(after && { hint: { text: after } }),
      status: locked
        ? { text: 'Stands' }
        : after
          ? { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' }
          : open.length === 0
            ? { text: 'Done' }
            : {
                tag: {
                  text: isAgain(part, request) ? 'Check again' : begun(part, request) ? 'Not finished' : 'To do',
                  classes: begun(part, request) ? 'govuk-tag--yellow' : 'govuk-tag--blue',
                },
              },
    }
  })
}

/** What comes before a question that cannot be answered yet; undefined where it can. */
function afterWhat(part: RequestPart, request: ReadRequest): string | undefined {
  const { power, lines_of_enquiry: lines } = request.document
  if (part === 'scope') return lines === undefined ? 'After a line of enquiry.' : undefined
  if (part === 'purpose') return power === undefined ? AFTER_POWER : undefined
  return laterThan(part, request)
}

/** Whether an answer stands but for its having been written of more than is asked for now. */
function isAgain(part: RequestPart, { document, beliefs }: ReadRequest): boolean {
  const ones = part === 'lines' ? (document.lines_of_enquiry ?? []).map(({ id }) => id) : [part]
  return ones.some((one) => beliefs.look_again?.includes(one))
}

/** Whether there is anything of an answer. */
function begun(part: string, { document, beliefs }: ReadRequest): boolean {
  const members: Readonly<Record<string, unknown>> = {
    power: document.power,
    purpose: document.purpose,
    lines: document.lines_of_enquiry,
    alternatives: document.alternatives,
    scope: (document.scope?.length ?? 0) > 0 || beliefs.unfinished,
    third_parties: beliefs.third_parties,
    necessity: document.necessity,
    proportionality: document.proportionality,
    excess: document.excess_information,
    confidential: document.confidential_information,
    sensitive_processing: beliefs.sensitive_processing,
    other_users: beliefs.other_users,
    code: beliefs.code,
  }
  return Boolean(members[part])
}

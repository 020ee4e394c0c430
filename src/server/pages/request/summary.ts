import {
  type Beliefs,
  CODE,
  codeStepsFor,
  departuresOf,
  type Draft,
  isTimeFor,
  LATE_PARTS,
  MAY_ADVISE,
  partsOf,
  SCHEDULE_8,
  type ReadRequest,
  type RequestPart,
} from '../../../actions/index.ts'
import { restsOnAgreement } from '../../../authorisation/index.ts'
import { britishDay, writtenDay } from '../../../records/index.ts'
import { listScope } from '../../../scope/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import { isOpen } from './question.ts'
import {
  CONDITION_CHOICES,
  CONFIDENTIAL_CHOICES,
  INSTRUMENT_CHOICES,
  OTHER_USER_WORDS,
  powerWords,
  PURPOSE_CHOICES,
  QUESTIONS,
} from './words.ts'

/** One answer of a request, as a page shows it. */
export interface SummaryRow {
  readonly key: string
  readonly paragraphs: readonly string[]
  /** of a clause: what limits it */
  readonly limits?: readonly string[]
}

/** One question of a request with its answers, what is open and what to think about. */
export interface SummarySection {
  readonly part: RequestPart
  readonly title: string
  /** where it is changed; absent where it cannot be */
  readonly change?: string
  readonly rows: readonly SummaryRow[]
  readonly open: readonly string[]
  /** when it is asked, where that is later: nothing is open of it yet */
  readonly later?: string
  readonly warnings: readonly string[]
}

/** What the notice states, by its question: it stands once the notice was served (law row B29). */
export const STATED_PARTS: ReadonlySet<RequestPart> = new Set(['power', 'purpose', 'lines', 'scope'])

export const AFTER_POWER = 'After the legal power.'

/** Everything that somebody wrote, question by question, with what is open and what to think about beside each. */
export function summaryOf(request: ReadRequest, canWrite: boolean): SummarySection[] {
  // Of what was decided, or came to nothing, nothing is asked any more.
  const isUndecided = MAY_ADVISE.some((status) => status === request.status)
  return partsOf(request).map((part) => {
    const stated = {
      ...(STATED_PARTS.has(part) && { stated: true as const }),
      ...(LATE_PARTS.has(part) && { late: true as const }),
    }
    const later = laterThan(part, request)
    return {
      part,
      title: QUESTIONS[part].text,
      ...(canWrite &&
        isOpen(stated, request) && { change: `${pathTo(QUESTIONS[part].path, { request: request.id })}?to=check` }),
      rows: rowsOf(part, request).filter(({ paragraphs }) => paragraphs.some((text) => text !== '')),
      ...(later === undefined && isUndecided
        ? { open: request.open.filter((one) => one.part === part).map(({ text }) => text) }
        : { open: [], ...(later !== undefined && { later }) }),
      warnings: [
        ...ownWarnings(part, request),
        ...request.warnings
          .filter(({ code }) => partOf(code) === part)
          .map(({ clause, message }) => (clause === undefined ? message : `${clause}: ${message}`)),
      ],
    }
  })
}

/** What comes before a question that is asked last; undefined where it can be answered, or could have been. */
export function laterThan(part: RequestPart, { status, document }: ReadRequest): string | undefined {
  const isWritten = status === 'draft' || status === 'notice_served'
  if (!LATE_PARTS.has(part) || !isWritten || isTimeFor(part, status, document)) return undefined
  return document.power === undefined ? AFTER_POWER : 'After the answer to the notice.'
}

/** What whoever decides should not overlook: departures from the code, and users who did not agree (law rows B1, B8). */
function ownWarnings(part: RequestPart, { beliefs }: ReadRequest): string[] {
  if (part === 'code')
    return departuresOf(beliefs.code).map(({ step, because }) => `Departed from: ${step.says} ${because}`)
  if (part !== 'other_users') return []
  return (beliefs.other_users ?? [])
    .filter(({ outcome }) => outcome !== 'agreed')
    .map(({ name, outcome }) => `${name}: ${OTHER_USER_WORDS[outcome].toLowerCase()}`)
}

/** Where a warning belongs: most are about the scope. */
function partOf(code: string): RequestPart {
  if (code === 'same_reason_twice') return 'proportionality'
  if (code === 'confidential_not_weighed') return 'confidential'
  return code === 'line_without_clause' ? 'lines' : 'scope'
}

const row = (key: string, ...paragraphs: readonly (string | undefined)[]): SummaryRow => ({
  key,
  paragraphs: paragraphs.filter((text) => text !== undefined),
})

const textOf = (choices: readonly { readonly value: string; readonly text: string }[], value: string | undefined) =>
  choices.find((one) => one.value === value)?.text

const POINTS = {
  towards: 'It may point towards the suspect.',
  away: 'It may point away from the suspect.',
  either: 'It may point towards the suspect or away.',
} as const

function rowsOf(part: RequestPart, { document, beliefs }: ReadRequest): SummaryRow[] {
  const { without_agreement: without, coroner, instrument } = document
  const { excess_information: excess, confidential_information: confidential } = document
  switch (part) {
    case 'power':
      return [
        row('Power', powerWords(document.power)),
        row('Condition', textOf(CONDITION_CHOICES, without?.condition), without?.facts),
        row('Coroner', [coroner?.reference, coroner?.area].filter(Boolean).join(', ')),
        row(
          'Rests on',
          instrument && `${textOf(INSTRUMENT_CHOICES, instrument.kind)} ${instrument.reference}`,
          instrument?.enactment,
          instrument?.issued && `Issued on ${writtenDay(britishDay(instrument.issued))} by ${instrument.issued_by}`,
          instrument?.expires &&
            `May be relied on until the end of ${writtenDay(britishDay(Date.parse(instrument.expires) - 60_000))}`,
        ),
        row('Why this power', beliefs.why_power),
      ]
    case 'purpose':
      return [
        row('What it is for', textOf(PURPOSE_CHOICES, document.purpose)),
        row('Who, and why', beliefs.purpose_facts),
      ]
    case 'lines':
      return (document.lines_of_enquiry ?? []).map(({ id, proposition, why_this_device }) => {
        const belief = beliefs.lines?.[id]
        return row(
          id,
          proposition,
          belief && POINTS[belief.direction],
          `Why this device: ${why_this_device}`,
          belief && `Sought: ${belief.data}`,
          belief && `Facts: ${belief.facts}`,
        )
      })
    case 'alternatives':
      return (document.alternatives ?? []).map(({ means, outcome, reason }) =>
        row(capital(means), `${capital(outcome)}.`, reason),
      )
    case 'scope':
      return [
        ...listScope(document.scope ?? [], [], 'uk').map(({ text, limits }, at) => {
          const id = document.scope?.[at]?.id
          return id === undefined
            ? row('Nothing', text)
            : { ...row(id, `${capital(text.slice(id.length + 2))}:`), limits }
        }),
        row('Why sensitive words or apps', beliefs.sensitive),
      ]
    case 'third_parties':
      return [row('Who, and what is done', beliefs.third_parties)]
    case 'necessity':
    case 'proportionality':
      return [row('Reason', document[part])]
    case 'sensitive_processing':
      return sensitiveRows(beliefs)
    case 'other_users':
      return (beliefs.other_users ?? []).map(({ name, outcome, says }) =>
        row(name, `${OTHER_USER_WORDS[outcome]}.`, says),
      )
    case 'code':
      return codeRows(document, beliefs)
    case 'excess':
      return excess === undefined ? [] : [row('Risk', excess.risk ? 'Yes' : 'No'), row('Reason', excess.reason)]
    case 'confidential':
      return confidential === undefined
        ? []
        : [
            row('Risk', confidential.risk ? 'Yes' : 'No'),
            row('Kinds', ...(confidential.kinds ?? []).map((kind) => textOf(CONFIDENTIAL_CHOICES, kind))),
            row('How much', confidential.amount),
            row('How it may matter', confidential.relevance),
            row('Reason', confidential.reason),
          ]
  }
}

function sensitiveRows({ sensitive_processing: said }: Beliefs): SummaryRow[] {
  const condition = SCHEDULE_8.find(({ id }) => id === said?.condition)
  return said === undefined
    ? []
    : [
        row(
          'Condition',
          condition && `${condition.says}: Data Protection Act 2018, Schedule 8, paragraph ${condition.paragraph}`,
        ),
        row('Strictly necessary', said.strictly_necessary),
        row('Policy document', said.policy_document),
      ]
}

function codeRows(document: Draft, { code }: Beliefs): SummaryRow[] {
  if (code === undefined) return []
  const steps = codeStepsFor(document)
  const followed = steps.filter(({ id }) => code.steps[id]?.followed)
  return [
    row('Edition', capital(CODE.title)),
    ...departuresOf(code).map(({ step, because }) => row('Departed from', step.says, because)),
    row('Followed', ...followed.map(({ says }) => says)),
  ]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Where a request goes on, by its state: words and an address. */
export function nextOf({
  id,
  status,
  open,
  document,
}: ReadRequest): { readonly text: string; readonly href: string } | undefined {
  const at = { request: id }
  switch (status) {
    case 'draft':
      if (open.some(({ part }) => !LATE_PARTS.has(part))) return undefined
      return restsOnAgreement(document.power)
        ? { text: 'Serve the digital processing notice', href: pathTo(PATHS.noticeChoose, at) }
        : { text: 'Check and send for decision', href: pathTo(PATHS.requestCheck, at) }
    case 'notice_served':
      return { text: 'Record their answer', href: pathTo(PATHS.agreementAnswer, at) }
    case 'agreed':
      if (open.length > 0 && open.every(({ part }) => LATE_PARTS.has(part))) {
        const part = open[0]?.part ?? 'code'
        return { text: QUESTIONS[part].text, href: pathTo(QUESTIONS[part].path, at) }
      }
      return open.length > 0 ? undefined : { text: 'Check and send for decision', href: pathTo(PATHS.requestCheck, at) }
    case 'returned':
      return open.length > 0 ? undefined : { text: 'Check and send for decision', href: pathTo(PATHS.requestCheck, at) }
    default:
      return undefined
  }
}

import {
  type Agreement,
  type Authorisation,
  checkDocument,
  lintAuthorisation,
  type Path,
  powerOf,
  restsOnAgreement,
} from '../../authorisation/index.ts'
import { lintScope, sensitiveIn, type Warning } from '../../scope/index.ts'
import { CODE, CODE_STEPS, codeStepsFor, isUnderCode } from './code-of-practice.ts'
import { documentOf, type Documented, type DocumentPeople } from './document-of.ts'
import type { Written } from './draft.ts'
import { LADDER } from './ladder.ts'

/** The questions of a request, in the order in which they are asked. */
export const REQUEST_PARTS = [
  'power',
  'purpose',
  'lines',
  'alternatives',
  'scope',
  'third_parties',
  'necessity',
  'proportionality',
  'excess',
  'confidential',
  'sensitive_processing',
  'other_users',
  'code',
] as const
export type RequestPart = (typeof REQUEST_PARTS)[number]

/** Answered last, when agreement was given where it is asked for: they say what was done until then. */
export const LATE_PARTS: ReadonlySet<RequestPart> = new Set(['other_users', 'code'])

/** The questions that bear on a request, in their order. */
export function partsOf({ document, otherUsers }: Pick<Judged, 'document' | 'otherUsers'>): RequestPart[] {
  return REQUEST_PARTS.filter(
    (part) =>
      // Until a power is chosen it may be one of the code's: the list does not grow when it is.
      (part !== 'code' || document.power === undefined || isUnderCode(document)) &&
      (part !== 'other_users' || otherUsers.length > 0),
  )
}

/** Something that is missing or cannot stand, in words for whoever writes the request. */
export interface OpenQuestion {
  readonly part: RequestPart
  readonly text: string
}

/** What completeness is judged by. */
export interface Judged extends Documented, Pick<Written, 'beliefs'> {
  /** as the device's page has it: PCSC Act 2022 ss.38, 40 */
  readonly userIs: 'adult' | 'child' | 'adult-without-capacity'
  /** others who ordinarily use the device, by name */
  readonly otherUsers: readonly string[]
}

/**
 * Gives every question that is still open: what the law asks for and nobody has said, then what the rules of the document say against it. None is open:
 * the request is complete and lawful as far as it can be before agreement and decision, which are not asked about here.
 */
export function openQuestions(request: Judged, people: DocumentPeople): OpenQuestion[] {
  const open = [
    ...powerQuestions(request),
    ...lineQuestions(request),
    ...alternativeQuestions(request),
    ...scopeQuestions(request),
    ...testQuestions(request),
    ...sensitiveQuestions(request),
    ...otherUserQuestions(request),
    ...codeQuestions(request),
  ]
  const told = new Set(open.map(({ part }) => part))
  return [...open, ...ruleQuestions(request, people).filter(({ part }) => !told.has(part))].sort(
    (a, b) => REQUEST_PARTS.indexOf(a.part) - REQUEST_PARTS.indexOf(b.part),
  )
}

function powerQuestions({ document, beliefs, device, userIs }: Judged): OpenQuestion[] {
  const open: OpenQuestion[] = []
  const ask = (part: RequestPart, text: string) => open.push({ part, text })
  const { power, purpose } = document
  if (power === undefined) ask('power', 'Say which power you rely on')
  else {
    if (isBlank(beliefs.why_power)) ask('power', 'Say why this power is the right one')
    const { ground } = powerOf(power)
    if (ground !== 'agreement' && document[ground] === undefined) ask('power', 'Give what this power rests on')
    for (const text of instrumentGaps(document.instrument)) ask('power', text)
    // PCSC Act 2022 s.37(12): a rule of the document too, and said here before the rest of it is there (law row B9).
    if (restsOnAgreement(power) && device.user_role === 'suspect')
      ask(
        'power',
        'Agreement does not stand in for seizing a suspect’s device: choose the power under which it was seized',
      )
    // PCSC Act 2022 s.40(3): condition B is for nobody but a child or an adult without capacity (law row B18).
    if (document.without_agreement?.condition === 'at-risk' && userIs === 'adult')
      ask('power', 'Condition B is only for a child or an adult without capacity: the device’s page says neither')
  }
  if (purpose === undefined) ask('purpose', 'Say what the information is for')
  else if (needsFacts(purpose) && isBlank(beliefs.purpose_facts))
    ask(
      'purpose',
      purpose === 'missing-person' ? 'Say who is missing, and since when' : 'Say who is at risk, and of what',
    )
  return open
}

/** What is known of a document that another power rests on: when, by whom, and of a warrant or an order until when (law row G14). */
function instrumentGaps(instrument: Authorisation['instrument']): string[] {
  if (instrument === undefined) return []
  const runsOut = instrument.kind === 'warrant' || instrument.kind === 'order'
  return [
    ...(instrument.issued === undefined ? ['Say when what the power rests on was issued or made'] : []),
    ...(isBlank(instrument.issued_by) ? ['Say which court, or who else, issued or made it'] : []),
    ...(runsOut && instrument.expires === undefined ? ['Say until when it may be relied on'] : []),
  ]
}

/** Purposes that ask for a belief of their own: PCSC Act 2022 s.37(2)(b), (c) (law row B2). */
export function needsFacts(purpose: Authorisation['purpose']): boolean {
  return purpose === 'missing-person' || purpose === 'protect-child-or-at-risk-adult'
}

/** A belief has a proposition, a reason that it is this device, what is sought and the facts (law row B3, D15). */
function lineQuestions({ document, beliefs }: Judged): OpenQuestion[] {
  const lines = document.lines_of_enquiry ?? []
  if (lines.length === 0) return [{ part: 'lines', text: 'Add a line of enquiry' }]
  return lines
    .filter(({ id }) => isBlank(beliefs.lines?.[id]?.facts) || isBlank(beliefs.lines?.[id]?.data))
    .map(({ id }): OpenQuestion => ({ part: 'lines', text: `Say what ${id} seeks, and the facts that it rests on` }))
    .concat(lines.filter(({ id }) => isToLookAt(beliefs, id)).map(({ id }) => ({ part: 'lines', text: againOf(id) })))
}

/** Every rung of the ladder has an outcome before the next is climbed, and where there is a risk of excess: PCSC Act 2022 s.37(7) (law rows B5, D16). */
function alternativeQuestions({ document }: Judged): OpenQuestion[] {
  const said = new Set((document.alternatives ?? []).map(({ means }) => means))
  const missing = LADDER.filter(({ means }) => !said.has(means))
  if (missing.length === 0) return []
  return missing.length === LADDER.length
    ? [{ part: 'alternatives', text: 'Say what became of each other way of finding out' }]
    : missing.map(({ means }) => ({ part: 'alternatives', text: `Say what became of: ${means}` }))
}

function scopeQuestions({ document, beliefs }: Judged): OpenQuestion[] {
  const scope = document.scope ?? []
  const unfinished = Object.keys(beliefs.unfinished ?? {})
  if (unfinished.length > 0)
    return unfinished.map((id) => ({ part: 'scope', text: `Finish ${id}, or remove it: so far it takes nothing` }))
  if (scope.length === 0) return [{ part: 'scope', text: 'Say what may be taken: until you do, it is nothing' }]
  return sensitiveIn(scope).length > 0 && isBlank(beliefs.sensitive)
    ? [{ part: 'scope', text: 'Say why words or apps are needed that may give away something sensitive' }]
    : []
}

function testQuestions({ document, beliefs }: Judged): OpenQuestion[] {
  const open: OpenQuestion[] = []
  const ask = (part: RequestPart, text: string) => open.push({ part, text })
  const { necessity, proportionality, excess_information: excess, confidential_information: confidential } = document
  if (isBlank(beliefs.third_parties)) ask('third_parties', 'Say who else is drawn in, and what is done for them')
  if (isBlank(necessity)) ask('necessity', 'Say why it is necessary')
  else if (isToLookAt(beliefs, 'necessity')) ask('necessity', againOf('this'))
  if (isBlank(proportionality)) ask('proportionality', 'Say why it is proportionate')
  else if (isSameText(necessity, proportionality))
    ask('proportionality', 'Give a reason of its own: it says the same as the one for necessity')
  else if (isToLookAt(beliefs, 'proportionality')) ask('proportionality', againOf('this'))
  if (excess === undefined) ask('excess', 'Say whether more may be taken than is sought')
  else if (!excess.risk && reachesEverything(document.scope ?? []))
    ask('excess', 'There is such a risk: a part of what you ask for has no limit')
  if (confidential === undefined) ask('confidential', 'Say whether confidential information may be taken')
  else {
    if (confidential.risk && !confidential.kinds?.length)
      ask('confidential', 'Say which kinds of confidential information')
    if (confidential.risk && isBlank(confidential.amount)) ask('confidential', 'Say how much of it the device may hold')
    if (confidential.risk && isBlank(confidential.relevance)) ask('confidential', 'Say how it may matter')
    if (confidential.risk && isSameText(confidential.reason, excess?.reason))
      ask('confidential', 'Give a reason of its own: it says the same as the one for excess information')
  }
  return open
}

/** Strictly necessary, on a condition, under a policy: DPA 2018 ss.35(5), 42 (law row C3). */
function sensitiveQuestions({ document, beliefs }: Judged): OpenQuestion[] {
  const { sensitive_processing: said } = beliefs
  const ask = (text: string): OpenQuestion[] => [{ part: 'sensitive_processing', text }]
  if (said === undefined) return ask('Say on which condition something sensitive may be processed')
  if (isBlank(said.strictly_necessary)) return ask('Say why it is strictly necessary')
  if (isBlank(said.policy_document)) return ask('Name the policy document of the force')
  return isSameText(said.strictly_necessary, document.necessity)
    ? ask('Strict necessity is a test of its own: it says the same as necessity')
    : []
}

/** Each of them agrees, or it is said why not (law row B1). */
function otherUserQuestions({ beliefs, otherUsers }: Judged): OpenQuestion[] {
  const said = beliefs.other_users ?? []
  return otherUsers
    .filter((name) => isBlank(said.find((one) => one.name === name)?.says))
    .map((name) => ({ part: 'other_users', text: `Say whether ${name} agrees, or why not` }))
}

/** Every step of the code was followed, or departed from with a reason (law row B8). */
function codeQuestions({ document, beliefs: { code } }: Judged): OpenQuestion[] {
  if (document.power !== undefined && !isUnderCode(document)) return []
  if (code === undefined) return [{ part: 'code', text: 'Go through the code of practice' }]
  const open = code.edition !== CODE.edition ? CODE_STEPS : codeStepsFor(document)
  return open
    .filter(({ id }) => {
      const said = code.steps[id]
      return code.edition !== CODE.edition || said === undefined || (!said.followed && isBlank(said.because))
    })
    .map(({ says }) => ({ part: 'code', text: `Say whether this step was followed: ${says.replace(/\.$/, '')}` }))
}

/** A clause without any limit is a whole device, and a whole device always holds more than is sought (law row B5). */
export function reachesEverything(scope: Authorisation['scope']): boolean {
  return lintScope(scope).some(({ code }) => code === 'everything')
}

const PART_OF: Readonly<Record<string, RequestPart>> = {
  power: 'power',
  without_agreement: 'power',
  coroner: 'power',
  instrument: 'power',
  device: 'power',
  purpose: 'purpose',
  lines_of_enquiry: 'lines',
  scope: 'scope',
  alternatives: 'alternatives',
  necessity: 'necessity',
  proportionality: 'proportionality',
  excess_information: 'excess',
  confidential_information: 'confidential',
}

/** What the document's own schema and rules say against it, but for what comes with agreement and decision. */
function ruleQuestions(request: Judged, people: DocumentPeople): OpenQuestion[] {
  const { faults = [] } = checkDocument(documentOf(request, agreedLater(request), people))
  return faults.flatMap(({ path, message, hint }) => {
    const part = partOf(path, message)
    return part === undefined ? [] : [{ part, text: `${capital(message)}: ${hint}` }]
  })
}

function partOf(path: Path, message: string): RequestPart | undefined {
  const name = path.length === 0 ? /`([a-z_]+)`/.exec(message)?.[1] : path[0]
  return PART_OF[String(name)]
}

/** Stands for an agreement that is still to be asked for. */
function agreedLater({ document, userIs }: Judged): Agreement | undefined {
  if (!restsOnAgreement(document.power)) return undefined
  const asked = { notice_served: '9998-01-01T00:00:00Z', agreed: '9998-01-02T00:00:00Z' }
  if (userIs === 'adult') return { by: 'user', ...asked }
  return { by: 'parent-or-guardian', user_is: userIs, views_of_child: 'not yet asked', ...asked }
}

/** Gives what an authorising officer should think about twice, of a request in any state of writing. */
export function warningsOf(request: Judged, people: DocumentPeople): Warning[] {
  const scope = request.document.scope ?? []
  const document = documentOf(request, agreedLater(request), people)
  const whole = checkDocument(document).authorisation
  return [...(whole ? lintAuthorisation(whole) : lintScope(scope)), ...sensitiveIn(scope)]
}

/** Whether an answer was written of more than is asked for now, and nobody has said since that it stands (law row B29). */
function isToLookAt({ look_again = [] }: Written['beliefs'], one: string): boolean {
  return look_again.includes(one)
}

function againOf(what: string): string {
  return `Check whether ${what} still stands, and save it: it was written when more was asked for`
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}

/** Whether two reasons are one, whatever their spaces and capitals (law rows B4, B6). */
export function isSameText(a: string | undefined, b: string | undefined): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s.]+/g, ' ')
      .trim()
  return a !== undefined && b !== undefined && plain(a) === plain(b)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

import { may } from '../access/index.ts'
import { type Actor, CLAUSE_STEPS, factsOf } from '../actions/index.ts'
import { type EveryState, READERS } from './every-state.fixture.ts'
import { AGREEMENT_STEPS } from './pages/agreement/given.ts'
import { STEPS as DEVICE_STEPS } from './pages/device/new/steps.ts'
import { PATHS } from './paths.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { TEST_PEOPLE, type TestService, type Visitor } from './test-service.fixture.ts'

/** One page as somebody sees it. */
export interface Shown {
  readonly route: Route
  readonly url: string
  readonly visitor: Visitor
}

/** What answers a GET and is no page, with what it is instead. */
export const NO_PAGES: Readonly<Record<string, string>> = {
  [PATHS.noticePaper]: 'a PDF',
  [PATHS.agreementPaper]: 'a PDF',
  [PATHS.extractionProgress]: 'JSON, for the script of a page',
  [PATHS.upload]: 'JSON, for the script of a page',
  [PATHS.destructionCertificate]: 'JSON, to keep',
  [PATHS.reviewFile]: 'a picture, film or sound',
  [PATHS.privilegedFile]: 'a picture, film or sound',
  [PATHS.excessFile]: 'a picture, film or sound',
  [PATHS.oversightFigures]: 'CSV',
  [PATHS.processingPdf]: 'a PDF',
  [PATHS.processingCsv]: 'CSV',
  [PATHS.processingJson]: 'JSON, to keep',
  [PATHS.archiveStatisticsCsv]: 'CSV',
  [PATHS.archiveStatisticsPdf]: 'a PDF',
  [PATHS.listeningSound]: 'a sound, for the one person who may hear it',
  [PATHS.listeningFile]: 'a file to save',
  [PATHS.batchCertificate]: 'JSON, to keep',
  [PATHS.batchCertificatePdf]: 'a PDF',
  [PATHS.batchSignature]: 'a signature',
  [PATHS.batchPublicKey]: 'a key, as PEM',
  [PATHS.batchLeaves]: 'NDJSON, to keep',
  [PATHS.dpiaFile]: 'JSON, to keep',
  [PATHS.logProof]: 'a signed text, for programs',
}

/** What looks another way in every state of what it is about: it is shown in each. */
const MANY: ReadonlySet<string> = new Set([
  PATHS.case,
  PATHS.device,
  PATHS.request,
  PATHS.requestNew,
  PATHS.requestScope,
  PATHS.decision,
  PATHS.decisionDone,
  PATHS.agreementDone,
  PATHS.agreementWithdraw,
  PATHS.extractionStart,
  PATHS.extraction,
  PATHS.holding,
  PATHS.holdingPropose,
  PATHS.destruction,
])

/** What belongs to no case and looks another way to each whose part it is: it is shown to everybody to whom it brings something new. */
const isForEach = ({ path }: Route): boolean => /^\/(?:apps|archives|batches)\b/.test(path)

/** What is asked for in the address of a page that looks another way for it: found, not found, not understood. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  [PATHS.apps]: ['', 'state=approved', 'state=removed'],
  [PATHS.people]: ['', 'role=counsel', 'role=log_custodian'],
  [PATHS.archiveRecordings]: ['', 'all=1', 'class=C', 'phone=99999'],
  [PATHS.retention]: ['', 'due=review', 'due=restricted'],
  [PATHS.noticePreview]: ['', 'size=large'],
  [PATHS.fleetTickets]: ['', 'state=closed', 'state=overdue&kind=recorder', 'page=7'],
  [PATHS.fleetRoster]: ['', 'done=given'],
  [PATHS.extractOpen]: ['again=1'],
  [PATHS.privilegedOpen]: ['again=1'],
  [PATHS.excessOpen]: ['again=1'],
  [PATHS.reviewTimeline]: ['', 'from=2031-01-01', 'from=x&to=y', 'kind=call'],
  [PATHS.reviewSearch]: ['', 'words=you', 'words=zzzzzz', 'words=you&asked=1'],
}

type Parameters = Readonly<Record<string, string>>

/** Every page of the table: as the first person for whom it is shown; where it has states, in each of them. */
export async function shownPages(service: TestService, state: EveryState): Promise<Shown[]> {
  const { db } = service.ops.store
  const people: { actor: Actor; visitor: Visitor }[] = []
  const told = await db.selectFrom('people').select('id').orderBy('last_signed_in', 'desc').execute()
  // Whoever owns apps first: of what phones hold, of instructions and of reports, forms are shown to them alone.
  const ids = [
    ...new Set(['app410', ...Object.values(READERS), ...told.map(({ id }) => id), ...TEST_PEOPLE.map(({ id }) => id)]),
  ]
  for (const id of ids) people.push({ actor: await service.actor(id), visitor: await service.as(id) })
  const of = {
    case: await db.selectFrom('cases').select('id').orderBy('opened_at', 'desc').execute(),
    device: await db.selectFrom('devices').select('id').orderBy('created_at', 'desc').execute(),
    request: await db.selectFrom('requests').select('id').orderBy('created_at', 'desc').execute(),
    extraction: [
      { id: state.extraction },
      ...(await db.selectFrom('extractions').select('id').orderBy('queued_at', 'desc').execute()),
    ],
    destruction: await db.selectFrom('destructions').select('id').execute(),
    keep: await db.selectFrom('recording_keeps').select('id').orderBy('proposed_at', 'desc').execute(),
  }
  const shown: Shown[] = []
  const seen = new Set<string>()
  for (const route of ROUTES.filter(({ method, path }) => method === 'GET' && NO_PAGES[path] === undefined))
    for (const parameters of parametersOf(route, state)) {
      const subjects = route.about === undefined ? [''] : of[route.about].map(({ id }) => id)
      for (const id of new Set(subjects)) {
        const about = { ...parameters, ...(route.about && { [route.about]: id }) }
        const pages = isForEach(route)
          ? await Promise.all(people.map((one) => asSomebody(route, about, [one])))
          : [await asSomebody(route, about, people)]
        let first = true
        for (const page of pages) {
          if (page === undefined) continue
          const parts = partsOf(page.body).map((part) => `${route.path} ${part}`)
          const isNew = parts.some((part) => !seen.has(part))
          if (isNew || (first && !MANY.has(route.path))) shown.push(page)
          first = false
          for (const part of parts) seen.add(part)
        }
        if (!first && !MANY.has(route.path)) break
      }
    }
  return shown

  async function asSomebody(
    route: Route,
    parameters: Parameters,
    among: typeof people,
  ): Promise<(Shown & { body: string }) | undefined> {
    const { query = '' } = parameters
    const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => parameters[name] ?? 'x')
    const url = query === '' ? path : `${path}?${query}`
    for (const { actor, visitor } of among) {
      if (!(await isAllowed(route, actor, parameters))) continue
      const answer = await visitor.get(url)
      const isPage = answer.statusCode === 200 && String(answer.headers['content-type']).startsWith('text/html')
      if (isPage) return { route, url, visitor, body: answer.body }
      // The same for everybody who may, but for who has something open.
      if (!url.startsWith('/extractions/')) return undefined
    }
    return undefined
  }

  async function isAllowed({ who, about }: Route, actor: Actor, parameters: Parameters): Promise<boolean> {
    if (who === 'anyone' || who === 'signed-in') return true
    const subject = about && { of: about, id: parameters[about] ?? '' }
    const facts = subject && (await factsOf(service.ops.store, actor, subject))
    return may(actor, who, facts?.where ?? { memberOf: false, stepUp: true }).allowed
  }
}

/** What a page is made of: a state that brings nothing new looks as one that was seen. */
function partsOf(html: string): string[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
  return [...main.matchAll(/<[a-z][a-z0-9]*(?: class="[^"]*")?/g)].map(([part]) => part)
}

/** What stands in an address beside what it is about: once, or once for each question that is asked there. */
function parametersOf(
  { path }: Route,
  { code, record, thread, hold, breach, find, archive, destruction, closings, fleet, apps }: EveryState,
): readonly Parameters[] {
  if (path === PATHS.deviceNewStep) return DEVICE_STEPS.map(({ id }) => ({ step: id }))
  if (path === PATHS.agreementStep) return AGREEMENT_STEPS.map((step) => ({ step }))
  if (path === PATHS.requestLine) return [{ line: 'L1' }, { line: 'new' }]
  if (path === PATHS.requestClause)
    return [{ clause: 'new', step: 'what' }, ...CLAUSE_STEPS.map((step) => ({ clause: 'C1', step }))]
  if (path === PATHS.fleetImport) return fleet.imports.map((id) => ({ import: id }))
  if (path === PATHS.fleetTicket) return fleet.tickets.map((ticket) => ({ ticket }))
  if (path === PATHS.instruction) return fleet.instructions.map((app) => ({ app }))
  if (path === PATHS.instructionQuestions) return fleet.instructions.slice(1, 3).map((app) => ({ app }))
  if (path === PATHS.instructionWrite || path === PATHS.instructionReaders)
    return fleet.instructions.slice(0, 1).map((app) => ({ app }))
  if (path === PATHS.appReported || path === PATHS.appReport) return fleet.reports.map((report) => ({ report }))
  if (path === PATHS.listening) return [archive, { ...archive, listening: archive['asked'] ?? '' }]
  if (path === PATHS.batch) return destruction.batches.map((batch) => ({ batch }))
  if (path === PATHS.archive || path === PATHS.archiveClose)
    return [archive, ...closings.map((one) => ({ archive: one }))]
  if (path === PATHS.archiveBatches || path === PATHS.archiveBatchNew)
    return [{ archive: destruction.archive }, { archive: archive['archive'] ?? '' }]
  if (apps[path] !== undefined) return apps[path]
  if (path === PATHS.holdingLift) return [{ query: `hold=${hold}` }]
  return (QUERIES[path] ?? ['']).map((query) => ({ code, record, thread, breach, find, ...archive, query }))
}

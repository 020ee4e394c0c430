import { readdirSync } from 'node:fs'
import {
  type Draft,
  beginByHand,
  beginUpload,
  cancelExtraction,
  decideExcess,
  decideReview,
  endAuthorisation,
  giveReceipt,
  grantRequest,
  LARGEST_CHUNK,
  lendPhone,
  narrowRequest,
  newVersion,
  openExtract,
  proposeDestruction,
  receiveChunk,
  recordAgreement,
  recordByHand,
  recordRefusal,
  refuseDestruction,
  refuseRequest,
  reportBreach,
  reportFind,
  returnRequest,
  runExtraction,
  saveAnswers,
  saveDraft,
  setHold,
  startExtraction,
  submitRequest,
  tagRecords,
  withdrawAgreement,
  withdrawRequest,
} from '../actions/index.ts'
import { aGrant, anAgreement, aRequest, served, WRITTEN } from '../actions/decision/a-request.fixture.ts'
import { tellBatchStates } from './batch-states.fixture.ts'
import { tellClosingStates } from './closing-states.fixture.ts'
import { tellArchiveStates } from './archive-states.fixture.ts'
import { type AppStates, tellAppStates } from './app-states.fixture.ts'
import { type FleetStates, tellFleetStates } from './fleet-states.fixture.ts'
import { STEPS as DEVICE_STEPS } from './pages/device/new/steps.ts'
import { STORY_TIME, tellInto } from './story-service.fixture.ts'
import type { TestService } from './test-service.fixture.ts'

const MINUTE = 60_000
const TOOL = { name: 'peel', version: '0.0.0', commit: 'unknown' } as const

/** What has an address of its own beside the things of the story. */
export interface EveryState {
  /** of a receipt that was given */
  readonly code: string
  /** the extract that is open to everybody whose part it is, and a record and a conversation in it */
  readonly extraction: string
  readonly record: string
  readonly thread: string
  /** a hold on it */
  readonly hold: string
  /** of the register of breaches */
  readonly breach: string
  /** what came to light in another extract, and waits */
  readonly find: string
  /** of what phones hold, instructions and reports */
  readonly fleet: FleetStates
  /** of apps and assessments: what stands in the addresses of their pages */
  readonly apps: AppStates
  /** of an archive of recordings: what stands in the addresses of its pages */
  readonly archive: Readonly<Record<string, string>>
  /** of another, a batch in every state */
  readonly destruction: { readonly archive: string; readonly batches: readonly string[] }
  /** archives on their way to their end */
  readonly closings: readonly string[]
}

/** Who has an extract open: the reviewer, counsel and the disclosure officer of the story. */
export const READERS = { main: 'rev220', privileged: 'csl007', excess: 'dis231' } as const

/** The story, and after it everything that can be so and is not so in it: a page for every address, in every state. */
export async function tellEveryState(service: TestService): Promise<EveryState> {
  const { ops } = service
  await tellInto(service)
  let minutes = 0
  const later = () => service.setNow(new Date(STORY_TIME.getTime() + ++minutes * MINUTE))
  later()
  const officer = await service.actor('pc4321')
  const inspector = await service.actor('insp77')
  const operator = await service.actor('ext510')

  const agreed = async (options: Parameters<typeof aRequest>[2] = {}) => {
    const made = await aRequest(ops, officer, options)
    await ops.store.db
      .insertInto('case_members')
      .values(
        (['ext510', 'exh600'] as const).map((person_id) => ({
          case_id: made.caseId,
          person_id,
          capacity: person_id === 'ext510' ? 'extraction_officer' : 'exhibits_officer',
          added_at: ops.now(),
          added_by: officer.id,
        })),
      )
      .execute()
    const adult = options.userIs === undefined || options.userIs === 'adult'
    await served(ops, officer, made.id, adult ? {} : { to: 'responsible-adult' })
    later()
    const nearest = {
      by: 'responsible-adult',
      age: 40,
      name: 'Rhian Bowen',
      viewsOfChild: 'He wants to help.',
      whyNoOtherPerson: 'His mother is at sea.',
    } as const
    await recordAgreement(ops, officer, anAgreement(made.id, adult ? {} : nearest))
    later()
    return made
  }
  const submitted = async (document = WRITTEN) => {
    const made = await agreed({ document })
    await submitRequest(ops, officer, { id: made.id })
    later()
    return made
  }
  const granted = async () => {
    const made = await submitted()
    await grantRequest(ops, inspector, aGrant(made.id, ops.now()))
    later()
    return made
  }
  const reasons = {
    necessity: 'Say what the sister was asked, and what she answered.',
    proportionality: 'Two weeks are asked for, and one evening is spoken of.',
  }

  // Requests: a draft of which everything was written; agreed by the last who may be asked; sent; and each way in which one ends.
  await aRequest(ops, officer)
  await agreed({ userIs: 'child' })
  await submitted()
  await submitted({ ...WRITTEN, confidential_information: JOURNALISTIC })
  await refuseRequest(ops, inspector, { requestId: (await submitted()).id, ...reasons })
  await returnRequest(ops, inspector, { requestId: (await submitted()).id, ...reasons })
  await narrowRequest(ops, inspector, { requestId: (await submitted()).id, ...reasons, ...NARROWER })
  await withdrawRequest(ops, officer, { id: (await submitted()).id })
  await withdrawAgreement(ops, officer, { requestId: (await granted()).id, channel: 'telephone' })
  await endAuthorisation(ops, inspector, { requestId: (await granted()).id, because: 'mistake' })
  await newVersion(ops, officer, { id: (await granted()).id })
  const refused = await aRequest(ops, officer)
  await served(ops, officer, refused.id)
  later()
  await recordRefusal(ops, officer, { requestId: refused.id, ownWords: 'It is all that I have of my mother.' })

  // Extractions: handed in by half; one that waits; one that was stopped; one that could not read what it was given.
  const [phone = ''] = readdirSync(ops.kioskFolder as string)
  const half = await granted()
  const upload = await beginUpload(ops, operator, { requestId: half.id, bytes: LARGEST_CHUNK + 1 })
  await receiveChunk(ops, operator, upload, { offset: 0, chunk: Buffer.alloc(LARGEST_CHUNK) })
  await startExtraction(ops, operator, { requestId: (await granted()).id, from: { kiosk: phone } })
  const stopped = await startExtraction(ops, operator, { requestId: (await granted()).id, from: { kiosk: phone } })
  await cancelExtraction(ops, operator, stopped)
  const unreadable = await granted()
  const noPhone = await beginUpload(ops, operator, { requestId: unreadable.id, bytes: 9 })
  await receiveChunk(ops, operator, noPhone, { offset: 0, chunk: Buffer.from('no phone.') })
  const failed = await startExtraction(ops, operator, { requestId: unreadable.id, from: { upload: noPhone } })
  await runExtraction(ops, failed, { tool: TOOL, ending: new AbortController().signal })
  // By hand: looked at; looked at until agreement was withdrawn; photographed, with more than was asked for.
  const device = { serial: 'F2LXK0ABCD' }
  await beginByHand(ops, operator, { requestId: (await granted()).id, method: 'screen', device })
  const shot = { method: 'photographs', device } as const
  const changed = await granted()
  await beginByHand(ops, operator, { requestId: changed.id, ...shot })
  await withdrawAgreement(ops, officer, { requestId: changed.id, channel: 'in-person' })
  const seen = await beginByHand(ops, operator, { requestId: (await granted()).id, ...shot })
  await recordByHand(ops, operator, seen, {
    to: ops.now(),
    present: ['user', 'supporter'],
    counts: [12, 0],
    excess: 3,
    pictures: 4,
    keptAs: 'AH/2',
    nothingElse: true,
  })
  const lent = await granted()
  await lendPhone(ops, officer, { deviceId: lent.deviceId, loan: 'LOAN/3' })
  await ops.store.db
    .updateTable('extractions')
    .set({ state: 'running', started_at: ops.now() })
    .where('id', '=', await startExtraction(ops, operator, { requestId: lent.id, from: { kiosk: phone } }))
    .execute()

  // What is held: destroyed; not to be destroyed; under a hold; open to everybody whose part it is, with something set apart.
  const holdings = await ops.store.db
    .selectFrom('holdings')
    .innerJoin('extractions', 'extractions.id', 'holdings.extraction_id')
    .select('extraction_id as id')
    .orderBy('extractions.queued_at', 'desc')
    .execute()
  const proposed = await ops.store.db.selectFrom('destructions').select('extraction_id').execute()
  const [newest, oldest] = holdings
    .map(({ id }) => id)
    .filter((id) => proposed.every((one) => one.extraction_id !== id))
  if (newest === undefined || oldest === undefined) throw new TypeError('the story holds too little')
  const records = await service.actor('rec140')
  const owner = await service.actor('iao012')
  const { opened_by } = await ops.store.db
    .selectFrom('cases')
    .innerJoin('holdings', 'holdings.case_id', 'cases.id')
    .select('opened_by')
    .where('extraction_id', '=', oldest)
    .executeTakeFirstOrThrow()
  const reader = await service.actor(opened_by)
  await openExtract(ops, reader, { extraction: oldest, purpose: 'line-of-enquiry' })
  const goes = { extraction: oldest, outcome: 'destroy', relevance: 'not_relevant', evidence: false } as const
  await decideReview(ops, records, { ...goes, reasons: 'Nobody was charged.' })
  const propose = () => proposeDestruction(ops, records, { extraction: oldest, reason: 'The review decided so.' })
  await refuseDestruction(ops, owner, await propose(), 'Ask the officer first.')
  later()
  await propose()
  // What comes to light only now holds up what was proposed.
  const find = await reportFind(ops, reader, {
    extraction: oldest,
    kind: 'safeguarding',
    says: 'A child of the household may come to harm.',
    reasons: 'Nobody in this case looks after children.',
  })
  const reviewOn = new Date(STORY_TIME.getTime() + 90 * 24 * 60 * MINUTE).toISOString().slice(0, 10)
  const hold = await setHold(ops, owner, {
    extraction: newest,
    kind: 'complaint',
    says: 'A complaint was made about it.',
    reviewOn,
  })
  const code = await giveReceipt(ops, await service.actor('ext118'), { extractionId: newest, manner: 'paper' })
  const breach = await reportBreach(ops, officer, {
    kind: 'confidentiality',
    awareAt: ops.now(),
    facts: 'A receipt was left in the interview room.',
    effects: 'Somebody else may have read the code on it.',
    remedy: 'It was fetched within the hour, and a new one was given.',
  })
  await leaveFormsHalfWritten(service)
  const archive = await tellArchiveStates(service, { asker: READERS.excess })
  const destruction = await tellBatchStates(service)
  const closings = await tellClosingStates(service)
  const fleet = await tellFleetStates(service)
  const apps = await tellAppStates(service)
  return {
    code,
    hold,
    breach,
    find,
    archive,
    destruction,
    closings,
    fleet,
    apps,
    ...(await openToEverybody(service, newest)),
  }
}

/** What gives away more than it says. */
const SENSITIVE = (WRITTEN.scope ?? []).map((clause) => ({ ...clause, apps: ['whatsapp', 'grindr'] }))

const JOURNALISTIC: Draft['confidential_information'] = {
  risk: true,
  kinds: ['journalistic'],
  amount: 'Some messages with a reporter.',
  relevance: 'None.',
  reason: 'They may lie between those that are sought.',
}

/** Less than what is written in `aRequest`. */
const NARROWER = { without: ['C2'], windows: {} }

/** Answers every question of the forms that have several pages, and leaves them at the last. */
async function leaveFormsHalfWritten(service: TestService): Promise<void> {
  const { ops } = service
  const officer = await service.actor('pc4321')
  const { id, caseId } = await aRequest(ops, officer)
  await saveAnswers(ops, officer, 'notice', id, { to: 'user', language: 'en', returnBy: '' })
  const typed = {
    kind: 'phone',
    exhibit: 'AH/7',
    description: 'A phone with a name that is long enough to reach the end of its line and to go on in the next one',
    userName: 'Wilhelmina Featherstonehaugh-Cholmondeley of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    userRole: 'witness',
    userIs: 'adult',
    owns: 'user',
    providedBy: 'user',
    condition: 'Switched off.',
    receivedAt: ops.now().toISOString(),
    place: 'Front desk',
  }
  const answered = Object.fromEntries(DEVICE_STEPS.map((step) => [`${step.id}-answered`, 'yes']))
  await saveDraft(ops, officer, caseId, { ...typed, ...answered })
  await aRequest(ops, officer, { document: { ...WRITTEN, scope: SENSITIVE } })
  const shared = await aRequest(ops, officer, { document: WRITTEN })
  await ops.store.db
    .updateTable('devices')
    .set({ other_users: 'Ivor Rees' })
    .where('id', '=', shared.deviceId)
    .execute()
  await served(ops, officer, shared.id)
  service.setNow(new Date(ops.now().getTime() + MINUTE))
  await recordAgreement(ops, officer, anAgreement(shared.id))
  const child = await aRequest(ops, officer, { userIs: 'child' })
  await served(ops, officer, child.id, { to: 'parent-or-guardian' })
  service.setNow(new Date(ops.now().getTime() + MINUTE))
  await saveAnswers(ops, officer, 'agreement', child.id, {
    name: 'Sinead Corrigan',
    age: '41',
    confirmed: 'written',
    when: 'now',
    viewsOfChild: 'She wants it to stop.',
    noticeRead: 'yes',
    noUnduePressure: 'yes',
  })
}

async function openToEverybody(
  service: TestService,
  extraction: string,
): Promise<
  Omit<EveryState, 'code' | 'hold' | 'breach' | 'find' | 'archive' | 'destruction' | 'closings' | 'fleet' | 'apps'>
> {
  const { ops } = service
  const reviewer = await service.actor(READERS.main)
  await openExtract(ops, reviewer, { extraction, purpose: 'line-of-enquiry' })
  const visitor = await service.as(READERS.main)
  const read = async (page: string) => (await visitor.get(`/extractions/${extraction}/review/${page}`)).body
  const ids = [...(await read('timeline')).matchAll(/name="record" value="([^"]+)"/g)].map(([, id = '']) => id)
  const [record = '', privileged = '', excess = ''] = ids
  await tagRecords(ops, reviewer, { extraction, records: [record], tag: 'relevant' })
  await tagRecords(ops, reviewer, { extraction, records: [privileged], tag: 'privileged' })
  await tagRecords(ops, reviewer, { extraction, records: [excess], tag: 'excess' })
  const thread = /review\/conversations\/([^/"?#]+)"/.exec(await read('conversations'))?.[1] ?? ''
  const counsel = await service.actor(READERS.privileged)
  await openExtract(ops, counsel, { extraction, purpose: 'privilege', compartment: 'privileged' })
  const disclosure = await service.actor(READERS.excess)
  await openExtract(ops, disclosure, { extraction, purpose: 'excess', compartment: 'excess' })
  await decideExcess(ops, disclosure, { extraction, records: [excess], outcome: 'destroy' })
  return { extraction, record, thread }
}

import {
  answerInstruction,
  askForApp,
  beginFleetImport,
  doneWithReport,
  handInFleetFiles,
  issueInstruction,
  readTickets,
  reportApp,
  runFleetImport,
  sayRead,
  setAmnesty,
  settleTicket,
  startFleetImport,
} from '../actions/index.ts'
import { CLOCK, giveRoles, importPhones, RECORDER } from '../actions/fleet/a-fleet.fixture.ts'
import type { TestService } from './test-service.fixture.ts'

const HOUR = 3_600_000
const LONG = 'uk.example.an-app-whose-name-is-far-longer-than-any-screen-is-wide-and-has-no-place-to-break'
const QUESTIONS = [
  { id: 'Q1', asks: 'What do you write?', answers: ['What is needed', 'Everything that you hear'], right: [0] },
  { id: 'Q2', asks: 'Whom do you tell?', answers: ['The witness', 'The officer in the case', 'Nobody'], right: [0, 1] },
]

/** What has an address of its own among what phones hold, instructions and reports. */
export interface FleetStates {
  readonly imports: readonly string[]
  readonly tickets: readonly string[]
  /** instructions by how far the first app owner has come: not read, questions open, not passed, passed */
  readonly instructions: readonly string[]
  readonly reports: readonly string[]
}

/** Imports, tickets, instructions and reports in every state in which a page shows them. The app owner is `app410`. */
export async function tellFleetStates(service: TestService): Promise<FleetStates> {
  const { ops } = service
  const later = (hours: number) => service.setNow(new Date(ops.now().getTime() + hours * HOUR))
  const owner = await service.actor('app410')
  const officer = await service.actor('pc4321')
  const imports: string[] = []

  await giveRoles(ops, owner, {
    'PHONE-1': ['response', 'app410'],
    'PHONE-2': ['response', 'pc4321'],
    'PHONE-3': ['negotiator', 'nobody77'],
  })
  const bad = { ...RECORDER, packageName: LONG, installerPackageName: 'com.example.elsewhere' }
  await importPhones(ops, owner, { 'PHONE-1': [RECORDER, CLOCK], [`PHONE-2-${LONG}`]: [bad], 'PHONE-3': [RECORDER] })
  later(24 * 8)
  imports.push(
    await importPhones(ops, owner, { 'PHONE-1': [RECORDER], [`PHONE-2-${LONG}`]: [bad, { packageName: '!' }] }),
  )
  const list = async (state: 'open' | 'closed') =>
    (await readTickets(ops, { state, page: 1 })).tickets.map(({ id }) => id)
  const [first = ''] = await list('open')
  await settleTicket(ops, owner, { ticket: first, kind: 'note', text: 'The officer is on leave until Monday.' })
  await settleTicket(ops, owner, { ticket: first, kind: 'done', text: 'The phone was taken in.' })
  later(1)
  await importPhones(ops, owner, { 'PHONE-1': [CLOCK, RECORDER] })
  await importAfter({ 'PHONE-3': [CLOCK] })
  const [closed = ''] = await list('closed')
  const [seenTo = '', untouched = ''] = await list('open')
  await settleTicket(ops, owner, { ticket: seenTo, kind: 'done', text: 'The phone was taken in.' })

  later(1)
  const failing = await beginFleetImport(ops, owner, { source: 'apple_mdm', at: ops.now() })
  await handInFleetFiles(ops, owner, failing, [{ bytes: Buffer.from('no property list') }])
  await startFleetImport(ops, owner, failing)
  await runFleetImport(ops, failing)
  const columns = await beginFleetImport(ops, owner, { source: 'columns', at: ops.now() })
  await handInFleetFiles(ops, owner, columns, [{ bytes: Buffer.from('Asset,Bundle\nT-1,com.example.chess') }])
  const queued = await beginFleetImport(ops, owner, { source: 'intune_graph', at: ops.now() })
  await handInFleetFiles(ops, owner, queued, [{ bytes: Buffer.from('{}') }])
  await startFleetImport(ops, owner, queued)
  const stuck = await beginFleetImport(ops, owner, { source: 'intune_graph', at: ops.now() })
  await handInFleetFiles(ops, owner, stuck, [{ bytes: Buffer.from('{}') }])
  await startFleetImport(ops, owner, stuck)
  await ops.store.db.updateTable('fleet_imports').set({ failure: 'NOT_DONE' }).where('id', '=', stuck).execute()
  const empty = await beginFleetImport(ops, owner, { source: 'google_workspace', at: ops.now() })
  imports.unshift(columns)
  imports.push(failing, queued, stuck, empty)
  await ops.store.db
    .insertInto('fleet_aliases')
    .values([
      {
        id: '00000000-0000-4000-8000-00000000f001',
        platform: 'ios',
        name: 'Chess',
        package: LONG,
        proposed_at: ops.now(),
      },
      {
        id: '00000000-0000-4000-8000-00000000f002',
        platform: 'android',
        name: 'Radio',
        publisher: 'Example',
        package: 'com.example.radio',
        proposed_at: ops.now(),
        confirmed: true,
        decided_by: owner.id,
        decided_at: ops.now(),
      },
    ])
    .execute()

  const instructions: string[] = []
  for (const name of [
    'Scene Notes',
    'Map',
    'Radio',
    'A tool with a name that goes on for longer than a line of a phone has room',
  ]) {
    const app = await askForApp(ops, officer, {
      app: name,
      publisher: 'Example Ltd',
      purpose: 'Work at the scene.',
      why: 'Paper gets lost.',
      roles: ['response'],
      phones: 12,
    })
    const digest = await issueInstruction(ops, owner, app, {
      text: 'Write what is needed.\n\nNothing about health.',
      questions: QUESTIONS,
      passMark: 2,
    })
    const number = instructions.push(app)
    if (number > 1) await sayRead(ops, owner, app, digest)
    if (number > 2) await answerInstruction(ops, owner, { app, digest, chosen: { Q1: [1], Q2: [0] } })
    if (number > 3) await answerInstruction(ops, owner, { app, digest, chosen: { Q1: [0], Q2: [0, 1] } })
  }

  const today = ops.now().toISOString().slice(0, 10)
  await setAmnesty(ops, owner, { from: today, until: '2031-12-31', apps: [] })
  const told = {
    app: 'Another Call Recorder',
    installed: 'still',
    phone: 'of_the_force',
    data: 'both',
    deleted: 'some',
  } as const
  const named = await reportApp(ops, officer, { ...told, evidence: 'yes', told: false, named: true })
  const nameless = await reportApp(ops, officer, { ...told, evidence: 'no', told: true, named: false })
  await doneWithReport(ops, owner, nameless, 'The phone was taken in.')
  return { imports, tickets: [untouched, seenTo, closed], instructions, reports: [named, nameless] }

  async function importAfter(phones: Parameters<typeof importPhones>[2]): Promise<void> {
    later(1)
    await importPhones(ops, owner, phones)
  }
}

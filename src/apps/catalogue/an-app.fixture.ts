import assert from 'node:assert/strict'
import { ALEX, anApprovedDpia, JO, KIM, SAM } from '../dpia/a-dpia.fixture.ts'
import { dpiaDigest } from '../dpia/dpia.ts'
import type { Person } from '../person.ts'
import { type AppAct, actOn, requestApp } from './act.ts'
import type { CatalogueEntry } from './entry.ts'
import type { Facts } from './guards.ts'
import { type Instruction, instructionDigest } from './instruction.ts'
import type { AppRecord, Board, Disposal } from './state.ts'
import type { AppVersion } from './version.ts'

export const NICO: Person = { id: 'sec9', name: 'Nico Ward', role: 'information security' }
export const LEE: Person = { id: 'pc77', name: 'Lee Ash', role: 'constable' }
export const DEV: Person = { id: 'ins5', name: 'Dev Shah', role: 'head of digital' }

export const VERSION: AppVersion = {
  platform: 'android',
  id: 'uk.example.scenenotes',
  version: '41',
  dangers: ['CAMERA'],
  signers: ['ab'.repeat(32)],
  trackers: [],
  recorder: 'none',
}

export const INSTRUCTION: Instruction = {
  app: 'scene-notes',
  version: 1,
  issued: '2026-06-03',
  text: 'Notes are about people. Write what is needed, and nothing else.',
  questions: [
    { id: 'Q1', asks: 'What do you write?', answers: ['What is needed', 'Everything'], right: [0] },
    {
      id: 'Q2',
      asks: 'Whom do you tell of a lost phone?',
      answers: ['The control room', 'Nobody', 'The supplier'],
      right: [0],
    },
  ],
  pass_mark: 2,
}

export const FACTS: Facts = { dpia: anApprovedDpia({ prepared_by: KIM }), instruction: INSTRUCTION }

export function anEntry(change: Partial<CatalogueEntry> = {}): CatalogueEntry {
  assert(FACTS.dpia)
  return {
    id: 'scene-notes',
    app: 'Scene Notes',
    publisher: 'Example Notes Ltd',
    versions: [VERSION],
    purpose: 'Notes of what witnesses say, at the scene.',
    owner: JO,
    data_classes: ['What witnesses say'],
    data_flows: [
      { data: 'Notes', from: 'the phone', to: 'the force’s server', country: 'United Kingdom', protection: 'TLS 1.3' },
    ],
    supplier: {
      name: 'Example Notes Ltd',
      processes_data: true,
      contract: { reference: 'C-12', from: '2026-01-01', until: '2028-12-31', has_required_terms: true },
    },
    roles: ['constable'],
    recording: 'none',
    defaults: { records_by_itself: false, shows_that_it_records: true },
    restrictability: {
      by: KIM,
      on: '2026-06-03',
      means: 'managed_store',
      result: 'restricted',
      roles_let_in: ['constable'],
      outsider_kept_out: true,
      evidence: 'T-7',
    },
    dpia: { reference: FACTS.dpia.reference, digest: dpiaDigest(FACTS.dpia) },
    security_review: {
      by: NICO,
      on: '2026-06-04',
      outcome: 'passed',
      reference: 'S-3',
      versions: [{ platform: 'android', version: '41' }],
    },
    instruction: instructionDigest(INSTRUCTION),
    review_on: '2027-03-01',
    exit_plan: 'Notes are exported to the case system; the supplier deletes and certifies.',
    ...change,
  }
}

export const BOARD: Board = { minutes: 'AB/2026/3', present: [SAM, DEV, ALEX], risk_accepted_by: SAM }
export const TRIAL = {
  act: 'begin_trial',
  on: '2026-06-10',
  asked_by: JO,
  by: DEV,
  people: [LEE],
  until: '2026-07-31',
  question: 'Do notes reach the case system?',
} as const satisfies AppAct
export const APPROVE = {
  act: 'approve',
  on: '2026-07-20',
  asked_by: JO,
  by: DEV,
  board: BOARD,
  trial_report: 'They reach it within a minute.',
} as const satisfies AppAct
export const DISPOSAL: Disposal = {
  phones_held: 12,
  phones_without: 12,
  places: [{ place: 'the supplier’s server', found: 'gone' }],
  data: 'destroyed',
  proofs: ['cd'.repeat(32)],
  exit_plan_followed: true,
}

export const FIRST_STEPS: readonly AppAct[] = [
  { act: 'screen', on: '2026-06-05', by: KIM, outcome: 'go_on' },
  { act: 'begin_dpia', on: '2026-06-05', by: KIM },
]

/** Does acts one after another; each must be possible. */
export function afterActs(app: AppRecord, acts: readonly AppAct[], facts: Facts = FACTS): AppRecord {
  return acts.reduce((before, act) => {
    const { app: next, refused } = actOn(before, act, facts)
    assert(next, `${act.act}: ${refused?.map(({ code, about }) => `${code} ${about ?? ''}`).join(', ')}`)
    return next
  }, app)
}

export function aRequest(change: Partial<CatalogueEntry> = {}): AppRecord {
  return requestApp(anEntry(change), LEE, '2026-06-05')
}

export function anApprovedApp(change: Partial<CatalogueEntry> = {}): AppRecord {
  return afterActs(aRequest(change), [...FIRST_STEPS, TRIAL, APPROVE])
}

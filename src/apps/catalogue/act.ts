import { after, type Day } from '../../retention/index.ts'
import { isBlank } from '../dpia/missing.ts'
import { isSamePerson, type Person } from '../person.ts'
import type { Reason } from '../reason.ts'
import { ASKED_FIRST, type CatalogueEntry, entryDigest, missingFromEntry } from './entry.ts'
import { againstDeciding, type Facts } from './guards.ts'
import { againstInstalling, againstLettingOnNow, reachOf } from './install.ts'
import type { AppRecord, AppStep, Board, Disposal, State } from './state.ts'
import { type AppVersion, changesOf } from './version.ts'

/** What can be done to an app. `on` is the day on which it is done. */
export type AppAct =
  | { readonly act: 'amend'; readonly on: Day; readonly by: Person; readonly entry: CatalogueEntry }
  | { readonly act: 'screen'; readonly on: Day; readonly by: Person; readonly outcome: 'go_on' | 'refuse' }
  | { readonly act: 'begin_dpia'; readonly on: Day; readonly by: Person }
  | {
      readonly act: 'begin_trial'
      readonly on: Day
      readonly asked_by: Person
      readonly by: Person
      readonly people: readonly Person[]
      readonly until: Day
      readonly question: string
    }
  | {
      readonly act: 'approve'
      readonly on: Day
      readonly asked_by: Person
      readonly by: Person
      readonly board: Board
      /** what the trial found out */
      readonly trial_report: string
    }
  | { readonly act: 'suspend' | 'withdraw'; readonly on: Day; readonly by: Person; readonly why: string }
  | {
      readonly act: 'remove'
      readonly on: Day
      readonly asked_by: Person
      readonly by: Person
      readonly disposal: Disposal
    }
  | { readonly act: 'version_seen'; readonly on: Day; readonly version: AppVersion }
  | { readonly act: 'day_comes'; readonly on: Day }

export type Acted =
  | { readonly app: AppRecord; readonly refused?: undefined }
  | { readonly app?: undefined; readonly refused: readonly Reason[] }

/** From which states an act is possible. */
const FROM: Readonly<Record<AppAct['act'], readonly State[]>> = {
  amend: ['requested', 'screened', 'dpia', 'trial', 'approved', 'suspended'],
  screen: ['requested'],
  begin_dpia: ['screened'],
  begin_trial: ['dpia', 'suspended'],
  approve: ['trial', 'suspended'],
  suspend: ['trial', 'approved'],
  withdraw: ['requested', 'screened', 'dpia', 'trial', 'approved', 'suspended'],
  remove: ['withdrawn'],
  version_seen: ['requested', 'screened', 'dpia', 'trial', 'approved', 'suspended', 'withdrawn'],
  day_comes: ['requested', 'screened', 'dpia', 'trial', 'approved', 'suspended', 'withdrawn', 'removed', 'refused'],
}

/** The longest trial, and the most people in it. */
export const LONGEST_TRIAL = { days: 90 } as const
export const MOST_IN_TRIAL = 50
/** How many people of the board decide, the data protection officer not counted. */
export const QUORUM = 3

/** Why an act is not possible, beside what stands against the app itself. */
export const ACT_REASONS = {
  wrong_state: { says: 'That does not follow from where the app stands.', source: 'own' },
  day_passed: { says: 'Something has happened to it on a later day.', source: 'own' },
  other_entry: { says: 'That is the entry of another app.', source: 'own' },
  asked_too_little: { says: 'The request does not say enough to be screened.', source: 'own' },
  no_reason: { says: 'Say why.', source: 'own' },
  trial_without_people: { says: 'A trial is for named people, at least one and at most fifty.', source: 'own' },
  trial_too_long: { says: 'A trial has a last day, at most ninety days away.', source: 'own' },
  no_trial: { says: 'It has not been tried, or nobody says what came of it.', source: 'own' },
  no_quorum: {
    says: 'Three of the board must be present, the data protection officer not counted, with minutes.',
    source: 'own',
  },
  risk_not_accepted: {
    says: 'Somebody else than who answers for the app takes the risk for the force, and is present.',
    source: 'own',
  },
  still_on_phones: { says: 'It is still on phones, or nobody could look.', source: 'Data Protection Act 2018 s.39' },
  disposal_not_shown: {
    says: 'Nothing shows what became of its data.',
    source: 'Data Protection Act 2018 ss.39, 59(6)',
  },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>

/** Somebody asks for an app. It goes no further before it is screened. */
export function requestApp(entry: CatalogueEntry, by: Person, on: Day): AppRecord {
  return {
    entry,
    state: 'requested',
    requested_by: by,
    since: on,
    seen: [],
    steps: [{ act: 'request', on, by: by.id, to: 'requested' }],
  }
}

/**
 * What becomes of an app by an act, or why the act is refused: then nothing has changed. Pure; whether somebody may act at all
 * is asked elsewhere. Days are passed by first: what has run out by the day of the act is suspended before it.
 */
export function actOn(app: AppRecord, act: AppAct, facts: Facts): Acted {
  if (act.on < app.since) return refuse('day_passed')
  const now = passDays(app, act.on, facts)
  if (!FROM[act.act].includes(now.state)) return refuse('wrong_state')
  switch (act.act) {
    case 'amend':
      return amend(now, act)
    case 'screen':
      return screen(now, act)
    case 'begin_dpia':
      return { app: step(now, act, 'dpia') }
    case 'begin_trial':
      return beginTrial(now, act, facts)
    case 'approve':
      return approve(now, act, facts)
    case 'suspend':
      return isBlank(act.why) ? refuse('no_reason') : { app: suspend(now, act, ['by_hand']) }
    case 'withdraw':
      return isBlank(act.why) ? refuse('no_reason') : { app: step(now, act, 'withdrawn') }
    case 'remove':
      return remove(now, act, facts)
    case 'version_seen':
      return { app: seeVersion(now, act) }
    case 'day_comes':
      return { app: now }
  }
}

type Act<A extends AppAct['act']> = Extract<AppAct, { readonly act: A }>

/** What nobody decides: a trial's last day, a day of review, an assessment out of date, a contract's end. */
function passDays(app: AppRecord, on: Day, facts: Facts): AppRecord {
  if (app.state !== 'trial' && app.state !== 'approved') return app
  const codes = [...new Set(againstInstalling(app, facts, on).map(({ code }) => code))]
  return codes.length === 0 ? app : suspend(app, { act: 'day_comes', on }, codes)
}

function amend(app: AppRecord, act: Act<'amend'>): Acted {
  if (act.entry.id !== app.entry.id) return refuse('other_entry')
  const changed = { ...app, entry: act.entry }
  if (entryDigest(act.entry) === entryDigest(app.entry)) return { app: step(changed, act, app.state) }
  if (app.state === 'trial' || app.state === 'approved') return { app: suspend(changed, act, ['entry_changed']) }
  const hopeless = app.state !== 'suspended' && act.entry.restrictability?.result === 'supplier_cannot'
  return { app: hopeless ? step(changed, act, 'refused', ['cannot_restrict']) : step(changed, act, app.state) }
}

function screen(app: AppRecord, act: Act<'screen'>): Acted {
  const { entry } = app
  // Whoever supplies it says that it is for everybody or nobody: then it is for nobody (law row E10).
  if (entry.restrictability?.result === 'supplier_cannot')
    return { app: step(app, act, 'refused', ['cannot_restrict']) }
  if (act.outcome === 'refuse') return { app: step(app, act, 'refused', ['screened_out']) }
  const lacks = missingFromEntry(entry).filter(({ field }) => (ASKED_FIRST as readonly string[]).includes(field))
  return lacks.length > 0
    ? { refused: lacks.map(({ field }) => ({ ...reason('asked_too_little'), about: field })) }
    : { app: step(app, act, 'screened') }
}

function beginTrial(app: AppRecord, act: Act<'begin_trial'>, facts: Facts): Acted {
  const { asked_by, by, on, people, until, question } = act
  const different = people.filter((one, at) => people.findIndex((other) => isSamePerson(one, other)) === at)
  const against = [
    ...againstLettingOnNow(app, facts, on),
    ...againstDeciding(asked_by, by, app.entry, app.requested_by, facts),
    ...when(people.length === 0 || different.length > MOST_IN_TRIAL, 'trial_without_people'),
    ...when(until <= on || until > after(on, LONGEST_TRIAL), 'trial_too_long'),
    ...when(isBlank(question), 'no_reason'),
  ]
  if (against.length > 0) return { refused: against }
  const of = entryDigest(app.entry)
  const trial = { asked_by, decided_by: by, from: on, until, people: different, question, of }
  return { app: step({ ...app, trial }, act, 'trial') }
}

function approve(app: AppRecord, act: Act<'approve'>, facts: Facts): Acted {
  const { asked_by, by, on, board, trial_report } = act
  const against = [
    ...againstLettingOnNow(app, facts, on),
    ...againstDeciding(asked_by, by, app.entry, app.requested_by, facts),
    ...when(app.trial === undefined || isBlank(trial_report), 'no_trial'),
    ...againstBoard(board, by, app.entry, facts),
  ]
  if (against.length > 0) return { refused: against }
  const of = entryDigest(app.entry)
  const approval = { asked_by, decided_by: by, on, roles: app.entry.roles, board, of }
  return { app: step({ ...app, approval }, act, 'approved') }
}

function againstBoard({ minutes, present, risk_accepted_by }: Board, by: Person, entry: CatalogueEntry, facts: Facts) {
  const officers = [facts.dpia?.dpo, facts.dpia?.advice?.by].filter((one) => one !== undefined)
  const isOfficer = (one: Person) => officers.some((officer) => isSamePerson(one, officer))
  const isPresent = (person: Person) => present.some((one) => isSamePerson(one, person))
  const count = present.filter(
    (one, at) => !isOfficer(one) && present.findIndex((other) => isSamePerson(one, other)) === at,
  ).length
  const ownRisk = entry.owner !== undefined && isSamePerson(risk_accepted_by, entry.owner)
  return [
    ...when(count < QUORUM || isBlank(minutes) || !isPresent(by), 'no_quorum'),
    ...when(ownRisk || isOfficer(risk_accepted_by) || !isPresent(risk_accepted_by), 'risk_not_accepted'),
  ]
}

function remove(app: AppRecord, act: Act<'remove'>, facts: Facts): Acted {
  const { phones_held, phones_without, places, data, proofs, exit_plan_followed } = act.disposal
  const counted = Number.isSafeInteger(phones_held) && phones_held >= 0 && phones_held === phones_without
  const looked = places.length > 0 && places.every(({ found }) => found !== 'not_reached')
  const shown = data === 'none_held' || (proofs.length > 0 && proofs.every((one) => /^[0-9a-f]{64}$/.test(one)))
  const against = [
    ...againstDeciding(act.asked_by, act.by, app.entry, app.requested_by, facts),
    ...when(!counted || !looked, 'still_on_phones'),
    ...when(!shown || !exit_plan_followed, 'disposal_not_shown'),
  ]
  return against.length > 0 ? { refused: against } : { app: step({ ...app, disposal: act.disposal }, act, 'removed') }
}

function seeVersion(app: AppRecord, act: Act<'version_seen'>): AppRecord {
  const seen = { ...app, seen: [...app.seen, act.version] }
  const accepted = app.entry.versions.find(
    ({ platform, id }) => platform === act.version.platform && id === act.version.id,
  )
  const codes = accepted === undefined ? [] : changesOf(accepted, act.version).map(({ code }) => code)
  return codes.length > 0 && (app.state === 'trial' || app.state === 'approved')
    ? suspend(seen, act, [...new Set(codes)])
    : step(seen, act, app.state, codes)
}

function suspend(app: AppRecord, act: AppAct, codes: readonly string[]): AppRecord {
  const from = app.state === 'trial' ? 'trial' : 'approved'
  return step({ ...app, suspension: { on: act.on, from, codes, reach: reachOf(codes) } }, act, 'suspended', codes)
}

function step(app: AppRecord, act: AppAct, to: State, codes: readonly string[] = []): AppRecord {
  const taken: AppStep = {
    act: act.act,
    on: act.on,
    to,
    ...('by' in act ? { by: act.by.id } : {}),
    ...(codes.length > 0 ? { codes: [...new Set(codes)] } : {}),
  }
  return { ...app, state: to, since: act.on, steps: [...app.steps, taken] }
}

type ActReasonCode = keyof typeof ACT_REASONS

function when(holds: boolean, code: ActReasonCode): Reason[] {
  return holds ? [reason(code)] : []
}

function refuse(code: ActReasonCode): Acted {
  return { refused: [reason(code)] }
}

function reason(code: ActReasonCode): Reason {
  return { code, ...ACT_REASONS[code] }
}

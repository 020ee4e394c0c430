import type { Act } from './acts.ts'
import { type Role, ROLES } from './roles.ts'
import type { SeparationId } from './separations.ts'

/** What policy says of one act. What it does not say is refused. */
export interface Rule {
  /**
   * `see` alters nothing and decides nothing, `advise` and `report` neither: who reports says what they know of something. `do` is work in a case; `decide` binds
   * others; `keep` runs the service
   */
  readonly effect: 'see' | 'advise' | 'report' | 'do' | 'decide' | 'keep'
  /** who may as a member of the case: need to know */
  readonly members?: readonly Role[]
  /** who may without being a member */
  readonly anyone?: readonly Role[]
  /** whether the person proves again that it is they */
  readonly stepUp?: true
  /** whether it gives sight of what came from a phone, or lets a recording be heard */
  readonly content?: true
  /** whether the person's rank must be one that may decide (law row B27) */
  readonly rank?: true
  /** whether it must be a senior one (law row G2) */
  readonly seniorRank?: true
  /** whether only somebody whom Schedule 3 lists for the purpose may (law rows B20, H2) */
  readonly schedule3?: true
  readonly apart?: readonly SeparationId[]
  /** rows of the requirements sheet */
  readonly law: string
}

const AUTHORISER: readonly SeparationId[] = [
  'authoriser_not_requester',
  'authoriser_not_investigator',
  'authoriser_not_former_extractor',
]
/** Whoever works here: a breach that only some may report is one that others keep to themselves. */
const EVERYBODY: readonly Role[] = ROLES.map(({ id }) => id)
/** Whoever works with phones or on cases: neither custodians, nor those who advise or audit, nor counsel. */
const STAFF: readonly Role[] = [
  'investigator',
  'authorising_officer',
  'media_investigator',
  'exhibits_officer',
  'extraction_officer',
  'reviewer',
  'disclosure_officer',
  'records_reviewer',
  'information_asset_owner',
  'app_owner',
]
const QUARANTINE: readonly SeparationId[] = ['quarantine_not_extractor', 'quarantine_not_investigator']

/** The whole policy. One line an act: who, whether need to know is asked, a second factor, and from whom they must be apart. */
// biome-ignore format: a table is read by its columns
export const POLICY: Readonly<Record<Act, Rule>> = {
  'case.open':                 { effect: 'do',     anyone: ['investigator'], law: 'H1' },
  'case.see':                  { effect: 'see',    members: ['investigator', 'media_investigator', 'exhibits_officer', 'extraction_officer', 'reviewer', 'disclosure_officer'], anyone: ['data_protection_officer'], law: 'H1, H12, C19' },
  'case.add_member':           { effect: 'do',     members: ['investigator'], law: 'H1, C19' },
  'case.close':                { effect: 'do',     members: ['investigator'], anyone: ['authorising_officer'], law: 'B24, H1' },

  'device.receive':            { effect: 'do',     members: ['investigator', 'exhibits_officer', 'extraction_officer'], law: 'B1, B25, B26' },
  'device.move':               { effect: 'do',     members: ['investigator', 'exhibits_officer', 'extraction_officer'], law: 'B25, B26' },
  'device.return':             { effect: 'do',     members: ['investigator', 'exhibits_officer', 'extraction_officer'], law: 'B25, B26' },

  'request.write':             { effect: 'do',     members: ['investigator'], law: 'H1, B3' },
  'request.see':               { effect: 'see',    members: ['investigator', 'media_investigator', 'extraction_officer', 'disclosure_officer'], anyone: ['authorising_officer', 'data_protection_officer'], law: 'H1, H3, H4, H12' },
  'request.advise':            { effect: 'advise', members: ['media_investigator'], anyone: ['data_protection_officer'], law: 'H4, H12, C29' },
  'request.submit':            { effect: 'do',     members: ['investigator'], schedule3: true, law: 'H1, H2, B3, B4, B20' },
  'request.withdraw':          { effect: 'do',     members: ['investigator'], law: 'H1' },

  'notice.serve':              { effect: 'do',     members: ['investigator'], schedule3: true, law: 'H1, B15, B16' },
  'agreement.record':          { effect: 'do',     members: ['investigator'], schedule3: true, law: 'H1, B1, B11, B14, B15, B17' },
  'agreement.withdraw':        { effect: 'do',     members: ['investigator', 'exhibits_officer', 'extraction_officer'], law: 'H20, B23' },

  'decision.grant':            { effect: 'decide', anyone: ['authorising_officer'], stepUp: true, rank: true, apart: AUTHORISER, law: 'H3, B4, B27' },
  'decision.narrow':           { effect: 'decide', anyone: ['authorising_officer'], stepUp: true, rank: true, apart: AUTHORISER, law: 'H3, B4, B27' },
  'decision.journalistic':     { effect: 'decide', anyone: ['authorising_officer'], stepUp: true, seniorRank: true, apart: AUTHORISER, law: 'G2, B6, B7' },
  'decision.refuse':           { effect: 'decide', anyone: ['authorising_officer'], rank: true, apart: AUTHORISER, law: 'H3, B27' },
  'decision.return':           { effect: 'decide', anyone: ['authorising_officer'], rank: true, apart: AUTHORISER, law: 'H3, B27' },
  'decision.end':              { effect: 'decide', anyone: ['authorising_officer'], rank: true, law: 'H3, B29' },

  'extraction.see':            { effect: 'see',    members: ['investigator', 'media_investigator', 'extraction_officer', 'reviewer', 'disclosure_officer'], anyone: ['authorising_officer', 'records_reviewer', 'information_asset_owner', 'data_protection_officer'], law: 'H3, H5, H6, H12, B21' },
  'extraction.start':          { effect: 'do',     members: ['extraction_officer'], stepUp: true, schedule3: true, apart: ['extractor_not_authoriser'], law: 'H5, H6, B20, B21' },
  'extraction.cancel':         { effect: 'do',     members: ['investigator', 'extraction_officer'], law: 'H5, B23' },
  'receipt.give':              { effect: 'do',     members: ['investigator', 'exhibits_officer', 'extraction_officer'], law: 'A4, B26, C11' },

  'extract.open':              { effect: 'do',     members: ['investigator', 'reviewer', 'disclosure_officer'], stepUp: true, content: true, law: 'H1, H8, C19, C-LOG' },
  'extract.tag':               { effect: 'do',     members: ['investigator', 'reviewer', 'disclosure_officer'], content: true, law: 'H1, H8, C6' },
  'extract.export':            { effect: 'do',     members: ['disclosure_officer'], stepUp: true, content: true, law: 'H8, C-LOG' },
  'extract.disclose':          { effect: 'decide', members: ['disclosure_officer'], stepUp: true, content: true, law: 'H8, D13, C-LOG' },
  'extract.see_privileged':    { effect: 'do',     members: ['counsel'], stepUp: true, content: true, apart: QUARANTINE, law: 'H10, G1' },
  'extract.decide_privileged': { effect: 'decide', members: ['counsel'], stepUp: true, content: true, apart: QUARANTINE, law: 'H10, G1' },
  'extract.see_excess':        { effect: 'do',     members: ['disclosure_officer'], stepUp: true, content: true, apart: QUARANTINE, law: 'H6, B5, B21' },
  'extract.decide_excess':     { effect: 'decide', members: ['disclosure_officer'], stepUp: true, content: true, apart: QUARANTINE, law: 'H6, B5, B21' },

  'find.see':                  { effect: 'see',    members: ['investigator', 'reviewer', 'disclosure_officer'], anyone: ['authorising_officer'], law: 'G15, H1, H3' },
  'find.report':               { effect: 'do',     members: ['investigator', 'reviewer', 'disclosure_officer'], law: 'G15, H1, H8' },
  'find.decide':               { effect: 'decide', anyone: ['authorising_officer'], stepUp: true, rank: true, apart: [...AUTHORISER, 'decider_not_finder'], law: 'G15, H3, B29' },

  'retention.see':             { effect: 'see',    members: ['investigator', 'disclosure_officer'], anyone: ['records_reviewer', 'information_asset_owner', 'data_protection_officer'], law: 'H11, H12, H14, C8' },
  'retention.decide':          { effect: 'decide', anyone: ['records_reviewer'], apart: ['disposer_not_investigator'], law: 'H14, D7' },
  'hold.set':                  { effect: 'decide', members: ['investigator', 'disclosure_officer'], anyone: ['records_reviewer', 'information_asset_owner'], law: 'H8, H11, H14, D9, D10' },
  'hold.lift':                 { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], stepUp: true, apart: ['disposer_not_investigator'], law: 'H11, H14, D10' },
  'destruction.propose':       { effect: 'do',     anyone: ['records_reviewer'], stepUp: true, apart: ['disposer_not_investigator'], law: 'H14' },
  'destruction.approve':       { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], stepUp: true, apart: ['approver_not_proposer', 'disposer_not_investigator'], law: 'H11, H14' },
  'schedule.change':           { effect: 'decide', anyone: ['information_asset_owner'], stepUp: true, law: 'H11, D1' },

  'archive.see':               { effect: 'see',    anyone: ['records_reviewer', 'information_asset_owner', 'disclosure_officer', 'data_protection_officer'], law: 'E14, H11, H12, H14' },
  'archive.manage':            { effect: 'do',     anyone: ['records_reviewer'], law: 'E14, H14' },
  'archive.approve_template':  { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], apart: ['approver_not_proposer'], law: 'E14, H11, H14' },
  'archive.state':             { effect: 'report', anyone: EVERYBODY, law: 'E14' },
  'archive.hold':              { effect: 'decide', anyone: ['disclosure_officer', 'records_reviewer', 'information_asset_owner'], stepUp: true, law: 'E14, D9, H8, H11, H14' },
  'archive.lift_hold':         { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], stepUp: true, law: 'E14, D9, H11, H14' },
  'archive.note':              { effect: 'report', anyone: ['records_reviewer', 'information_asset_owner', 'data_protection_officer'], law: 'E14, E17, H11, H12, H14' },
  'archive.propose_closing':   { effect: 'do',     anyone: ['records_reviewer'], stepUp: true, law: 'E14, H14' },
  'archive.close':             { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], stepUp: true, apart: ['approver_not_proposer'], law: 'E14, H11, H14' },
  'recording.see':             { effect: 'see',    anyone: ['records_reviewer', 'information_asset_owner', 'disclosure_officer'], stepUp: true, law: 'E14, E15, H14' },
  'recording.check':           { effect: 'report', anyone: ['records_reviewer', 'information_asset_owner', 'disclosure_officer'], stepUp: true, law: 'E14, H8, H11, H14' },
  'recording.decide':          { effect: 'decide', anyone: ['disclosure_officer'], stepUp: true, law: 'E14, H8' },
  'recording.ask_listen':      { effect: 'do',     anyone: ['disclosure_officer'], stepUp: true, law: 'E14, E15' },
  'recording.allow_listen':    { effect: 'decide', anyone: ['information_asset_owner'], stepUp: true, apart: ['approver_not_proposer'], law: 'E14, E15, H11' },
  'recording.listen':          { effect: 'do',     anyone: ['disclosure_officer'], stepUp: true, content: true, law: 'E14, E15, C-LOG' },
  'recording.keep':            { effect: 'do',     anyone: ['disclosure_officer'], stepUp: true, law: 'E14, H8' },
  'recording.allow_keep':      { effect: 'decide', anyone: ['authorising_officer'], stepUp: true, rank: true, apart: ['approver_not_proposer', 'authoriser_not_investigator'], law: 'E14, H3' },
  'batch.propose':             { effect: 'do',     anyone: ['records_reviewer'], stepUp: true, law: 'E14, H14' },
  'batch.approve':             { effect: 'decide', anyone: ['records_reviewer', 'information_asset_owner'], stepUp: true, apart: ['approver_not_proposer'], law: 'E14, H11, H14' },

  'app.see':                   { effect: 'see',    anyone: ['app_owner', 'information_asset_owner', 'data_protection_officer', 'administrator', 'auditor'], law: 'E9, E12, H12, H17' },
  'app.ask':                   { effect: 'do',     anyone: STAFF, law: 'E9' },
  'app.manage':                { effect: 'do',     anyone: ['app_owner'], law: 'E9, E10, H17' },
  'app.decide':                { effect: 'decide', anyone: ['information_asset_owner'], stepUp: true, apart: ['approver_not_proposer'], law: 'E9, E10, E12, H11' },
  'app.suspend':               { effect: 'decide', anyone: ['app_owner', 'information_asset_owner'], law: 'E10, E11' },
  'app.export_policy':         { effect: 'do',     anyone: ['app_owner'], stepUp: true, law: 'E10, H17' },
  'dpia.write':                { effect: 'do',     anyone: ['app_owner'], law: 'C25, H17' },
  'dpia.advise':               { effect: 'advise', anyone: ['data_protection_officer'], law: 'C25, C29, H12' },
  'dpia.decide':               { effect: 'decide', anyone: ['information_asset_owner'], stepUp: true, law: 'C25, C26, H11, H17' },
  'fleet.see':                 { effect: 'see',    anyone: ['app_owner', 'information_asset_owner', 'data_protection_officer', 'auditor'], law: 'E10, E11, H17' },
  'fleet.import':              { effect: 'do',     anyone: ['app_owner'], law: 'E10, E11, H17' },
  'fleet.settle':              { effect: 'do',     anyone: ['app_owner'], law: 'E11, H17' },
  'instruction.write':         { effect: 'do',     anyone: ['app_owner'], law: 'E9, H17' },
  'instruction.answer':        { effect: 'report', anyone: EVERYBODY, law: 'E9' },
  'app.report':                { effect: 'report', anyone: EVERYBODY, law: 'E8, E11, E14' },
  'app.see_reports':           { effect: 'see',    anyone: ['app_owner', 'disclosure_officer', 'data_protection_officer'], law: 'E11, E14, H12' },

  'breach.see':                { effect: 'see',    anyone: ['information_asset_owner', 'data_protection_officer', 'auditor'], law: 'C27, H11, H12, H21' },
  'breach.report':             { effect: 'report', anyone: EVERYBODY, law: 'C27' },
  'breach.decide':             { effect: 'decide', anyone: ['information_asset_owner'], law: 'C27, C28, H11' },

  'oversight.see':             { effect: 'see',    anyone: ['authorising_officer', 'records_reviewer', 'information_asset_owner', 'data_protection_officer', 'log_custodian', 'auditor'], law: 'H12, H19, H22' },
  'processing.see':            { effect: 'see',    anyone: ['information_asset_owner', 'data_protection_officer', 'administrator', 'auditor'], law: 'C22, H11, H12, H21' },
  'processing.change':         { effect: 'keep',   anyone: ['information_asset_owner', 'administrator'], stepUp: true, law: 'C22, H11' },
  'log.see':                   { effect: 'see',    anyone: ['data_protection_officer', 'auditor'], stepUp: true, law: 'H12, H19; DPA 2018 s.62(4)' },
  'log.administer':            { effect: 'keep',   anyone: ['log_custodian'], stepUp: true, law: 'H18; DPA 2018 s.62' },
  'people.see':                { effect: 'see',    anyone: ['information_asset_owner', 'data_protection_officer', 'administrator', 'auditor'], law: 'H11, H12, H18' },
  'people.administer':         { effect: 'keep',   anyone: ['administrator'], stepUp: true, law: 'H18' },
  'keys.administer':           { effect: 'keep',   anyone: ['key_custodian'], stepUp: true, law: 'H18; DPA 2018 s.66' },
  'service.administer':        { effect: 'keep',   anyone: ['administrator'], stepUp: true, law: 'H18' },
}

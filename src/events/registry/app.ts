import { code, count, day, digest, flag, id, list, maybe, oneOf, word } from '../field.ts'
import { BY_CHOICE, type Kind } from '../kind.ts'

/** An app, how often its record was changed, and the record as it is after what happened. */
const APP = { app: id, version: count, record: digest } as const
const ASKED = { app: id, asking: id, act: oneOf('begin_trial', 'approve', 'remove') } as const

/** What becomes of an app before it is let onto phones, and after (law rows E9 to E12). What people wrote stands in no log. */
export const APP_EVENTS = {
  'app.requested': {
    says: 'Somebody asked for an app.',
    ...BY_CHOICE,
    fields: { ...APP, phones: count, words: digest },
  },
  'app.entry_changed': {
    says: 'What the catalogue says of an app was changed.',
    ...BY_CHOICE,
    fields: { ...APP, part: word, state: word },
  },
  'app.screened': {
    says: 'It was decided whether what was asked of an app goes further.',
    ...BY_CHOICE,
    fields: { ...APP, outcome: oneOf('screened', 'refused'), words: maybe(digest) },
  },
  'app.assessment_begun': { says: 'The assessment of an app began.', ...BY_CHOICE, fields: APP },
  'app.asked': {
    says: 'Somebody asked for a decision on an app.',
    ...BY_CHOICE,
    fields: { ...ASKED, entry: digest, asks: digest },
  },
  'app.asking_taken_back': { says: 'Somebody took back what they asked of an app.', ...BY_CHOICE, fields: ASKED },
  'app.asking_refused': {
    says: 'What was asked of an app was refused.',
    ...BY_CHOICE,
    fields: { ...ASKED, reasons: digest },
  },
  'app.trial_begun': {
    says: 'An app went onto the phones of some, on trial.',
    ...BY_CHOICE,
    fields: { ...APP, asking: id, people: count, until: day },
  },
  'app.approved': {
    says: 'The board approved an app.',
    ...BY_CHOICE,
    fields: { ...APP, asking: id, present: count, minutes: digest, roles: count },
  },
  'app.suspended': {
    says: 'An app was suspended.',
    ...BY_CHOICE,
    fields: { ...APP, codes: list(word), reach: oneOf('new_installs', 'all'), words: maybe(digest) },
  },
  'app.withdrawn': { says: 'An app was withdrawn.', ...BY_CHOICE, fields: { ...APP, words: digest } },
  'app.removed': {
    says: 'An app is gone from every phone, and its data with it.',
    ...BY_CHOICE,
    fields: { ...APP, asking: id, phones: count, proofs: list(digest) },
  },
  'app.version_seen': {
    says: 'A version of an app was looked into.',
    ...BY_CHOICE,
    fields: { ...APP, package: digest, recorder: oneOf('A', 'B', 'C', 'none'), codes: list(word) },
  },
  'app.package_refused': {
    says: 'A package could not be looked into.',
    ...BY_CHOICE,
    fields: { app: id, package: digest, code },
  },
  'app.trackers_imported': {
    says: 'A list of trackers was brought in.',
    ...BY_CHOICE,
    fields: { list: digest, trackers: count },
  },
  'app.management_changed': {
    says: 'What management systems ask of an app was changed.',
    ...BY_CHOICE,
    fields: { app: id, platform: oneOf('android', 'ios'), facts: digest },
  },
  'app.policy_changed': {
    says: 'What the phones of a role may hold was changed.',
    ...BY_CHOICE,
    fields: { role: digest, version: count, policy: digest },
  },
  'app.policy_exported': {
    says: 'What device management is to enforce was written out.',
    ...BY_CHOICE,
    fields: { role: digest, form: oneOf('android', 'intune', 'csv', 'sheet'), content: digest, changes: count },
  },
} as const satisfies Readonly<Record<string, Kind>>

/** A revision of an assessment, and the document as it is after what happened. */
const DPIA = { dpia: id, revision: count, document: digest } as const

/** Data protection impact assessments: written, advised on, approved (law rows C25, C26, C29). */
export const DPIA_EVENTS = {
  'dpia.begun': {
    says: 'A data protection impact assessment was begun.',
    ...BY_CHOICE,
    fields: { ...DPIA, from: maybe(digest) },
  },
  'dpia.written': {
    says: 'A data protection impact assessment was written on.',
    ...BY_CHOICE,
    fields: { ...DPIA, part: word },
  },
  'dpia.sent': {
    says: 'The data protection officer was asked for advice.',
    ...BY_CHOICE,
    fields: { ...DPIA, advice: id, assessed: digest },
  },
  'dpia.advised': {
    says: 'The data protection officer advised on an assessment.',
    ...BY_CHOICE,
    fields: { dpia: id, advice: id, assessed: digest, advises: oneOf('go_ahead', 'not_to_go_ahead'), words: digest },
  },
  'dpia.advice_decided': {
    says: 'The advice on an assessment was accepted or overruled.',
    ...BY_CHOICE,
    fields: { ...DPIA, advice: id, outcome: oneOf('accepted', 'overruled'), reasons: maybe(digest) },
  },
  'dpia.views_reviewed': {
    says: 'Somebody looked at what people answered who were asked for their views.',
    ...BY_CHOICE,
    fields: { ...DPIA, follows: flag, reasons: maybe(digest) },
  },
  'dpia.commissioner_asked': {
    says: 'The Information Commissioner was consulted before processing.',
    ...BY_CHOICE,
    fields: { ...DPIA, sent: day, due: day },
  },
  'dpia.commissioner_advised': {
    says: 'The Information Commissioner’s advice was recorded.',
    ...BY_CHOICE,
    fields: { ...DPIA, may_begin: flag, words: digest },
  },
  'dpia.approved': {
    says: 'A part of an assessment was approved.',
    ...BY_CHOICE,
    fields: { ...DPIA, assessed: digest, part: oneOf('measures', 'residual_risk') },
  },
  'dpia.revised': {
    says: 'Another revision of an assessment was begun.',
    ...BY_CHOICE,
    fields: { ...DPIA, supersedes: digest },
  },
  'dpia.exported': {
    says: 'An assessment was written out.',
    ...BY_CHOICE,
    fields: { ...DPIA, form: oneOf('peel', 'cnil') },
  },
} as const satisfies Readonly<Record<string, Kind>>

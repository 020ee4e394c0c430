import { count, day, digest, flag, id, oneOf } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

const KNOWN = ['no', 'yes', 'not_known'] as const

/** What staff are told of apps, and what they tell of them (law rows E8, E9, E11, E14). */
export const INSTRUCTION_EVENTS = {
  'instruction.issued': {
    says: 'An instruction on an app was issued to staff.',
    covers: 'none',
    ...OUTSIDE,
    fields: { app: id, version: count, instruction: digest, questions: count },
  },
  'instruction.read': {
    says: 'Somebody said that they have read an instruction.',
    covers: 'none',
    ...OUTSIDE,
    fields: { app: id, instruction: digest },
  },
  'instruction.answered': {
    says: 'Somebody answered the questions of an instruction.',
    covers: 'none',
    ...OUTSIDE,
    fields: { app: id, instruction: digest, right: count, of: count, passed: flag },
  },
  'self_report.made': {
    says: 'Somebody reported an app on their phone.',
    covers: 'collection',
    ...OUTSIDE,
    fields: {
      report: id,
      named: flag,
      evidence: oneOf(...KNOWN),
      data: oneOf('none', 'on_the_phone', 'in_a_cloud', 'both', 'not_known'),
      deleted: oneOf('nothing', 'some', 'all', 'not_known'),
    },
  },
  'self_report.seen': {
    says: 'Somebody looked at what was reported of an app on a phone.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: { report: id },
  },
  'self_report.done': {
    says: 'What follows from a report of an app on a phone was done.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { report: id, done: digest },
  },
  'amnesty.set': {
    says: 'It was promised that reporting an app in time has no consequences by itself.',
    covers: 'none',
    ...OUTSIDE,
    fields: { amnesty: id, from: day, until: day, apps: count },
  },
} as const satisfies Readonly<Record<string, Kind>>

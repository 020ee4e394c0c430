import type { ProcessingRecord, RecordedOperation } from '../../../actions/index.ts'

/** One line of the record. What is empty is missing: the force has not said it. */
export interface Row {
  readonly what: string
  /** the provision that asks for it, where the line has one of its own */
  readonly law?: string
  readonly says: readonly string[]
}

export interface Part {
  readonly id: string
  readonly title: string
  readonly rows: readonly Row[]
}

/** Said wherever the force has not said what the Act asks for: nothing is made up in its place. */
export const MISSING = 'Missing: the force has not said it yet.'

/** The record as parts with rows, the same on the page and in every file. */
export function recordParts(record: ProcessingRecord): Part[] {
  return [theForce(record), theService(record), sensitive(record), ...record.operations.map(operation)]
}

/** What the Act asks for and the force has not said, by its title. */
export function missingOf({ facts }: ProcessingRecord): string[] {
  return facts.filter(({ says }) => says === null).map(({ title }) => title)
}

function theForce({ force, facts }: ProcessingRecord): Part {
  return {
    id: 'force',
    title: `What ${force} says`,
    rows: facts.map(({ title, law, says }) => ({ what: title, law, says: says === null ? [] : [says] })),
  }
}

function theService({ profiling, measures, schedule }: ProcessingRecord): Part {
  return {
    id: 'service',
    title: 'What the service knows of itself',
    rows: [
      { what: 'Profiling', law: 'DPA 2018 s.61(2)(g)', says: [profiling] },
      { what: 'Security measures of the service', law: 'DPA 2018 s.61(2)(k)', says: measures },
      {
        what: 'Schedule by which it computes',
        law: 'DPA 2018 s.61(2)(j)',
        says: [`${schedule.name}, version ${schedule.version}, ${schedule.digest}`, ...schedule.groups],
      },
    ],
  }
}

function sensitive({ sensitive: { conditions, held_in_time, held_overdue } }: ProcessingRecord): Part {
  const count = (number: number | null) => (number === null ? 'fewer than 5, or not told' : String(number))
  return {
    id: 'sensitive',
    title: 'Sensitive processing',
    rows: [
      { what: 'How it satisfies section 35', law: 'DPA 2018 s.42', says: [SATISFIES] },
      {
        what: 'Conditions that requests have relied on',
        law: 'DPA 2018 s.42, Schedule 8',
        says: conditions.length > 0 ? conditions : ['None yet: no request has been sent for decision.'],
      },
      {
        what: 'Extracts held today',
        law: 'DPA 2018 s.42',
        says: [`review still to come: ${count(held_in_time)}`, `review overdue: ${count(held_overdue)}`],
      },
    ],
  }
}

const SATISFIES =
  'What a device holds is presumed to be sensitive. Each request names its condition of Schedule 8, the policy document, and why nothing less will do; without these it cannot be sent for decision. Agreement under PCSC Act 2022 s.39 is not what the processing rests on.'

function operation(one: RecordedOperation): Part {
  return {
    id: one.id,
    title: one.title,
    rows: [
      { what: 'Purpose', law: 'DPA 2018 s.61(2)(d)', says: [one.purpose] },
      { what: 'Basis in law', law: 'DPA 2018 ss.35, 61(2)(i)', says: one.basis },
      { what: 'People', law: 'DPA 2018 ss.38(3), 61(2)(f)(i)', says: one.people },
      { what: 'Data', law: 'DPA 2018 s.61(2)(f)(ii)', says: one.data },
      { what: 'Sensitive processing', law: 'DPA 2018 ss.35(5), 42, Schedule 8', says: [one.sensitive ?? 'None.'] },
      { what: 'Recipients', law: 'DPA 2018 s.61(2)(e)', says: one.recipients },
      { what: 'How long it is kept', law: 'DPA 2018 s.61(2)(j)', says: [one.kept] },
      {
        what: 'Evidence in the log',
        law: 'DPA 2018 ss.34(3), 62',
        says: one.evidence.map(({ entry, says }) => `${says} (${entry})`),
      },
    ],
  }
}

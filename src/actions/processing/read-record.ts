import { sql } from 'kysely'
import { roleEntry, whoMay } from '../../access/index.ts'
import { kindOf } from '../../events/index.ts'
import { scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { suppress } from '../oversight/suppress.ts'
import { SCHEDULE_8 } from '../request/sensitive-processing.ts'
import { DATA_CATEGORIES, PEOPLE_CATEGORIES } from './categories.ts'
import { FORCE_FACTS } from './force-facts.ts'
import type { Operation } from './operation.ts'
import { DONE } from './operations.ts'
import { type FactsVersion, factsVersions } from './read-facts.ts'

/** One operation as the record says it, in words alone. */
export interface RecordedOperation {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly basis: readonly string[]
  readonly people: readonly string[]
  readonly data: readonly string[]
  readonly sensitive: string | null
  readonly recipients: readonly string[]
  readonly kept: string
  readonly evidence: readonly { readonly entry: string; readonly says: string }[]
}

/** The record of processing activities as it stands (DPA 2018 s.61): what the service knows of itself, and what the force has said. */
export interface ProcessingRecord {
  readonly format: 'peel-processing-record/1'
  readonly force: string
  readonly made: string
  /** 0: the force has said nothing yet */
  readonly version: number
  readonly changed: string | null
  /** `says` is null where the force has not said it */
  readonly facts: readonly {
    readonly id: string
    readonly title: string
    readonly law: string
    readonly says: string | null
  }[]
  readonly profiling: string
  readonly measures: readonly string[]
  readonly schedule: {
    readonly name: string
    readonly version: number
    readonly digest: string
    readonly groups: readonly string[]
  }
  /** DPA 2018 s.42: on which conditions requests have relied, and what is held later than its review; null: too few to be told */
  readonly sensitive: {
    readonly conditions: readonly string[]
    readonly held_in_time: number | null
    readonly held_overdue: number | null
  }
  readonly operations: readonly RecordedOperation[]
}

/** DPA 2018 s.61(2)(g). */
const PROFILING = 'None. The service scores nobody and decides nothing about anybody by itself.'

/** DPA 2018 s.61(2)(k): what the service itself does, in general. */
const MEASURES = [
  'What comes from a device is sealed before it touches a disk, each extract under a key of its own.',
  'An extract is opened only by members of its case, for a stated purpose and a few hours at most, by somebody who has just proved who they are.',
  'Nobody decides on what they asked for, and a destruction needs two people; those who run the service read nothing from a device.',
  'Every act is written into a log that only grows and that outsiders can check, before it is done.',
  'Backups are sealed. What was destroyed cannot be opened from them.',
] as const

/** Reads the record with every version of what the force said, the newest first. Throws ActionError NOT_ALLOWED. */
export async function readProcessingRecord(
  ops: Ops,
  actor: Actor,
): Promise<{ record: ProcessingRecord; versions: readonly FactsVersion[] }> {
  await askFirst(ops, actor, 'processing.see')
  const [versions, conditions, [inTime, overdue]] = await Promise.all([
    factsVersions(ops.store.db),
    conditionsReliedOn(ops),
    heldByReview(ops),
  ])
  const [newest] = versions
  const { name, version, groups } = STARTING_SCHEDULE
  return {
    versions,
    record: {
      format: 'peel-processing-record/1',
      force: ops.force.name,
      made: ops.now().toISOString(),
      version: newest?.version ?? 0,
      changed: newest?.changedAt.toISOString() ?? null,
      facts: FORCE_FACTS.map(({ id, title, law }) => ({ id, title, law, says: newest?.facts[id] ?? null })),
      profiling: PROFILING,
      measures: MEASURES,
      schedule: { name, version, digest: scheduleDigest(STARTING_SCHEDULE), groups: groups.map(({ says }) => says) },
      sensitive: { conditions, held_in_time: inTime ?? null, held_overdue: overdue ?? null },
      operations: DONE.map(recorded),
    },
  }
}

function recorded({
  acts,
  events,
  sensitive,
  outside,
  kept,
  people,
  data,
  ...operation
}: Operation): RecordedOperation {
  const roles = new Set(acts.flatMap((act) => Object.values(whoMay(act)).flat()))
  return {
    id: operation.id,
    title: operation.title,
    purpose: operation.purpose,
    basis: operation.basis,
    people: people.map((one) => PEOPLE_CATEGORIES[one]),
    data: data.map((one) => DATA_CATEGORIES[one].says),
    sensitive: sensitive === undefined ? null : `${conditionSays(sensitive.condition)} ${sensitive.necessary}`,
    recipients: [...[...roles].map((role) => roleEntry(role).title.toLowerCase()), ...outside],
    kept: 'until' in kept ? kept.until : (STARTING_SCHEDULE.classes.find(({ id }) => id === kept.class)?.says ?? ''),
    evidence: events.map((entry) => ({ entry, says: kindOf(entry).says })),
  }
}

function conditionSays(condition: NonNullable<Operation['sensitive']>['condition']): string {
  if (condition === 'as-requested') return 'Strictly necessary, on the condition of Schedule 8 that its request names.'
  const { says, paragraph } = SCHEDULE_8.find(({ id }) => id === condition) as (typeof SCHEDULE_8)[number]
  return `Strictly necessary, on Schedule 8 paragraph ${paragraph}: ${says.toLowerCase()}.`
}

async function conditionsReliedOn({ store: { db } }: Ops): Promise<string[]> {
  const rows = await db
    .selectFrom('requests')
    .select(sql<string | null>`beliefs->'sensitive_processing'->>'condition'`.as('condition'))
    .distinct()
    .where('submitted_at', 'is not', null)
    .execute()
  const named = new Set(rows.map(({ condition }) => condition))
  return SCHEDULE_8.filter(({ id }) => named.has(id)).map(
    ({ says, paragraph }) => `Schedule 8 paragraph ${paragraph}: ${says}`,
  )
}

async function heldByReview({ store: { db }, now }: Ops): Promise<(number | undefined)[]> {
  const today = now().toISOString().slice(0, 10)
  const { held, overdue } = await db
    .selectFrom('holdings')
    .select(({ fn }) => [
      fn.countAll<number>().as('held'),
      sql<number>`count(*) FILTER (WHERE review_on < ${today})`.as('overdue'),
    ])
    .where('destroyed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return suppress([Number(held) - Number(overdue), Number(overdue)])
}

import { hash } from 'node:crypto'
import { faultsOf, type Schema, writePath } from '../authorisation/index.ts'
import { canonical } from '../records/index.ts'
import { after, type Day, isDay, type Period } from './day.ts'
import { RetentionError } from './errors.ts'
import type { Holding, ObjectClass, PersonRole } from './holding.ts'
import type { Mark } from './reason.ts'
import schemaDocument from './schedule.schema.json' with { type: 'json' }
import startingSchedule from './schedule.json' with { type: 'json' }

/** What every rule says of itself. */
export interface Rule {
  readonly code: string
  readonly says: string
  readonly source: string
  readonly mark: Mark
}

export interface Group extends Rule {
  readonly id: Holding['group']
  readonly clear_period: Period
  readonly until_age?: number
  readonly first_review: Period
  readonly review_every: Period
  readonly sub_types?: readonly SubType[]
}

export interface SubType extends Rule {
  readonly id: string
  readonly clear_period: Period
  readonly review_every?: Period
}

export type Stage = 'no_decision' | 'charged' | 'convicted' | 'detained' | 'appeal' | 'undetected'

export interface Floor extends Rule {
  readonly when: Stage
  readonly keep?: Period
}

export interface ClassClock extends Rule {
  readonly id: ObjectClass
  readonly first_review: Period
  readonly review_every: Period
  readonly minimum?: Period
  readonly group_clock_for: readonly PersonRole[]
}

export interface OwnRule extends Rule {
  readonly applies_to: {
    readonly classes?: readonly ObjectClass[]
    readonly roles?: readonly PersonRole[]
    readonly groups?: readonly Holding['group'][]
  }
  readonly review_every?: Period
  readonly keep_at_least?: Period
}

/**
 * How long a force keeps what it takes: a document with versions, because policy is data (law row D1). Only `readSchedule`
 * makes one. Its format is `schedule.schema.json`.
 */
export interface Schedule {
  readonly format: 'peel-retention-schedule/1'
  readonly name: string
  readonly version: number
  readonly in_force_from: Day
  readonly groups: readonly Group[]
  readonly floors: readonly Floor[]
  readonly classes: readonly ClassClock[]
  readonly children: Rule & { readonly review_every: Period }
  readonly own_rules: readonly OwnRule[]
}

/** The published JSON Schema of `peel-retention-schedule/1`. */
export const SCHEDULE_SCHEMA = schemaDocument as unknown as Schema

/**
 * Reads a schedule from a JSON value. Throws RetentionError SCHEDULE_INVALID, whose hint says where and what, for a value
 * that the JSON Schema refuses, that leaves out a group, stage or class, uses a code twice, or keeps other people's material
 * longer than ten years by a rule of its own (law row D6).
 */
export function readSchedule(value: unknown): Schedule {
  const [fault] = faultsOf(value, SCHEDULE_SCHEMA)
  if (fault) throw invalid(`${writePath(fault.path) || 'the document'} ${fault.message}`)
  const schedule = value as Schedule
  if (!isDay(schedule.in_force_from)) throw invalid('in_force_from is no day')
  for (const [name, ids] of [
    ['groups', schedule.groups.map(({ id }) => id)],
    ['floors', schedule.floors.map(({ when }) => when)],
    ['classes', schedule.classes.map(({ id }) => id)],
    ['codes of rules', everyRule(schedule).map(({ code }) => code)],
  ] as const)
    if (new Set<string>(ids).size < ids.length) throw invalid(`${name}: one stands there twice`)
  const long = schedule.own_rules.find(keepsOthersTooLong)
  if (long) throw invalid(`own_rules: ${long.code} keeps more than suspects' material longer than ten years`)
  return schedule
}

/** The version that is in force on a day: the last one that has begun. Throws RetentionError NOT_IN_SCHEDULE where none has. */
export function scheduleOn(day: Day, versions: readonly Schedule[]): Schedule {
  const begun = versions.filter(({ in_force_from }) => in_force_from <= day)
  const last = begun.reduce<Schedule | undefined>(
    (a, b) => (a === undefined || b.version > a.version ? b : a),
    undefined,
  )
  if (last) return last
  throw new RetentionError('NOT_IN_SCHEDULE', 'no schedule is in force on that day', 'give the version that was')
}

/** Names a version by what it says: lower-case hex SHA-256 over its canonical form (RFC 8785). */
export function scheduleDigest(schedule: Schedule): string {
  return hash('sha256', canonical(schedule), 'hex')
}

/** Every rule of a schedule, each with its source. */
export function everyRule({ groups, floors, classes, children, own_rules }: Schedule): Rule[] {
  return [
    ...groups,
    ...groups.flatMap(({ sub_types }) => sub_types ?? []),
    ...floors,
    ...classes,
    children,
    ...own_rules,
  ]
}

function keepsOthersTooLong({ applies_to, keep_at_least }: OwnRule): boolean {
  const start = '2000-01-01'
  if (keep_at_least === undefined || after(start, keep_at_least) <= after(start, { years: 10 })) return false
  const onlySuspects = applies_to.roles?.every((role) => role === 'suspect') ?? false
  const onlyAudit = applies_to.classes?.every((one) => one === 'audit_record') ?? false
  return !onlySuspects && !onlyAudit
}

function invalid(what: string): RetentionError {
  return new RetentionError('SCHEDULE_INVALID', 'that is no retention schedule', what)
}

/** The schedule that comes with the software: a force looks through it before it relies on it, and gives its own. */
export const STARTING_SCHEDULE: Schedule = readSchedule(startingSchedule)

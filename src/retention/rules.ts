import type { Period } from './day.ts'
import { RetentionError } from './errors.ts'
import type { Holding } from './holding.ts'
import type { ClassClock, OwnRule, Rule, Schedule } from './schedule.ts'

/** The clock of a holding's class. */
export function classClock({ objectClass }: Holding, { classes }: Schedule): ClassClock {
  const clock = classes.find(({ id }) => id === objectClass)
  if (clock) return clock
  throw new RetentionError('NOT_IN_SCHEDULE', 'the schedule has no clock for a class of object', 'add the class')
}

export interface GroupClock {
  readonly rule: Rule
  readonly clear_period: Period
  readonly until_age?: number | undefined
  readonly first_review: Period
  readonly review_every: Period
}

/**
 * The clock of the person's review group, where it counts for this holding: groups belong to the records of persons, so it
 * counts only for the classes and roles that the schedule names, of which only a suspect's can be one (law row D6).
 * Throws RetentionError NOT_IN_SCHEDULE for a kind within the group that the schedule does not have.
 */
export function groupClock(holding: Holding, schedule: Schedule): GroupClock | undefined {
  if (holding.personRole !== 'suspect') return undefined
  if (!classClock(holding, schedule).group_clock_for.includes('suspect')) return undefined
  const group = schedule.groups.find(({ id }) => id === holding.group)
  if (!group) throw new RetentionError('NOT_IN_SCHEDULE', 'the schedule has no such group', 'add the group')
  if (holding.subType === undefined) return { rule: group, ...group }
  const kind = group.sub_types?.find(({ id }) => id === holding.subType)
  if (!kind) throw new RetentionError('NOT_IN_SCHEDULE', 'the schedule has no such kind in that group', 'add the kind')
  return {
    rule: kind,
    clear_period: kind.clear_period,
    first_review: kind.review_every ?? group.first_review,
    review_every: kind.review_every ?? group.review_every,
  }
}

/** The force's own rules that are about this holding. */
export function ownRulesFor(holding: Holding, { own_rules }: Schedule): OwnRule[] {
  return own_rules.filter(
    ({ applies_to: { classes, roles, groups } }) =>
      (classes?.includes(holding.objectClass) ?? true) &&
      (roles?.includes(holding.personRole) ?? true) &&
      (groups?.includes(holding.group) ?? true),
  )
}

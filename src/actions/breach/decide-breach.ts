import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { mustBeValid, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { BREACH_HOURS, readBreach } from './read-breaches.ts'

/** Whether the Commissioner is told: always, unless a risk to people is unlikely (DPA 2018 s.67(1), (2)). */
export const COMMISSIONER_OUTCOMES = ['told', 'no-likely-risk'] as const
/** Whether the people are told: where a high risk is likely, unless one of these holds (s.68(1), (3), (7)). */
export const PEOPLE_OUTCOMES = [
  'told',
  'no-high-risk',
  'unintelligible',
  'measures-taken',
  'public-notice',
  'restricted',
] as const

/** What is decided of a breach. */
export interface BreachDecision {
  readonly breachId: string
  readonly commissioner: (typeof COMMISSIONER_OUTCOMES)[number]
  readonly commissionerReasons: string
  /** s.67(3): where the Commissioner is told after 72 hours */
  readonly lateReasons?: string
  readonly people: (typeof PEOPLE_OUTCOMES)[number]
  readonly peopleReasons: string
}

/** What is wrong with a decision, by field; `awareAt` is from when the hours run. */
export function breachDecisionFaults(
  input: Omit<BreachDecision, 'breachId'>,
  awareAt: Date,
  now: Date,
): { field: keyof BreachDecision; says: string }[] {
  const blank = (text: string | undefined) => (text ?? '').trim() === ''
  return [
    ...(blank(input.commissionerReasons)
      ? [{ field: 'commissionerReasons', says: 'Enter what was told, or why a risk is unlikely' } as const]
      : []),
    ...(input.commissioner === 'told' && hoursSince(awareAt, now) >= BREACH_HOURS && blank(input.lateReasons)
      ? [{ field: 'lateReasons', says: `Enter why it took longer than ${BREACH_HOURS} hours` } as const]
      : []),
    ...(blank(input.peopleReasons)
      ? [{ field: 'peopleReasons', says: 'Enter what they were told, or why they are not' } as const]
      : []),
  ]
}

/**
 * Decides whether the Commissioner and the people are told (DPA 2018 ss.67, 68; law rows C27, C28). May be decided again, as more becomes known: the
 * newest counts, and none is lost. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID.
 */
export async function decideBreach(ops: Ops, actor: Actor, input: BreachDecision): Promise<void> {
  await askFirst(ops, actor, 'breach.decide')
  const breach = await readBreach(ops, input.breachId)
  if (breach === undefined) throw notFound()
  const now = ops.now()
  mustBeValid(breachDecisionFaults(input, breach.awareAt, now))
  const hours = hoursSince(breach.awareAt, now)
  const row = {
    commissioner: input.commissioner,
    commissioner_reasons: input.commissionerReasons.trim(),
    late_reasons: input.lateReasons?.trim() || null,
    people: input.people,
    people_reasons: input.peopleReasons.trim(),
  }
  await ops.journal.record({
    kind: 'breach.decided',
    actor: actor.id,
    details: {
      breach: breach.id,
      commissioner: input.commissioner,
      hours: Math.floor(hours),
      within_72_hours: hours < BREACH_HOURS,
      people: input.people,
      reasons: hash('sha256', canonical(row), 'hex'),
    },
  })
  await ops.store.db
    .insertInto('breach_decisions')
    .values({ breach_id: breach.id, ...row, decided_by: actor.id, decided_at: now })
    .execute()
}

function hoursSince(then: Date, now: Date): number {
  return Math.max(0, (now.getTime() - then.getTime()) / 3_600_000)
}

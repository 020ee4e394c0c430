import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'

/** What was lost of personal data: who could see it, whether it is right, whether it is there (DPA 2018 s.33(3)). */
export const BREACH_KINDS = ['confidentiality', 'integrity', 'availability'] as const
export type BreachKind = (typeof BREACH_KINDS)[number]

/** A breach as it is reported. */
export interface ReportedBreach {
  readonly kind: BreachKind
  /** when the force became aware of it: the 72 hours run from then */
  readonly awareAt: Date
  readonly facts: string
  readonly effects: string
  /** what was done about it so far */
  readonly remedy: string
}

const LONGEST = 2000

/** What is wrong with a report, by field. */
export function breachFaults(input: ReportedBreach, now: Date): { field: keyof ReportedBreach; says: string }[] {
  const { awareAt } = input
  const texts = [
    ['facts', 'Enter what happened'],
    ['effects', 'Enter what it may mean for people'],
    ['remedy', 'Enter what was done about it so far'],
  ] as const
  return [
    ...(Number.isNaN(awareAt.getTime())
      ? [{ field: 'awareAt', says: 'Enter when the force became aware of it' } as const]
      : []),
    ...(awareAt > now
      ? [{ field: 'awareAt', says: 'The force cannot have become aware of it later than now' } as const]
      : []),
    ...texts.flatMap(([field, says]) => {
      if (input[field].trim() === '') return [{ field, says }]
      return input[field].length > LONGEST ? [{ field, says: 'Use 2,000 characters or fewer' }] : []
    }),
  ]
}

/**
 * Records a breach of personal data, whoever finds it and however small (DPA 2018 s.67(6); law row C27). Gives its id. Throws ActionError NOT_ALLOWED,
 * NOT_VALID.
 */
export async function reportBreach(ops: Ops, actor: Actor, input: ReportedBreach): Promise<string> {
  await askFirst(ops, actor, 'breach.report')
  const now = ops.now()
  mustBeValid(breachFaults(input, now))
  const id = newId(ops.random)
  const said = { facts: input.facts.trim(), effects: input.effects.trim(), remedy: input.remedy.trim() }
  await ops.journal.record({
    kind: 'breach.reported',
    actor: actor.id,
    details: {
      breach: id,
      as: input.kind,
      aware: input.awareAt.toISOString(),
      facts: hash('sha256', canonical(said), 'hex'),
    },
  })
  await ops.store.db
    .insertInto('breaches')
    .values({ id, kind: input.kind, aware_at: input.awareAt, ...said, reported_by: actor.id, reported_at: now })
    .execute()
  return id
}

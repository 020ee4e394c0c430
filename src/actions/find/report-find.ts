import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { newId } from '../new-id.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { endOpening } from '../review/close-extract.ts'
import { type HeldExtract, under } from '../review/held-extract.ts'
import { PURPOSES } from '../review/purposes.ts'
import { withOpenExtract } from '../review/with-open-extract.ts'

/** What else may come to light while an extract is read. */
export const FIND_KINDS = ['another-crime', 'risk-to-life', 'safeguarding'] as const
export type FindKind = (typeof FIND_KINDS)[number]

/** What somebody says of it. */
export interface ReportedFind {
  readonly kind: string
  /** in their own words: kept in the database, never in the log */
  readonly says: string
  /** why it is for somebody else to decide on */
  readonly reasons: string
}

/** Characters of one answer at most. */
export const LONGEST_FIND = 2000

/** What is wrong with a report, by field. */
export function findFaults({ kind, says, reasons }: ReportedFind): { field: keyof ReportedFind; says: string }[] {
  const text = (field: 'says' | 'reasons', given: string, missing: string) => {
    if (given.trim() === '') return [{ field, says: missing }]
    return given.length > LONGEST_FIND ? [{ field, says: 'Use 2,000 characters or fewer' }] : []
  }
  return [
    ...(isFindKind(kind) ? [] : [{ field: 'kind', says: 'Select what came to light' } as const]),
    ...text('says', says, 'Enter what came to light'),
    ...text('reasons', reasons, 'Enter why somebody should decide on it'),
  ]
}

/**
 * Stops the reading of an extract because something came to light that it was not opened for (DPA 2018 s.36(3), law row G15). Whoever has it open has it
 * no more, and nobody opens it for review until an authorising officer has decided; an immediate risk to life is the exception. Gives the id of what was
 * found. Throws ActionError NOT_ALLOWED, NOT_VALID, NOT_NOW `NOT_OPEN`.
 */
export async function reportFind(
  ops: Ops,
  actor: Actor,
  input: ReportedFind & { readonly extraction: string },
): Promise<string> {
  const { extraction, kind } = input
  await mustAllow(ops, actor, 'find.report', { of: 'extraction', id: extraction })
  const [fault] = findFaults(input)
  if (fault !== undefined || !isFindKind(kind))
    throw new ActionError('NOT_VALID', fault?.field ?? 'kind', fault?.says ?? 'there is no such kind')
  const id = newId(ops.random)
  const said = { says: input.says.trim(), reasons: input.reasons.trim() }
  const held = await withOpenExtract(ops, actor, { extraction }, async (open) => {
    await ops.journal.record({
      kind: 'find.reported',
      actor: actor.id,
      ...under(open.held),
      details: {
        find: id,
        extract: extraction,
        session: open.opening.id,
        as: kind,
        words: hash('sha256', canonical(said), 'hex'),
      },
    })
    await ops.store.db
      .insertInto('finds')
      .values({ id, extraction_id: extraction, kind, ...said, found_by: actor.id, found_at: ops.now() })
      .execute()
    return open.held
  })
  await shut(ops, actor, held)
  return id
}

/** Closes it for whoever reported, and for everybody who has it open for something that has to wait. */
async function shut(ops: Ops, actor: Actor, held: HeldExtract): Promise<void> {
  const goesOn = PURPOSES.filter(({ despiteFind }) => despiteFind).map(({ id }) => id)
  const live = await ops.store.db
    .selectFrom('openings')
    .selectAll()
    .where('extraction_id', '=', held.extraction)
    .where('compartment', '=', 'main')
    .where('closed_at', 'is', null)
    .where(({ or, eb }) => or([eb('person_id', '=', actor.id), eb('purpose', 'not in', goesOn)]))
    .execute()
  for (const one of live)
    await endOpening(
      ops,
      {
        id: one.id,
        extraction: held.extraction,
        personId: one.person_id,
        compartment: one.compartment,
        purpose: one.purpose,
        openedAt: one.opened_at,
        endsAt: one.ends_at,
        held,
      },
      one.person_id === actor.id ? actor.id : SERVICE_ACTOR,
      'find',
    )
}

function isFindKind(kind: string): kind is FindKind {
  return (FIND_KINDS as readonly string[]).includes(kind)
}

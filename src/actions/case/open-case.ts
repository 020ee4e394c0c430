import { newPseudonym } from '../../events/index.ts'
import { STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import { allow, refused } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isDuplicate } from './duplicate.ts'

/** What is known of a case when it is opened. */
export interface NewCase {
  /** the force's own, unique within it */
  readonly reference: string
  readonly offence: string
  /** absent: the shortest that the schedule knows for a named offence (DPA 2018 s.57) */
  readonly retentionGroup?: string
}

/** Where nobody says otherwise: "all other offences". Not more than is needed, by default (law row C19). */
export const DEFAULT_GROUP = '3'

/** As forces write their references: letters and digits, with `/`, `-`, `.` or a space between. */
const REFERENCE = /^[A-Z0-9](?:[A-Z0-9 ./-]{0,38}[A-Z0-9])?$/

/** The review groups that a case may have, as the force's schedule says them (law rows D2 to D5). */
export function retentionGroups(): readonly { readonly id: string; readonly says: string }[] {
  return STARTING_SCHEDULE.groups.map(({ id, says }) => ({ id, says }))
}

/** One way of writing a reference: upper case, single spaces. Undefined where it is none. */
export function caseReference(text: string): string | undefined {
  const plain = text.trim().replace(/\s+/g, ' ').toUpperCase()
  return REFERENCE.test(plain) ? plain : undefined
}

/**
 * Opens a case. Whoever opens it is its officer, and so far the only one who knows of it. Gives its id. Throws ActionError NOT_ALLOWED,
 * NOT_VALID (`REFERENCE`, `REFERENCE_TAKEN`, `OFFENCE`, `RETENTION_GROUP`).
 */
export async function openCase(ops: Ops, actor: Actor, input: NewCase): Promise<string> {
  const decided = await allow(ops, actor, 'case.open')
  if (!decided.allowed) throw refused(decided)
  const { reference, offence, group } = checked(input)
  const taken = await ops.store.db
    .selectFrom('cases')
    .select('id')
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (taken !== undefined) throw referenceTaken()

  const caseId = newId(ops.random)
  const pseudonym = newPseudonym(ops.random)
  await ops.journal.record({
    kind: 'case.opened',
    actor: actor.id,
    case: { caseId, pseudonym },
    details: { case: caseId, investigator: actor.id },
  })
  const now = ops.now()
  try {
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('cases')
        .values({
          id: caseId,
          reference,
          pseudonym,
          offence,
          retention_group: group,
          opened_at: now,
          opened_by: actor.id,
        })
        .execute()
      await db
        .insertInto('case_members')
        .values({
          case_id: caseId,
          person_id: actor.id,
          capacity: 'investigator',
          added_at: now,
          added_by: actor.id,
        })
        .execute()
    })
  } catch (error) {
    if (isDuplicate(error, 'cases_reference_key')) throw referenceTaken()
    throw error
  }
  return caseId
}

function checked({ reference, offence, retentionGroup = DEFAULT_GROUP }: NewCase) {
  const plain = caseReference(reference)
  if (plain === undefined)
    throw new ActionError('NOT_VALID', 'REFERENCE', 'this is no reference of a case', 'letters, digits, / - and .')
  if (offence.trim() === '' || offence.length > 200)
    throw new ActionError('NOT_VALID', 'OFFENCE', 'a case is about an offence or an event', 'say which in a few words')
  if (!retentionGroups().some(({ id }) => id === retentionGroup))
    throw new ActionError('NOT_VALID', 'RETENTION_GROUP', 'the schedule has no such group', 'choose one of its groups')
  return { reference: plain, offence: offence.trim(), group: retentionGroup }
}

function referenceTaken(): ActionError {
  return new ActionError('NOT_VALID', 'REFERENCE_TAKEN', 'there is a case with this reference', 'ask its officer')
}

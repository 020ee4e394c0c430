import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { openOne } from '../../case/open-one.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { LONGEST_TEXT } from '../../request/save-part.ts'
import { isId } from '../../subject.ts'
import { lockArchive } from '../lock-archive.ts'
import { archiveOf } from '../read-archive.ts'
import { copiesOf, keepable } from './keepable.ts'
import { setDigest } from './kept-set.ts'

/** Most recordings that are proposed at once: whoever approves looks at what they approve. */
export const MOST_KEPT = 500

/** What somebody proposes to keep. */
export interface KeepInput {
  readonly recordings: readonly string[]
  readonly caseId: string
  /** what they may show in the case */
  readonly relevance: string
  /** why they must be kept for it */
  readonly necessity: string
}

/** What is wrong with it, by field. */
export function keepFaults({ recordings, caseId, relevance, necessity }: KeepInput): { field: string; says: string }[] {
  const faults: { field: string; says: string }[] = []
  if (recordings.length === 0) faults.push({ field: 'recordings', says: 'Select at least one recording' })
  if (recordings.length > MOST_KEPT)
    faults.push({ field: 'recordings', says: `Select ${MOST_KEPT} recordings or fewer at once` })
  if (!isId(caseId)) faults.push({ field: 'case', says: 'Select the case that they are kept for' })
  for (const [field, text, says] of [
    ['relevance', relevance, 'Enter what the recordings may show in the case'],
    ['necessity', necessity, 'Enter why they must be kept for the case'],
  ] as const) {
    if (text.trim() === '') faults.push({ field, says })
    else if (text.length > LONGEST_TEXT) faults.push({ field, says: `Use ${LONGEST_TEXT} characters or fewer` })
  }
  return faults
}

/**
 * Proposes that recordings are kept for a case, with their exact copies (law row E14: a decision by the disclosure officer, relevance and necessity). They
 * stay where they are until somebody else has approved it. Gives the keep's id. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW
 * `NOT_MATCHED`, `NOT_KEEPABLE`, `NOT_YOUR_CASE`, `CASE_CLOSED`.
 */
export async function proposeKeep(ops: Ops, actor: Actor, archiveId: string, input: KeepInput): Promise<string> {
  await askFirst(ops, actor, 'recording.keep')
  mustBeValid(keepFaults(input))
  const archive = await archiveOf(ops, archiveId)
  if (archive.state !== 'matched')
    throw new ActionError('NOT_NOW', 'NOT_MATCHED', 'the archive is not matched', 'wait until it is, and look again')
  const about = await ownCase(ops, actor, input.caseId)
  const id = newId(ops.random)
  const reasons = { relevance: input.relevance.trim(), necessity: input.necessity.trim() }
  await ops.store.db.transaction().execute(async (db) => {
    await lockArchive(db, archive.id)
    const chosen = [...new Set(input.recordings)]
    const found = await keepable(db, archive.id, chosen)
    if (found.length < chosen.length) throw notKeepable()
    const all = [...found, ...(await copiesOf(db, archive.id, chosen))]
    const set = setDigest(archive.id, all)
    const bytes = all.reduce((sum, one) => sum + one.bytes, 0)
    await ops.journal.record({
      kind: 'recording.keep_proposed',
      actor: actor.id,
      case: about,
      details: {
        archive: archive.id,
        keep: id,
        items: all.length,
        set,
        bytes,
        reasons: hash('sha256', canonical(reasons), 'hex'),
      },
    })
    await db
      .insertInto('recording_keeps')
      .values({
        id,
        archive_id: archive.id,
        case_id: about.caseId,
        ...reasons,
        item_ids: all.map((one) => one.id),
        set_digest: set,
        bytes,
        proposed_by: actor.id,
        proposed_at: ops.now(),
      })
      .execute()
  })
  return id
}

/** A case that somebody is a member of: nobody puts recordings into a case that they have no part in. */
async function ownCase(ops: Ops, actor: Actor, caseId: string): Promise<{ caseId: string; pseudonym: string }> {
  const member = await ops.store.db
    .selectFrom('case_members')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .executeTakeFirst()
  if (member === undefined)
    throw new ActionError(
      'NOT_NOW',
      'NOT_YOUR_CASE',
      'you are not a member of this case',
      'ask its officer to let you in',
    )
  const { pseudonym } = await openOne(ops, caseId)
  return { caseId, pseudonym }
}

/** Whether it is the case that stands against it: closed, or not one of theirs. */
export function isCaseFault({ reason }: ActionError): boolean {
  return reason === 'NOT_YOUR_CASE' || reason === 'CASE_CLOSED'
}

/** Something of what was chosen is not there any more, or is nothing to be kept. */
export function notKeepable(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'NOT_KEEPABLE',
    'some of these recordings can no longer be kept: they were matched again, decided on, or are being kept already',
    'look at the recordings again, and propose those that are left',
  )
}

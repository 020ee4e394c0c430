import type { Selectable } from 'kysely'
import type { ArchiveItemsTable } from '../../../store/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import type { Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { type RecordingDetails, withArchiveKeys } from '../details.ts'

/** The row of a recording that is there, with what is sealed in it. For what has asked the policy already. */
export interface HeldRecording extends Omit<Selectable<ArchiveItemsTable>, 'sealed'> {
  readonly details: RecordingDetails
}

/** Reads one recording with what is sealed in it. Throws ActionError NOT_FOUND, also where it is destroyed, and DAMAGED. */
export async function heldRecording(ops: Ops, archiveId: string, itemId: string): Promise<HeldRecording> {
  const row = isId(archiveId)
    ? await ops.store.db
        .selectFrom('archive_items')
        .selectAll()
        .where('archive_id', '=', archiveId)
        .where('id', '=', itemId)
        .where('state', '<>', 'destroyed')
        .executeTakeFirst()
    : undefined
  if (row === undefined || row.sealed === null || row.generation === null) throw notFound()
  const { sealed, generation, ...rest } = row
  const details = await withArchiveKeys(ops, { id: archiveId, generation }, (keys) => keys.openDetails(itemId, sealed))
  return { ...rest, generation, details }
}

/** Why nobody may listen to a recording. */
export type NotHeard = 'NOT_MATCHED' | 'PROTECTED' | 'NO_SOUND'

/** Codes of reasons by which a call was in confidence, whatever else it is tied to. */
const IN_CONFIDENCE: ReadonlySet<string> = new Set(['protected_number', 'owner_confidential'])

/**
 * Why nobody in the force listens to a recording; undefined where somebody may be allowed to. What may be privileged is never heard here, and no copy of
 * it, exact or likely: whether it is one, is known once the archive was matched (law row E15).
 */
export async function whyNotHeard(
  { store: { db } }: Pick<Ops, 'store'>,
  held: HeldRecording,
): Promise<NotHeard | undefined> {
  if (held.class === null) return 'NOT_MATCHED'
  if (isInConfidence(held)) return 'PROTECTED'
  const copies = [...(held.follows === null ? [] : [held.follows]), ...(held.details.likelyCopies ?? [])]
  if (copies.length > 0) {
    const rows = await db
      .selectFrom('archive_items')
      .select(['class', 'codes'])
      .where('archive_id', '=', held.archive_id)
      .where('id', 'in', copies)
      .execute()
    if (rows.some(isInConfidence)) return 'PROTECTED'
  }
  return held.audio === 'empty' ? 'NO_SOUND' : undefined
}

function isInConfidence({ class: of, codes }: Pick<HeldRecording, 'class' | 'codes'>): boolean {
  return of === 'C' || codes.some((code) => IN_CONFIDENCE.has(code))
}

const SAYS: Readonly<Record<NotHeard, readonly [says: string, hint: string]>> = {
  NOT_MATCHED: [
    'it is not known yet whether this call is protected',
    'have the archive matched with the registers first',
  ],
  PROTECTED: [
    'this call may be privileged or was in confidence: nobody in the force listens to it',
    "ask the force's lawyers to instruct independent counsel, who alone looks at it",
  ],
  NO_SOUND: ['there is no sound in this recording', 'decide on it by what else is known of it'],
}

/** The same, as an error where there is a reason. Throws ActionError NOT_NOW with that reason. */
export async function mustBeHearable(ops: Pick<Ops, 'store'>, held: HeldRecording): Promise<void> {
  const reason = await whyNotHeard(ops, held)
  if (reason === undefined) return
  const [says, hint] = SAYS[reason]
  throw new ActionError('NOT_NOW', reason, says, hint)
}

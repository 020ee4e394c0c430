import type { Event } from '../../journal/index.ts'
import { newId } from '../new-id.ts'
import type { Ops } from '../ops.ts'

/** A hold that somebody may set: whoever writes it has asked the policy. */
export interface NewHold {
  readonly extraction: string
  readonly kind: string
  readonly says: string
  /** YYYY-MM-DD */
  readonly reviewOn: string
  readonly setBy: string
  /** whose case, and on which grant it rests */
  readonly under: Pick<Event, 'case' | 'authorisation'>
}

/** Writes a hold into the log, then sets it (law row D9). Gives its id. Throws JournalError. */
export async function writeHold(
  ops: Ops,
  { extraction, kind, says, reviewOn, setBy, under }: NewHold,
): Promise<string> {
  const id = newId(ops.random)
  await ops.journal.record({
    kind: 'hold.set',
    actor: setBy,
    ...under,
    details: { hold: id, holding: extraction, basis: kind.replaceAll('_', '-'), reason: says },
  })
  await ops.store.db
    .insertInto('holds')
    .values({
      id,
      extraction_id: extraction,
      kind,
      says,
      review_on: reviewOn,
      set_by: setBy,
      set_at: ops.now(),
    })
    .execute()
  return id
}

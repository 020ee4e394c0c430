import type { Class, ReasonCode, Sources } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type RecordingDetails, withArchiveKeys } from '../details.ts'
import { sampledAt } from './sampled.ts'
import { sourcesOf } from './sources-of-sample.ts'

/** A recording of the sample with everything that is known of it but how it sounds. */
export interface SampledRecording {
  readonly title: string
  readonly at: number
  readonly of: number
  readonly item: string
  readonly phone: number | null
  readonly bytes: number
  readonly durationMs: number | null
  readonly container: string | null
  /** as it stands now: somebody may have set a hold meanwhile */
  readonly class: Class | null
  readonly codes: readonly ReasonCode[]
  /** absent of what is protected by now (law row E15), and of what is no longer held */
  readonly known?: { readonly details: Pick<RecordingDetails, 'path' | 'named' | 'facts'>; readonly sources: Sources }
  readonly judged?: { readonly outcome: 'right' | 'wrong'; readonly says: string | null; readonly at: Date | null }
}

/**
 * Shows one recording of the sample with what the registers say of it now; whoever looks is in the log each time (law rows E14, C-LOG). Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_NOW `VOID`, and what opening throws.
 */
export async function lookAtSampled(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  place: number,
): Promise<SampledRecording> {
  await askFirst(ops, actor, 'recording.see')
  const { archive, sample, item } = await sampledAt(ops, archiveId, place)
  const row = await ops.store.db
    .selectFrom('archive_items')
    .selectAll()
    .where('archive_id', '=', archive.id)
    .where('id', '=', item.item_id)
    .executeTakeFirstOrThrow()
  await ops.journal.record({
    kind: 'sample.looked',
    actor: actor.id,
    details: { archive: archive.id, sample: sample.id, recording: row.id },
  })
  const { sealed } = row
  const isShown = sealed !== null && row.state === 'held' && row.class !== 'C'
  const known = !isShown
    ? undefined
    : await withArchiveKeys(ops, archive, async (keys) => {
        // Not with the key of its bytes: nobody listens here.
        const { path, named, facts } = keys.openDetails(row.id, sealed)
        return { details: { path, named, facts }, sources: await sourcesOf(ops, keys, sample.id, row.id) }
      })
  return {
    title: archive.title,
    at: item.at,
    of: sample.items,
    item: row.id,
    phone: row.phone,
    bytes: row.bytes,
    durationMs: row.duration_ms,
    container: row.container,
    class: row.class,
    codes: row.codes as ReasonCode[],
    ...(known && { known }),
    ...(item.outcome !== null && { judged: { outcome: item.outcome, says: item.says, at: item.looked_at } }),
  }
}

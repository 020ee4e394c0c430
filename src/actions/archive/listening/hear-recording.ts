import { notFound } from '../../action-error.ts'
import { ActionError } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { readRecording, recordingPlace } from '../recording-file.ts'
import { stretchOf } from './heard-seconds.ts'
import { type Listening, listeningOf } from './listening.ts'
import { type HeldRecording, heldRecording, mustBeHearable } from './may-be-heard.ts'

/** A recording that one person may hear now. */
export interface Hearing {
  readonly bytes: number
  readonly container: string | null
  readonly codec: string | undefined
  readonly durationMs: number | null
  /**
   * The bytes from `from` up to `to` (not included), as sound or as a file to keep. That they are sent is in the log before this resolves; they are opened
   * in memory, piece by piece, and no piece after the time is over or the listening was ended.
   */
  send(as: 'sound' | 'file', from: number, to: number): Promise<AsyncIterable<Buffer>>
}

/**
 * Opens a recording for whoever asked to listen to it, while that is allowed; for nobody else (law rows E14, E15, C-LOG). Throws ActionError NOT_ALLOWED,
 * NOT_FOUND; NOT_NOW `LISTENING_OVER`, and what `mustBeHearable` throws.
 */
export async function hearRecording(
  ops: Ops,
  actor: Actor,
  { archiveId, id }: { readonly archiveId: string; readonly id: string },
): Promise<Hearing> {
  await askFirst(ops, actor, 'recording.listen')
  const listening = await listeningOf(ops, archiveId, id)
  if (listening.askedBy.id !== actor.id) throw notFound()
  if (listening.state !== 'live') throw over()
  const held = await heldRecording(ops, archiveId, listening.itemId)
  await mustBeHearable(ops, held)
  const { bytes, container, duration_ms: durationMs, details } = held
  return {
    bytes,
    container,
    codec: details.audio?.codec,
    durationMs,
    async send(as, from, to) {
      await noteHeard(ops, actor, listening, held, as, from, to)
      return pieces(ops, listening, held, from, to)
    },
  }
}

/** Writes down which seconds are sent, before they are. What was sent in the same second already is not written again. */
async function noteHeard(
  ops: Ops,
  actor: Actor,
  { id, archiveId, itemId }: Listening,
  held: HeldRecording,
  as: 'sound' | 'file',
  from: number,
  to: number,
): Promise<void> {
  const { fromByte, toByte, fromS, toS, seconds } = stretchOf(
    { bytes: held.bytes, durationMs: held.duration_ms, container: held.container },
    from,
    to,
  )
  const now = ops.now().getTime()
  const at = new Date(now - (now % 1000))
  const { db } = ops.store
  const known = await db
    .selectFrom('heard')
    .select('at')
    .where('listening_id', '=', id)
    .where('at', '=', at)
    .where('kind', '=', as)
    .where('from_byte', '<=', fromByte)
    .where('to_byte', '>=', toByte)
    .executeTakeFirst()
  if (known !== undefined) return
  await ops.journal.record({
    kind: 'recording.heard',
    actor: actor.id,
    details: {
      archive: archiveId,
      recording: itemId,
      listening: id,
      as,
      from_s: fromS,
      to_s: toS,
      seconds,
      from_byte: fromByte,
      to_byte: toByte,
    },
  })
  const row = { kind: as, from_s: fromS, to_s: toS, from_byte: fromByte, to_byte: toByte }
  await db
    .insertInto('heard')
    .values({ listening_id: id, at, ...row })
    .onConflict((conflict) =>
      conflict.columns(['listening_id', 'at', 'from_byte']).doUpdateSet((eb) => ({
        to_s: eb.fn('greatest', ['heard.to_s', 'excluded.to_s']),
        to_byte: eb.fn('greatest', ['heard.to_byte', 'excluded.to_byte']),
      })),
    )
    .execute()
}

async function* pieces(
  ops: Ops,
  { id, archiveId }: Listening,
  { id: itemId, bytes, details }: HeldRecording,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  const place = recordingPlace(ops, archiveId, itemId)
  for await (const piece of readRecording(place, { recordingKey: details.recordingKey, bytes }, from, to)) {
    if ((await listeningOf(ops, archiveId, id)).state !== 'live') throw over()
    yield piece
  }
}

function over(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'LISTENING_OVER',
    'nobody may listen to this recording now',
    'ask again, with a reason, where it is still needed',
  )
}

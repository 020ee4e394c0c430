import { couldEver } from '../../../access/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import { allow, askFirst, noteRefusal } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { type Listening, listeningOf, listenings } from './listening.ts'
import { heldRecording, type NotHeard, whyNotHeard } from './may-be-heard.ts'

/** What is said of a recording to whoever asks for it or allows it: nothing that tells of a person. */
export interface RecordingInShort {
  readonly archiveTitle: string
  readonly phone: number | null
  readonly month: string | null
  readonly durationMs: number | null
  readonly class: string | null
  readonly codes: readonly string[]
  readonly container: string | null
  readonly codec: string | undefined
  readonly notHeard: NotHeard | undefined
}

/** Seconds that were sent. */
export interface HeardSeconds {
  readonly at: Date
  readonly as: 'sound' | 'file'
  readonly fromS: number
  readonly toS: number
}

/** A recording before somebody asks for it, with what was asked of it before. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readBeforeAsking(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  itemId: string,
): Promise<{ readonly recording: RecordingInShort; readonly before: readonly Listening[] }> {
  await askFirst(ops, actor, 'recording.ask_listen')
  return {
    recording: await inShort(ops, archiveId, itemId),
    before: await listenings(ops, { archiveId, itemId }),
  }
}

/** One listening with its recording and every second that was sent; for whoever asked for it, and for whoever may allow it. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readListening(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  id: string,
): Promise<{
  readonly listening: Listening
  /** absent where it was destroyed since */
  readonly recording: RecordingInShort | undefined
  readonly heard: readonly HeardSeconds[]
  /** whether this person decides on it */
  readonly decides: boolean
  /** whether it is theirs to listen */
  readonly isOwn: boolean
}> {
  const asks = await allow(ops, actor, 'recording.ask_listen')
  const allows = await allow(ops, actor, 'recording.allow_listen', undefined, { proposedBy: 'nobody' })
  if (!asks.allowed && !allows.allowed) throw await noteRefusal(ops, actor, 'recording.ask_listen', asks)
  const listening = await listeningOf(ops, archiveId, id)
  const isOwn = listening.askedBy.id === actor.id
  if (!isOwn && !allows.allowed) throw notFound()
  const rows = await ops.store.db
    .selectFrom('heard')
    .select(['at', 'kind', 'from_s', 'to_s'])
    .where('listening_id', '=', id)
    .orderBy('at')
    .orderBy('from_byte')
    .execute()
  return {
    listening,
    recording: await inShort(ops, archiveId, listening.itemId).catch(unlessGone),
    heard: rows.map(({ at, kind, from_s, to_s }) => ({ at, as: kind, fromS: from_s, toS: to_s })),
    decides: listening.state === 'asked' && !isOwn && allows.allowed,
    isOwn,
  }
}

/** What waits: for whoever may allow it, what others asked for; for whoever asked, what they may hear now. Tells nothing of people. */
export async function listeningsWaiting(
  ops: Ops,
  actor: Actor,
): Promise<{ readonly listening: Listening; readonly archiveTitle: string; readonly waits: 'decide' | 'listen' }[]> {
  const decide = couldEver(actor, 'recording.allow_listen')
    ? (await listenings(ops, { undecided: true })).filter(({ askedBy }) => askedBy.id !== actor.id)
    : []
  const listen = couldEver(actor, 'recording.listen')
    ? (await listenings(ops, { askedBy: actor.id })).filter(({ state }) => state === 'live')
    : []
  const waiting = [
    ...decide.map((listening) => ({ listening, waits: 'decide' as const })),
    ...listen.map((listening) => ({ listening, waits: 'listen' as const })),
  ]
  return Promise.all(
    waiting.map(async (one) => ({ ...one, archiveTitle: (await archiveRow(ops, one.listening.archiveId)).title })),
  )
}

async function inShort(ops: Ops, archiveId: string, itemId: string): Promise<RecordingInShort> {
  const { title } = await archiveRow(ops, archiveId)
  const held = await heldRecording(ops, archiveId, itemId)
  return {
    archiveTitle: title,
    phone: held.phone,
    month: held.month,
    durationMs: held.duration_ms,
    class: held.class,
    codes: held.codes,
    container: held.container,
    codec: held.details.audio?.codec,
    notHeard: await whyNotHeard(ops, held),
  }
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof ActionError) || error.code !== 'NOT_FOUND') throw error
}

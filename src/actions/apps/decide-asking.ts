import type { Kysely, Selectable } from 'kysely'
import { type AppRecord, entryDigest } from '../../apps/index.ts'
import type { Details } from '../../events/index.ts'
import type { AppAskingsTable, Tables } from '../../store/index.ts'
import { ActionError, mustBeValid, notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { askFirst } from '../allow.ts'
import { actOf, type Asks } from './asking.ts'
import { type AppMark, changeApp } from './change-app.ts'
import { peopleNamed } from './person-of.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

type Asking = Selectable<AppAskingsTable>

/** What was asked, as it is stored: with the entry that it was asked of. */
function asksOf({ asks }: Pick<Asking, 'asks'>): Asks & { readonly entry: string } {
  return asks as unknown as Asks & { readonly entry: string }
}

/**
 * Agrees to what somebody else asked of an app (law rows E10, E12, H17): whoever asked for it, answers for the app or is the data protection officer does
 * not. The pure room's guards are asked anew. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`DECIDED`, `ENTRY_CHANGED`, or every reason).
 */
export async function agreeToAsking(ops: Ops, actor: Actor, askingId: string): Promise<AppRecord> {
  const asking = await mayDecide(ops, actor, askingId)
  const asks = asksOf(asking)
  const [askedBy] = await peopleNamed(ops, [asking.asked_by])
  if (askedBy === undefined) throw notFound()
  return changeApp(ops, actor, {
    appId: asking.app_id,
    async act({ row, on, by }, db) {
      await stillOpen(db, askingId)
      if (asks.entry !== entryDigest(row.record.entry))
        throw new ActionError(
          'NOT_NOW',
          'ENTRY_CHANGED',
          'the entry of this app was changed after this was asked',
          'refuse it, so that it can be asked anew',
        )
      return actOf(asks, askedBy, by, on)
    },
    logged: (mark, after) => agreed(mark, asking.id, asks, after),
    stored: (db) => close(db, ops, actor, { id: askingId, outcome: 'agreed' }),
  })
}

function agreed(
  mark: AppMark,
  asking: string,
  asks: Asks,
  { entry }: AppRecord,
):
  | { kind: 'app.trial_begun'; details: Details<'app.trial_begun'> }
  | { kind: 'app.approved'; details: Details<'app.approved'> }
  | { kind: 'app.removed'; details: Details<'app.removed'> } {
  switch (asks.act) {
    case 'begin_trial':
      return {
        kind: 'app.trial_begun',
        details: { ...mark, asking, people: asks.people.length, until: asks.until },
      }
    case 'approve': {
      const { present, minutes } = asks.board
      const details = { ...mark, asking, present: present.length, minutes: wordsDigest(minutes) }
      return { kind: 'app.approved', details: { ...details, roles: entry.roles.length } }
    }
    case 'remove': {
      const { phones_held, proofs } = asks.disposal
      return { kind: 'app.removed', details: { ...mark, asking, phones: phones_held, proofs: [...new Set(proofs)] } }
    }
  }
}

/** Refuses what somebody asked of an app, with reasons: it may be asked again. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID, NOT_NOW `DECIDED`. */
export async function refuseAsking(
  ops: Ops,
  actor: Actor,
  { askingId, reasons }: { readonly askingId: string; readonly reasons: string },
): Promise<void> {
  await mayDecide(ops, actor, askingId)
  const because = reasons.trim()
  mustBeValid(textFaults('reasons', because, 'Enter why it is refused', LONGEST_TEXT))
  await ops.store.db.transaction().execute(async (db) => {
    const { id, app_id, act } = await stillOpen(db, askingId)
    await ops.journal.record({
      kind: 'app.asking_refused',
      actor: actor.id,
      details: { app: app_id, asking: id, act, reasons: wordsDigest(because) },
    })
    await close(db, ops, actor, { id, outcome: 'refused', reasons: because })
  })
}

/** Takes back what was asked of an app, before it is decided. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `DECIDED`. */
export async function takeBackAsking(ops: Ops, actor: Actor, askingId: string): Promise<void> {
  await askFirst(ops, actor, 'app.manage')
  await ops.store.db.transaction().execute(async (db) => {
    const { id, app_id, act } = await stillOpen(db, askingId)
    await ops.journal.record({
      kind: 'app.asking_taken_back',
      actor: actor.id,
      details: { app: app_id, asking: id, act },
    })
    await close(db, ops, actor, { id, outcome: 'taken_back' })
  })
}

/** What somebody may decide on: asked by another, and open. */
async function mayDecide(ops: Ops, actor: Actor, askingId: string): Promise<Asking> {
  const { db } = ops.store
  const row = isId(askingId)
    ? await db.selectFrom('app_askings').select('asked_by').where('id', '=', askingId).executeTakeFirst()
    : undefined
  await askFirst(ops, actor, 'app.decide', { proposedBy: row?.asked_by ?? '-' })
  return stillOpen(db, askingId)
}

/** What is asked and not decided. In a transaction nobody else decides on it meanwhile. */
async function stillOpen(db: Kysely<Tables>, askingId: string): Promise<Asking> {
  if (!isId(askingId)) throw notFound()
  const asking = await db
    .selectFrom('app_askings')
    .selectAll()
    .where('id', '=', askingId)
    .forUpdate()
    .executeTakeFirst()
  if (asking === undefined) throw notFound()
  if (asking.outcome !== null)
    throw new ActionError('NOT_NOW', 'DECIDED', 'this is decided already', 'open the app to see how')
  return asking
}

async function close(
  db: Kysely<Tables>,
  ops: Ops,
  actor: Actor,
  { id, outcome, reasons }: { id: string; outcome: NonNullable<Asking['outcome']>; reasons?: string },
): Promise<void> {
  await db
    .updateTable('app_askings')
    .set({ outcome, decided_by: actor.id, decided_at: ops.now(), reasons: reasons ?? null })
    .where('id', '=', id)
    .execute()
}

import type { Kysely, Selectable } from 'kysely'
import { type AppRecord, entryDigest } from '../../apps/index.ts'
import type { Details } from '../../events/index.ts'
import type { AppAskingsTable, Tables } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { LONGEST_TEXT, textFaults } from './ask-app.ts'
import { askFirst } from '../allow.ts'
import { actOf, type Asks } from './asking.ts'
import { type AppMark, changeApp, wordsDigest } from './change-app.ts'
import { peopleNamed } from './person-of.ts'

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
  const asking = await openAsking(ops, actor, askingId)
  const asks = asksOf(asking)
  const [askedBy] = await peopleNamed(ops, [asking.asked_by])
  if (askedBy === undefined) throw notFound()
  return changeApp(ops, actor, {
    appId: asking.app_id,
    act: ({ row, on, by }) => {
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
    stored: (db) => decided(db, ops, actor, asking.id, 'agreed', null),
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
  const asking = await openAsking(ops, actor, askingId)
  const [fault] = textFaults('reasons', reasons, 'Enter why it is refused', LONGEST_TEXT)
  if (fault) throw new ActionError('NOT_VALID', fault.field, fault.says)
  await ops.journal.record({
    kind: 'app.asking_refused',
    actor: actor.id,
    details: { app: asking.app_id, asking: asking.id, act: asking.act, reasons: wordsDigest(reasons.trim()) },
  })
  await decided(ops.store.db, ops, actor, asking.id, 'refused', reasons.trim())
}

/** Takes back what was asked of an app, before it is decided. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `DECIDED`. */
export async function takeBackAsking(ops: Ops, actor: Actor, askingId: string): Promise<void> {
  await askFirst(ops, actor, 'app.manage')
  const asking = await stillOpen(ops, askingId)
  await ops.journal.record({
    kind: 'app.asking_taken_back',
    actor: actor.id,
    details: { app: asking.app_id, asking: asking.id, act: asking.act },
  })
  await decided(ops.store.db, ops, actor, asking.id, 'taken_back', null)
}

/** What somebody is about to decide on: asked by another. */
async function openAsking(ops: Ops, actor: Actor, askingId: string): Promise<Asking> {
  const row = isId(askingId)
    ? await ops.store.db.selectFrom('app_askings').select('asked_by').where('id', '=', askingId).executeTakeFirst()
    : undefined
  await askFirst(ops, actor, 'app.decide', { proposedBy: row?.asked_by ?? '-' })
  return stillOpen(ops, askingId)
}

async function stillOpen(ops: Ops, askingId: string): Promise<Asking> {
  if (!isId(askingId)) throw notFound()
  const asking = await ops.store.db.selectFrom('app_askings').selectAll().where('id', '=', askingId).executeTakeFirst()
  if (asking === undefined) throw notFound()
  if (asking.outcome !== null)
    throw new ActionError('NOT_NOW', 'DECIDED', 'this is decided already', 'open the app to see how')
  return asking
}

async function decided(
  db: Kysely<Tables>,
  ops: Ops,
  actor: Actor,
  id: string,
  outcome: 'agreed' | 'refused' | 'taken_back',
  reasons: string | null,
): Promise<void> {
  await db
    .updateTable('app_askings')
    .set({ outcome, decided_by: actor.id, decided_at: ops.now(), reasons })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
}

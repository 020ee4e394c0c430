import type { Selectable } from 'kysely'
import { type Advice, assessedDigest, type Dpia, isSamePerson, missingFrom } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import type { DpiaAdviceTable } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { LONGEST_TEXT, textFaults } from '../apps/ask-app.ts'
import { askFirst } from '../allow.ts'
import { RefusedWithReasons } from '../apps/app-refused.ts'
import { wordsDigest } from '../apps/change-app.ts'
import { peopleNamed, personOfActor } from '../apps/person-of.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { changeDpia } from './change-dpia.ts'
import { isSigned } from './write-dpia.ts'

/** Advice that was asked for, as the database holds it. */
export type AdviceRow = Selectable<DpiaAdviceTable>

/** The advice that was asked for last; undefined where nobody has asked. */
export async function lastAdvice({ store }: Ops, dpiaId: string): Promise<AdviceRow | undefined> {
  return store.db
    .selectFrom('dpia_advice')
    .selectAll()
    .where('dpia_id', '=', dpiaId)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Asks the data protection officer for advice, once nothing is missing (DPA 2018 s.71(1)(b); law rows C25, C29). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW. */
export async function sendForAdvice(ops: Ops, actor: Actor, dpiaId: string): Promise<void> {
  await askFirst(ops, actor, 'dpia.write')
  const dpia = await documentOf(ops, dpiaId)
  const missing = missingFrom(dpia)
  if (missing.length > 0)
    throw new RefusedWithReasons(
      missing.map(({ field, says }) => ({
        code: 'dpia_incomplete',
        says,
        source: 'Data Protection Act 2018 s.64(3)',
        about: field,
      })),
    )
  if (isSigned(dpia)) throw new ActionError('NOT_NOW', 'SIGNED', 'this revision is signed', 'begin another revision')
  const assessed = assessedDigest(dpia)
  const last = await lastAdvice(ops, dpiaId)
  if (last?.assessed === assessed && last.decided_at === null)
    throw new ActionError('NOT_NOW', 'ASKED_ALREADY', 'advice on this is asked for already', 'wait for it')
  const id = newId(ops.random)
  await changeDpia(ops, actor, {
    dpiaId,
    act: 'written',
    to: ({ document }) => withoutAdvice(document),
    logged: (mark) => ({ kind: 'dpia.sent', details: { ...mark, advice: id, assessed } }),
    stored: (db) =>
      db
        .insertInto('dpia_advice')
        .values({ id, dpia_id: dpiaId, assessed, asked_by: actor.id, asked_at: ops.now() })
        .execute(),
  })
}

/** Advice as the data protection officer gives it. */
export interface GivenAdvice {
  readonly dpiaId: string
  readonly advises: 'go_ahead' | 'not_to_go_ahead'
  readonly summary: string
}

/**
 * The data protection officer advises, and decides nothing (DPA 2018 ss.70(4), 71; law row C29): whoever the assessment names as the officer, on the text as it
 * is now. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `summary`, NOT_NOW (`NOT_ASKED`, `ADVISED`, `OTHER_OFFICER`, `CHANGED_MEANWHILE`).
 */
export async function adviseOnDpia(ops: Ops, actor: Actor, { dpiaId, advises, summary }: GivenAdvice): Promise<void> {
  await askFirst(ops, actor, 'dpia.advise')
  const dpia = await documentOf(ops, dpiaId)
  const [fault] = textFaults('summary', summary, 'Enter what you advise, in short', LONGEST_TEXT)
  if (fault) throw new ActionError('NOT_VALID', fault.field, fault.says)
  const row = await lastAdvice(ops, dpiaId)
  if (row === undefined) throw new ActionError('NOT_NOW', 'NOT_ASKED', 'nobody has asked for advice on this yet')
  if (row.advised_at !== null) throw new ActionError('NOT_NOW', 'ADVISED', 'this was advised on already')
  if (dpia.dpo === undefined || !isSamePerson(dpia.dpo, personOfActor(actor)))
    throw new ActionError('NOT_NOW', 'OTHER_OFFICER', 'the assessment names somebody else as the officer')
  if (row.assessed !== assessedDigest(dpia))
    throw new ActionError(
      'NOT_NOW',
      'CHANGED_MEANWHILE',
      'it was changed after advice was asked for',
      'ask to have it sent again',
    )
  await ops.journal.record({
    kind: 'dpia.advised',
    actor: actor.id,
    details: { dpia: dpiaId, advice: row.id, assessed: row.assessed, advises, words: wordsDigest(summary.trim()) },
  })
  await ops.store.db
    .updateTable('dpia_advice')
    .set({ advised_by: actor.id, advised_at: ops.now(), advises, summary: summary.trim() })
    .where('id', '=', row.id)
    .where('advised_at', 'is', null)
    .execute()
}

/** What becomes of the advice. */
export interface AdviceDecision {
  readonly dpiaId: string
  readonly outcome: Advice['outcome']
  /** needed where it is overruled */
  readonly reasons: string
}

/** Somebody who answers for the data accepts the advice, or overrules it with reasons (law row C25). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `reasons`, NOT_NOW. */
export async function decideAdvice(ops: Ops, actor: Actor, input: AdviceDecision): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  const { dpiaId, outcome } = input
  const reasons = input.reasons.trim()
  const [fault] =
    outcome === 'overruled' ? textFaults('reasons', reasons, 'Enter why the advice is overruled', LONGEST_TEXT) : []
  if (fault) throw new ActionError('NOT_VALID', fault.field, fault.says)
  await documentOf(ops, dpiaId)
  const row = await lastAdvice(ops, dpiaId)
  if (row?.advised_by == null || row.advised_at === null || row.advises === null || row.summary === null)
    throw new ActionError('NOT_NOW', 'NOT_ADVISED', 'the data protection officer has not advised yet')
  if (row.decided_at !== null) throw new ActionError('NOT_NOW', 'DECIDED', 'this is decided already')
  const [by] = await peopleNamed(ops, [row.advised_by])
  if (by === undefined) throw notFound()
  const { advises, summary, assessed, advised_at } = row
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'advice_decided',
    to: ({ document }) => ({
      ...document,
      advice: {
        by,
        on: dayOf(advised_at),
        advises,
        summary,
        of: assessed,
        outcome,
        decided_by: personOfActor(actor),
        ...(reasons !== '' && { reasons }),
      },
    }),
    logged: (mark) => ({
      kind: 'dpia.advice_decided',
      details: { ...mark, advice: row.id, outcome, ...(reasons !== '' && { reasons: wordsDigest(reasons) }) },
    }),
    stored: (db) =>
      db
        .updateTable('dpia_advice')
        .set({ decided_by: actor.id, decided_at: ops.now() })
        .where('id', '=', row.id)
        .execute(),
  })
}

/** Advice on an earlier text goes with the text. */
function withoutAdvice(document: Dpia): Dpia {
  const { advice: _, ...rest } = document
  return rest
}

async function documentOf({ store }: Ops, dpiaId: string): Promise<Dpia> {
  const row = isId(dpiaId)
    ? await store.db.selectFrom('dpias').select('document').where('id', '=', dpiaId).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  return row.document
}

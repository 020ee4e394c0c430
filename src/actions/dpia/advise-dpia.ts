import { type Advice, assessedDigest, isSamePerson } from '../../apps/index.ts'
import { ActionError, mustBeValid, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { personOfActor } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { lastAdvice } from './last-advice.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

/** Advice as the data protection officer gives it. */
export interface GivenAdvice {
  readonly dpiaId: string
  readonly advises: Advice['advises']
  readonly summary: string
}

/**
 * The data protection officer advises, and decides nothing (DPA 2018 ss.70(4), 71; law row C29): whoever the assessment names as the officer, on the text as it
 * is now. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `summary`, NOT_NOW (`NOT_ASKED`, `ADVISED`, `OTHER_OFFICER`, `CHANGED_MEANWHILE`).
 */
export async function adviseOnDpia(ops: Ops, actor: Actor, { dpiaId, advises, summary }: GivenAdvice): Promise<void> {
  await askFirst(ops, actor, 'dpia.advise')
  if (!isId(dpiaId)) throw notFound()
  await ops.store.db.transaction().execute(async (db) => {
    const dpia = await db.selectFrom('dpias').select('document').where('id', '=', dpiaId).forUpdate().executeTakeFirst()
    if (dpia === undefined) throw notFound()
    const { document } = dpia
    mustBeValid(textFaults('summary', summary, 'Enter what you advise, in short', LONGEST_TEXT))
    const row = await lastAdvice(db, dpiaId)
    if (row === undefined) throw new ActionError('NOT_NOW', 'NOT_ASKED', 'nobody has asked for advice on this yet')
    if (row.advised_at !== null) throw new ActionError('NOT_NOW', 'ADVISED', 'this was advised on already')
    if (document.dpo === undefined || !isSamePerson(document.dpo, personOfActor(actor)))
      throw new ActionError('NOT_NOW', 'OTHER_OFFICER', 'the assessment names somebody else as the officer')
    if (row.assessed !== assessedDigest(document))
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
    await db
      .updateTable('dpia_advice')
      .set({ advised_by: actor.id, advised_at: ops.now(), advises, summary: summary.trim() })
      .where('id', '=', row.id)
      .execute()
  })
}

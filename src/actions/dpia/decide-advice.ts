import type { Kysely } from 'kysely'
import type { Advice, Dpia } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import type { Tables } from '../../store/index.ts'
import { ActionError, mustBeValid, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { changedMeanwhile } from '../apps/app-refused.ts'
import { peopleNamed, personOfActor } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { changeDpia } from './change-dpia.ts'
import { lastAdvice } from './last-advice.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

/** What becomes of the advice. */
export interface AdviceDecision {
  readonly dpiaId: string
  readonly outcome: Advice['outcome']
  /** needed where it is overruled */
  readonly reasons: string
}

/**
 * Somebody who answers for the data accepts the advice, or overrules it with reasons (law row C25). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID
 * `reasons`, NOT_NOW (`NOT_ADVISED`, `DECIDED`).
 */
export async function decideAdvice(ops: Ops, actor: Actor, input: AdviceDecision): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  const { dpiaId, outcome } = input
  const reasons = input.reasons.trim()
  mustBeValid(
    outcome === 'overruled' ? textFaults('reasons', reasons, 'Enter why the advice is overruled', LONGEST_TEXT) : [],
  )
  await mustBeThere(ops, dpiaId)
  const given = await undecided(ops.store.db, dpiaId)
  const [by] = await peopleNamed(ops, [given.advised_by])
  if (by === undefined) throw notFound()
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'advice_decided',
    async to({ document }, db) {
      // Of two who decide at once the second finds it decided, and not what it was.
      const { id, advises, summary, assessed, advised_at } = await undecided(db, dpiaId)
      if (id !== given.id) throw changedMeanwhile()
      return {
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
      }
    },
    logged: (mark) => ({
      kind: 'dpia.advice_decided',
      details: { ...mark, advice: given.id, outcome, ...(reasons !== '' && { reasons: wordsDigest(reasons) }) },
    }),
    stored: (db) =>
      db
        .updateTable('dpia_advice')
        .set({ decided_by: actor.id, decided_at: ops.now() })
        .where('id', '=', given.id)
        .execute(),
  })
}

async function mustBeThere({ store }: Ops, dpiaId: string): Promise<void> {
  const row = isId(dpiaId)
    ? await store.db.selectFrom('dpias').select('id').where('id', '=', dpiaId).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
}

/** The last advice, given and not decided on. */
async function undecided(db: Kysely<Tables>, dpiaId: string) {
  const row = await lastAdvice(db, dpiaId)
  if (row?.advised_by == null || row.advised_at === null || row.advises === null || row.summary === null)
    throw new ActionError('NOT_NOW', 'NOT_ADVISED', 'the data protection officer has not advised yet')
  if (row.decided_at !== null) throw new ActionError('NOT_NOW', 'DECIDED', 'this is decided already')
  const { id, assessed, advised_by, advised_at, advises, summary } = row
  return { id, assessed, advised_by, advised_at, advises, summary }
}

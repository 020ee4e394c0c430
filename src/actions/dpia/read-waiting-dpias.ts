import { couldEver } from '../../access/index.ts'
import type { Actor, Ops } from '../ops.ts'

const MOST = 50

/** Advice on an assessment that somebody is to give, or to decide on. */
export interface WaitingDpia {
  readonly id: string
  readonly title: string
  readonly part: 'advise' | 'decide'
  readonly since: Date
}

/** The newest advice that was asked for on each assessment, where this person is next. Whoever may neither give nor decide on it gets nothing. */
export async function dpiasWaiting({ store: { db } }: Ops, actor: Actor): Promise<WaitingDpia[]> {
  const may = { advise: couldEver(actor, 'dpia.advise'), decide: couldEver(actor, 'dpia.decide') }
  if (!may.advise && !may.decide) return []
  const rows = await db
    .selectFrom('dpia_advice')
    .innerJoin('dpias', 'dpias.id', 'dpia_advice.dpia_id')
    .distinctOn('dpia_advice.dpia_id')
    .select(['dpias.id', 'dpias.title', 'dpias.document', 'asked_at', 'advised_at', 'decided_at'])
    .orderBy('dpia_advice.dpia_id')
    .orderBy('asked_at', 'desc')
    .execute()
  return rows
    .flatMap(({ id, title, document, asked_at, advised_at, decided_at }): WaitingDpia[] => {
      if (advised_at === null)
        return may.advise && document.dpo?.id === actor.id ? [{ id, title, part: 'advise', since: asked_at }] : []
      return may.decide && decided_at === null ? [{ id, title, part: 'decide', since: advised_at }] : []
    })
    .slice(0, MOST)
}

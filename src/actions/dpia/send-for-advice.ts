import { assessedDigest, type Dpia, missingFrom } from '../../apps/index.ts'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { RefusedWithReasons } from '../apps/app-refused.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { changeDpia } from './change-dpia.ts'
import { lastAdvice } from './last-advice.ts'
import { isSigned } from './write-dpia.ts'

/** Asks the data protection officer for advice, once nothing is missing (DPA 2018 s.71(1)(b); law rows C25, C29). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW. */
export async function sendForAdvice(ops: Ops, actor: Actor, dpiaId: string): Promise<void> {
  await askFirst(ops, actor, 'dpia.write')
  const id = newId(ops.random)
  await changeDpia(ops, actor, {
    dpiaId,
    act: 'sent',
    async to({ document }, db) {
      mustBeComplete(document)
      if (isSigned(document))
        throw new ActionError('NOT_NOW', 'SIGNED', 'this revision is signed', 'begin another revision')
      const last = await lastAdvice(db, dpiaId)
      if (last?.assessed === assessedDigest(document) && last.decided_at === null)
        throw new ActionError('NOT_NOW', 'ASKED_ALREADY', 'advice on this is asked for already', 'wait for it')
      return withoutAdvice(document)
    },
    logged: (mark, after) => ({
      kind: 'dpia.sent',
      details: { ...mark, advice: id, assessed: assessedDigest(after) },
    }),
    stored: (db, after) =>
      db
        .insertInto('dpia_advice')
        .values({ id, dpia_id: dpiaId, assessed: assessedDigest(after), asked_by: actor.id, asked_at: ops.now() })
        .execute(),
  })
}

function mustBeComplete(dpia: Dpia): void {
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
}

/** Advice on an earlier text goes with the text. */
function withoutAdvice(document: Dpia): Dpia {
  const { advice: _, ...rest } = document
  return rest
}

import { assessedDigest, type Dpia, dpiaStanding, type Reason } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import { RefusedWithReasons } from '../apps/app-refused.ts'
import { askFirst } from '../allow.ts'
import { personOfActor } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { changeDpia } from './change-dpia.ts'

/** The two parts of an approval, by two people: the measures, and what is left of the risks (the ICO's template, step 7). */
export const APPROVED_PARTS = ['measures', 'residual_risk'] as const
export type ApprovedPart = (typeof APPROVED_PARTS)[number]

const OTHER_PART: ReadonlySet<string> = new Set(['dpia_measures_not_approved', 'dpia_residual_not_approved'])

/** What stands against somebody approving a part on a day; empty: they may. With a high risk left the Commissioner has been consulted first (DPA 2018 s.65). */
export function againstApproving(dpia: Dpia, part: ApprovedPart, actor: Actor, now: Date): readonly Reason[] {
  const { verdict, reasons } = dpiaStanding(signed(dpia, part, actor, now), dayOf(now))
  if (verdict === 'in_date') return []
  return reasons.filter(({ code }) => !OTHER_PART.has(code))
}

function signed(dpia: Dpia, part: ApprovedPart, actor: Actor, now: Date): Dpia {
  const approval = { by: personOfActor(actor), on: dayOf(now), of: assessedDigest(dpia) }
  return { ...dpia, sign_off: { ...dpia.sign_off, [part]: approval } }
}

/**
 * Approves a part of an assessment (law rows C25, C26, H17): neither whoever wrote it nor the data protection officer, and another than approved the other part.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`APPROVED`, or every reason).
 */
export async function approveDpia(
  ops: Ops,
  actor: Actor,
  { dpiaId, part }: { readonly dpiaId: string; readonly part: ApprovedPart },
): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  const now = ops.now()
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'approved',
    to: ({ document }) => {
      if (document.sign_off?.[part] !== undefined)
        throw new ActionError('NOT_NOW', 'APPROVED', 'this is approved already')
      const against = againstApproving(document, part, actor, now)
      if (against.length > 0) throw new RefusedWithReasons(against)
      return signed(document, part, actor, now)
    },
    logged: (mark, after) => ({ kind: 'dpia.approved', details: { ...mark, assessed: assessedDigest(after), part } }),
  })
}

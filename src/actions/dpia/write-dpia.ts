import { type Dpia, nextRevision, type Person } from '../../apps/index.ts'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { personOfActor } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { changeDpia } from './change-dpia.ts'

/** The parts in which an assessment is written: the ICO's seven steps, of which the fifth and sixth hold lists. */
export const DPIA_PARTS = ['step_1', 'step_2', 'step_3', 'step_4', 'risk', 'measure', 'residual', 'step_7'] as const
export type DpiaPart = (typeof DPIA_PARTS)[number]

/** Whether somebody has signed a part of it: from then on only another revision changes it. */
export function isSigned({ sign_off }: Dpia): boolean {
  return sign_off?.measures !== undefined || sign_off?.residual_risk !== undefined
}

/**
 * Writes a part of an assessment (law row C25). Whoever writes it last is who has written it: they approve none of it. Advice that was given on what stood there
 * before no longer counts, and is seen to be older. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`SIGNED`, `CHANGED_MEANWHILE`), NOT_VALID.
 */
export async function writeDpia(
  ops: Ops,
  actor: Actor,
  input: {
    readonly dpiaId: string
    readonly seen: number
    readonly part: DpiaPart
    readonly change: (dpia: Dpia, by: Person) => Dpia
  },
): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.write')
  return changeDpia(ops, actor, {
    dpiaId: input.dpiaId,
    seen: input.seen,
    act: 'written',
    to: ({ document }) => {
      if (isSigned(document))
        throw new ActionError(
          'NOT_NOW',
          'SIGNED',
          'this revision is signed, and changes no more',
          'begin another revision of it',
        )
      const by = personOfActor(actor)
      return { ...input.change(document, by), prepared_by: by }
    },
    logged: (mark) => ({ kind: 'dpia.written', details: { ...mark, part: input.part } }),
  })
}

/**
 * Begins another revision: the same text, tied to the one before, with nobody's advice or approval. The one before holds until this one is signed. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_SIGNED`.
 */
export async function reviseDpia(ops: Ops, actor: Actor, dpiaId: string): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.write')
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'revised',
    to: ({ document }) => {
      if (!isSigned(document))
        throw new ActionError('NOT_NOW', 'NOT_SIGNED', 'this revision is still being written', 'change it as it is')
      return { ...nextRevision(document), prepared_by: personOfActor(actor) }
    },
    logged: (mark, { supersedes = '' }) => ({ kind: 'dpia.revised', details: { ...mark, supersedes } }),
  })
}

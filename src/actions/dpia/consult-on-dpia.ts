import { commissionersDay, type Dpia } from '../../apps/index.ts'
import { dayOf, isDay } from '../../retention/index.ts'
import { ActionError, mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { personOfActor } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { changeDpia } from './change-dpia.ts'
import { isSigned } from './write-dpia.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

/** Somebody looks at what people answered who were asked for their views (law row C25; the ICO's template, step 7). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `reasons`, NOT_NOW. */
export async function reviewViews(
  ops: Ops,
  actor: Actor,
  input: { readonly dpiaId: string; readonly follows: boolean; readonly reasons: string },
): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  const reasons = input.reasons.trim()
  mustBeValid(
    input.follows
      ? []
      : textFaults('reasons', reasons, 'Enter why it does not follow what people answered', LONGEST_TEXT),
  )
  const review = { by: personOfActor(actor), on: dayOf(ops.now()), follows_views: input.follows }
  return changeDpia(ops, actor, {
    dpiaId: input.dpiaId,
    act: 'views_reviewed',
    to: ({ document }) => ({
      ...unsigned(document),
      consultation_reviewed: { ...review, ...(reasons !== '' && { reasons }) },
    }),
    logged: (mark) => ({
      kind: 'dpia.views_reviewed',
      details: { ...mark, follows: input.follows, ...(reasons !== '' && { reasons: wordsDigest(reasons) }) },
    }),
  })
}

/** Records that the Information Commissioner was consulted (DPA 2018 s.65; law row C26): six weeks run, and a month more where asked for. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `sent`, NOT_NOW. */
export async function consultCommissioner(
  ops: Ops,
  actor: Actor,
  { dpiaId, sent, extended }: { readonly dpiaId: string; readonly sent: string; readonly extended: boolean },
): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  if (!isDay(sent) || sent > dayOf(ops.now()))
    throw new ActionError('NOT_VALID', 'sent', 'Enter the day on which it was sent')
  const commissioner = { sent, ...(extended && { extended }) }
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'commissioner_asked',
    to: ({ document }) => ({ ...unsigned(document), commissioner }),
    logged: (mark) => ({
      kind: 'dpia.commissioner_asked',
      details: { ...mark, sent, due: commissionersDay(commissioner) },
    }),
  })
}

/** Records what the Commissioner advised (law row C26). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`on`, `summary`), NOT_NOW `NOT_CONSULTED`. */
export async function commissionerAdvised(
  ops: Ops,
  actor: Actor,
  input: { readonly dpiaId: string; readonly on: string; readonly summary: string; readonly mayBegin: boolean },
): Promise<Dpia> {
  await askFirst(ops, actor, 'dpia.decide')
  const { dpiaId, on, mayBegin } = input
  const summary = input.summary.trim()
  if (!isDay(on) || on > dayOf(ops.now())) throw new ActionError('NOT_VALID', 'on', 'Enter the day of the advice')
  mustBeValid(textFaults('summary', summary, 'Enter what was advised, in short', LONGEST_TEXT))
  return changeDpia(ops, actor, {
    dpiaId,
    act: 'commissioner_advised',
    to: ({ document }) => {
      const { commissioner } = document
      if (commissioner === undefined)
        throw new ActionError('NOT_NOW', 'NOT_CONSULTED', 'the Information Commissioner was not consulted')
      if (on < commissioner.sent)
        throw new ActionError('NOT_VALID', 'on', 'The advice cannot be older than the question')
      return {
        ...unsigned(document),
        commissioner: { ...commissioner, advice: { on, summary, may_begin: mayBegin } },
      }
    },
    logged: (mark) => ({
      kind: 'dpia.commissioner_advised',
      details: { ...mark, may_begin: mayBegin, words: wordsDigest(summary) },
    }),
  })
}

function unsigned(document: Dpia): Dpia {
  if (isSigned(document))
    throw new ActionError('NOT_NOW', 'SIGNED', 'this revision is signed', 'begin another revision of it')
  return document
}

import { type Act, type Denial, may, type Where } from '../access/index.ts'
import { ActionError, notFound } from './action-error.ts'
import type { Actor, Ops } from './ops.ts'
import { factsOf, type Facts, isId, type Subject } from './subject.ts'

/** What the policy said, with the facts that it said it by. */
export type Allowed =
  | { readonly allowed: true; readonly caseId?: string; readonly pseudonym?: string }
  | { readonly allowed: false; readonly code: Denial | 'NOT_FOUND'; readonly says: string; readonly pseudonym?: string }

const NOWHERE: Where = { memberOf: false, stepUp: false }

/** Asks the policy whether somebody may do something, here and now. `more` adds facts that only the act itself knows. */
export async function allow(
  ops: Ops,
  actor: Actor,
  act: Act,
  subject?: Subject,
  more: Partial<Where> = {},
): Promise<Allowed> {
  let facts: Facts | undefined
  if (subject !== undefined) {
    facts = await factsOf(ops.store, actor, subject)
    if (facts === undefined) return notThere(actor, act, subject)
  }
  const where = facts?.where ?? { ...NOWHERE, stepUp: actor.stepUp }
  const verdict = may(actor, act, { ...where, ...more })
  if (verdict.allowed) return { allowed: true, caseId: facts?.caseId, pseudonym: facts?.pseudonym }
  return { ...verdict, pseudonym: facts?.pseudonym }
}

/**
 * Of what is not there, what would be said if it were somebody else's: the same words, the same entry in the log, and so the same time. Whoever may not
 * know of a case learns nothing by naming one.
 */
function notThere(actor: Actor, act: Act, subject: Subject): Allowed {
  const elsewhere = may(actor, act, { ...NOWHERE, stepUp: actor.stepUp })
  if (isId(subject.id) && !elsewhere.allowed && BEFORE_FACTS.has(elsewhere.code)) return elsewhere
  return { allowed: false, code: 'NOT_FOUND', says: 'this is not there' }
}

/** What the policy says by the person alone: of a case that is not theirs, and of none. */
const BEFORE_FACTS: ReadonlySet<Denial> = new Set(['ROLES_CONFLICT', 'NOT_YOUR_ROLE', 'NOT_YOUR_CASE'])

/** Does the same and throws ActionError where the answer is no. Every act begins with it, whatever a page has asked before. */
export async function mustAllow(
  ops: Ops,
  actor: Actor,
  act: Act,
  subject: Subject,
  more?: Partial<Where>,
): Promise<{ caseId: string; pseudonym: string }> {
  const decided = await allow(ops, actor, act, subject, more)
  if (!decided.allowed) throw refused(decided)
  return { caseId: decided.caseId as string, pseudonym: decided.pseudonym as string }
}

/** A no, as an error. Who may not know of a case is told that it is not there. */
export function refused({ code, says }: { code: Denial | 'NOT_FOUND'; says: string }): ActionError {
  if (code === 'NOT_FOUND' || code === 'NOT_YOUR_CASE') return notFound()
  return new ActionError('NOT_ALLOWED', code, says, 'ask somebody whose part it is')
}

/** A no, as an error, and as an entry in the log where it was about a case: who was turned away is asked of us too (law C-LOG). */
export async function noteRefusal(
  ops: Ops,
  actor: Actor,
  act: Act,
  decided: { code: Denial | 'NOT_FOUND'; says: string; pseudonym?: string },
): Promise<ActionError> {
  if (decided.code !== 'NOT_FOUND')
    await ops.journal.record({ kind: 'access.refused', actor: actor.id, details: { act, code: decided.code } })
  return refused(decided)
}

/**
 * Asks the policy of an act that belongs to no case, and has the log say so where the answer is no. Every such act begins with it. `more` adds facts that only
 * the act itself knows. Throws ActionError NOT_ALLOWED.
 */
export async function askFirst(ops: Ops, actor: Actor, act: Act, more?: Partial<Where>): Promise<void> {
  const decided = await allow(ops, actor, act, undefined, more)
  if (!decided.allowed) throw await noteRefusal(ops, actor, act, decided)
}

import { hash } from 'node:crypto'
import { type Role, roleEntry, whoMay } from '../../access/index.ts'
import { canonical } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { LONGEST_TEXT } from './save-part.ts'

/** Where a request may stand to be advised on: nobody has decided yet. */
export const MAY_ADVISE = ['draft', 'notice_served', 'agreed', 'returned', 'submitted'] as const

/** Advice as whoever decides reads it. */
export interface Advice {
  readonly by: string
  /** the role in which it was given, as it is shown */
  readonly as: string
  readonly says: string
  readonly at: Date
}

/**
 * Gives advice on a request that nobody has decided yet (law rows H4, H12; DPA 2018 s.71(1)(a)). It alters nothing and decides nothing: the log has its
 * digest, whoever decides has its words. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW, NOT_VALID (`NO_ADVICE`, `TEXT`).
 */
export async function adviseRequest(ops: Ops, actor: Actor, { id, says }: { id: string; says: string }): Promise<void> {
  const about = await mustAllow(ops, actor, 'request.advise', { of: 'request', id })
  const text = says.trim()
  if (text === '') throw new ActionError('NOT_VALID', 'NO_ADVICE', 'there is no advice', 'enter what you advise')
  if (text.length > LONGEST_TEXT)
    throw new ActionError('NOT_VALID', 'TEXT', `advice has at most ${LONGEST_TEXT} characters`, 'use fewer words')
  await inTurn(ops, id, MAY_ADVISE, async (request) => {
    const at = ops.now()
    const row = { request_id: id, person_id: actor.id, role: advisesAs(actor), says: text, written_at: at }
    const digest = hash('sha256', canonical({ ...row, written_at: at.toISOString() }), 'hex')
    await ops.journal.record({
      kind: 'request.advised',
      actor: actor.id,
      case: about,
      details: { request: id, version: request.version, advice: digest },
    })
    await ops.store.db
      .insertInto('advice')
      .values({ ...row, digest })
      .execute()
  })
}

/** The advice on a request, oldest first. For whoever may see the request: ask the policy first. */
export async function adviceOn({ store: { db } }: Ops, requestId: string): Promise<Advice[]> {
  const rows = await db
    .selectFrom('advice')
    .innerJoin('people', 'people.id', 'advice.person_id')
    .select(['people.name', 'advice.role', 'advice.says', 'advice.written_at'])
    .where('request_id', '=', requestId)
    .orderBy('written_at')
    .execute()
  return rows.map(({ name, role, says, written_at }) => ({
    by: name,
    as: roleEntry(role as Role).title,
    says,
    at: written_at,
  }))
}

function advisesAs(actor: Actor): Role {
  const { members, anyone } = whoMay('request.advise')
  return actor.roles.find((role) => members.includes(role) || anyone.includes(role)) as Role
}

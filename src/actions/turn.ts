import { setTimeout as pause } from 'node:timers/promises'
import type { RequestsTable, RequestStatus } from '../store/index.ts'
import type { Selectable } from 'kysely'
import { ActionError } from './action-error.ts'
import type { Ops } from './ops.ts'

/** A request as the database holds it. */
export type RequestRow = Selectable<RequestsTable>

/** For so long, in milliseconds, an act has a request to itself: longer than the log is waited for. A process that ends in between delays others by no more. */
const LONGEST = 30_000
const LOOK = 25

/**
 * Does something to a request while nobody else does anything to it, so that an act which is logged is also the one that is done: of two
 * people who decide at once one is logged and done, and the other finds the request decided. `from` are the states in which it may be done.
 * Throws ActionError NOT_NOW where the request is in none of them, by the time that the turn comes.
 */
export async function inTurn<T>(
  ops: Ops,
  requestId: string,
  from: readonly RequestStatus[],
  act: (request: RequestRow) => Promise<T>,
): Promise<T> {
  const request = await takeTurn(ops, requestId)
  try {
    if (!from.includes(request.status)) throw notNow(request.status)
    return await act(request)
  } finally {
    // Only one's own turn: whoever took longer than it lasted has lost it to somebody else.
    await ops.store.db
      .updateTable('requests')
      .set({ taken_until: null })
      .where('id', '=', requestId)
      .where('taken_until', '=', request.taken_until)
      .execute()
  }
}

async function takeTurn({ store: { db }, now }: Ops, id: string): Promise<RequestRow> {
  for (let waited = 0; waited < LONGEST; waited += LOOK) {
    const row = await db
      .updateTable('requests')
      .set({ taken_until: new Date(now().getTime() + LONGEST) })
      .where('id', '=', id)
      .where(({ eb, or }) => or([eb('taken_until', 'is', null), eb('taken_until', '<', now())]))
      .returningAll()
      .executeTakeFirst()
    if (row !== undefined) return row
    await pause(LOOK)
  }
  throw new ActionError(
    'NOT_NOW',
    'SOMEBODY_ELSE_ACTS',
    'somebody else is acting on this request',
    'try again in a minute',
  )
}

const STATES: Readonly<Record<RequestStatus, string>> = {
  draft: 'it is still being written',
  notice_served: 'the notice was served, and it waits for an answer',
  agreed: 'agreement was given',
  refused_by_user: 'agreement was refused',
  submitted: 'it waits for a decision',
  granted: 'it was granted',
  narrowed: 'it was narrowed',
  refused: 'it was refused',
  returned: 'it was returned',
  withdrawn: 'it was withdrawn',
  superseded: 'a later version took its place',
  expired: 'it ran out',
  no_phone_needed: 'no phone is needed',
}

/** The request is in another state than the act needs. */
export function notNow(status: RequestStatus): ActionError {
  return new ActionError(
    'NOT_NOW',
    `REQUEST_${status.toUpperCase()}`,
    `the request has moved on: ${STATES[status]}`,
    'open it again to see what is next',
  )
}

import { type Actor, SIGN_IN_IDLE } from '../../actions/index.ts'
import { isRole, type Role, schedule3Part } from '../../access/index.ts'
import type { Store } from '../../store/index.ts'
import { tokenDigest } from './cookie.ts'

const MINUTE = 60_000
/** A sign-in ends after a shift in any case. */
const LONGEST = 12 * 60 * MINUTE
/** For so long after confirming that it is them, a person may grant, open or destroy. */
export const STEP_UP = 10 * MINUTE

/** Whoever is signed in, with the token of their cookie. */
export interface SignedIn {
  readonly token: string
  readonly actor: Actor
}

/** Names a sign-in in the log: not enough to sign in with. */
export function sessionId(token: string): string {
  return tokenDigest(token).toString('hex').slice(0, 32)
}

/** Starts a sign-in under a new token. */
export async function startSession({ db }: Store, token: string, personId: string, now: Date): Promise<void> {
  await db
    .insertInto('sign_ins')
    .values({
      id: tokenDigest(token),
      person_id: personId,
      created_at: now,
      seen_at: now,
      ends_at: new Date(now.getTime() + LONGEST),
    })
    .execute()
}

/** Who holds this token; undefined where nobody does any more. */
export async function whoIs({ db }: Store, token: string | undefined, now: Date): Promise<SignedIn | undefined> {
  if (token === undefined || token.length > 100) return undefined
  const id = tokenDigest(token)
  const row = await db
    .selectFrom('sign_ins')
    .innerJoin('people', 'people.id', 'sign_ins.person_id')
    .select([
      'people.id',
      'people.name',
      'people.rank',
      'people.roles',
      'people.schedule_3_part',
      'seen_at',
      'stepped_up_at',
    ])
    .where('sign_ins.id', '=', id)
    .where('ends_at', '>', now)
    .where('seen_at', '>', new Date(now.getTime() - SIGN_IN_IDLE))
    .executeTakeFirst()
  if (row === undefined) return undefined
  // Once a minute is often enough to know that somebody is still there.
  if (now.getTime() - row.seen_at.getTime() > MINUTE)
    await db.updateTable('sign_ins').set({ seen_at: now }).where('id', '=', id).execute()
  const stepUp = row.stepped_up_at !== null && now.getTime() - row.stepped_up_at.getTime() < STEP_UP
  return {
    token,
    actor: {
      id: row.id,
      name: row.name,
      rank: row.rank ?? undefined,
      roles: row.roles.filter((role): role is Role => isRole(role)),
      schedule3: schedule3Part(row.schedule_3_part),
      stepUp,
    },
  }
}

/** Notes that the person has confirmed that it is they. */
export async function noteStepUp({ db }: Store, token: string, now: Date): Promise<void> {
  await db.updateTable('sign_ins').set({ stepped_up_at: now }).where('id', '=', tokenDigest(token)).execute()
}

/** Ends a sign-in. */
export async function endSession({ db }: Store, token: string): Promise<void> {
  await db.deleteFrom('sign_ins').where('id', '=', tokenDigest(token)).execute()
}

import { sql } from 'kysely'
import type { Store } from '../../store/index.ts'
import { tokenDigest } from './cookie.ts'

/** What a challenge is for: one is never taken for the other. */
export type ChallengeFor = 'register' | 'confirm'

/** For so long, in milliseconds, somebody may look for their key. */
const LONGEST = 5 * 60_000

/** Keeps a challenge with the sign-in that it was given to; the one before is worth nothing from then on. */
export async function keepChallenge(
  { db }: Store,
  token: string,
  challenge: { readonly value: string; readonly for: ChallengeFor },
  now: Date,
): Promise<void> {
  const kept = JSON.stringify({ challenge: { ...challenge, at: now.getTime() } })
  await sql`UPDATE sign_ins SET state = state || ${kept}::jsonb WHERE id = ${tokenDigest(token)}`.execute(db)
}

/** Takes the challenge of a sign-in: it is there once. Undefined where there is none, it is too old, or it was for something else. */
export async function takeChallenge(
  { db }: Store,
  token: string,
  wanted: ChallengeFor,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ challenge: { value: string; for: ChallengeFor; at: number } | null }>`
    UPDATE sign_ins s SET state = s.state - 'challenge'
    FROM (SELECT id, state->'challenge' AS challenge FROM sign_ins WHERE id = ${tokenDigest(token)} FOR UPDATE) before
    WHERE s.id = before.id RETURNING before.challenge`.execute(db)
  const challenge = rows[0]?.challenge
  if (challenge === null || challenge === undefined || challenge.for !== wanted) return undefined
  return now.getTime() - challenge.at <= LONGEST ? challenge.value : undefined
}

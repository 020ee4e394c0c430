import assert from 'node:assert/strict'

const PSEUDONYM = /^[A-Za-z0-9_-]{21}[AQgw]$/

/** Draws the name under which the log knows a case: 128 random bits in 22 characters of base64url. Says nothing of the case. */
export function newPseudonym(random: (bytes: number) => Uint8Array): string {
  const bytes = random(16)
  assert(bytes.length === 16, 'a pseudonym is 16 random bytes')
  return Buffer.from(bytes).toString('base64url')
}

/** Whether a text is a pseudonym, in the one way in which it is written. */
export function isPseudonym(text: unknown): text is string {
  return typeof text === 'string' && PSEUDONYM.test(text)
}

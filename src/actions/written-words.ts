import { hash } from 'node:crypto'
import { canonical } from '../records/index.ts'

/** The longest line, and the longest text, that somebody writes. */
export const LONGEST_LINE = 200
export const LONGEST_TEXT = 4000

/** What is wrong with one text: nothing there, or too much. */
export function textFaults<F extends string>(
  field: F,
  text: string,
  empty: string,
  most: number,
): { field: F; says: string }[] {
  if (text.trim() === '') return [{ field, says: empty }]
  return text.length > most ? [{ field, says: `Use ${most.toLocaleString('en-GB')} characters or fewer` }] : []
}

/** Names what somebody wrote, or a document that they made: lower-case hex SHA-256 over its canonical form. The log has no more of it. */
export function wordsDigest(words: unknown): string {
  return hash('sha256', canonical(words), 'hex')
}

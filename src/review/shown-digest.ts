import { hash } from 'node:crypto'

/** The digest under which the log says which records were shown: SHA-256, in hex, over their ids in the order shown, each ended by a line feed. */
export function shownDigest(ids: readonly string[]): string {
  return hash('sha256', ids.map((id) => `${id}\n`).join(''), 'hex')
}

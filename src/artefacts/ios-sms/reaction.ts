import type { Message } from '../../records/index.ts'

type Reaction = NonNullable<Message['reaction']>

/** `associated_message_type` less 2000 (put there) or 3000 (taken back). 2006 and 2007 exist from iOS 17 and 18 on. */
const TYPES = ['loved', 'liked', 'disliked', 'laughed', 'emphasised', 'questioned', 'emoji', 'sticker']

/** A sticker stuck on a message, from iOS 10 on. */
const STUCK = 1000

/**
 * SQL that is true for reactions. Their own text quotes the message they react to ("Liked “…”"), which may be out of scope,
 * so no column that holds it is read for them.
 */
export function isReactionSql(type: string): string {
  return `(ifnull(${type}, 0) BETWEEN 2000 AND 3999 OR ifnull(${type}, 0) = ${STUCK})`
}

interface ReactionRow {
  readonly associated_message_type?: unknown
  readonly associated_message_guid?: unknown
  readonly associated_message_emoji?: unknown
}

/** Reads a reaction; undefined where the row is none. `to` is the guid of the message without its part. */
export function reactionOf(row: ReactionRow): Reaction | undefined {
  const { associated_message_type: type, associated_message_guid: guid, associated_message_emoji: emoji } = row
  if (typeof type !== 'number' || (type !== STUCK && (type < 2000 || type > 3999))) return undefined
  const code = type % 1000
  const known = type === STUCK ? 'sticker' : TYPES[code]
  return {
    to: typeof guid === 'string' ? messageGuid(guid) : '',
    type: known ?? `reaction ${code}`,
    ...(known === 'emoji' && typeof emoji === 'string' && emoji !== '' && { emoji }),
    ...(type >= 3000 && { removed: true as const }),
  }
}

/** `p:2/GUID` is part 2 of a message, `bp:GUID` a bubble (link, app). */
function messageGuid(guid: string): string {
  if (guid.startsWith('bp:')) return guid.slice(3)
  return guid.startsWith('p:') ? guid.slice(guid.indexOf('/') + 1) : guid
}

import type { DeletedMessage } from '../story/types.ts'

/** Longer than a page of the database: what does not fit into its row stands in pages of its own, which deletion only lets go of. */
const SEVERAL_PAGES = 16_000

/**
 * Deleted messages with their places in the story, those for free pages last: whatever is put in after them takes their space.
 * Without a log (`log` false), those that it would delete are for free pages too.
 */
export function freePagesLast(
  deleted: readonly DeletedMessage[],
  log: boolean,
): (readonly [nth: number, message: DeletedMessage])[] {
  const told = deleted.map((message, nth): readonly [number, DeletedMessage] => {
    const free = message.how === 'free-page' || (message.how === 'in-log' && !log)
    return [nth, free ? { ...message, how: 'free-page', body: severalPages(message.body) } : message]
  })
  const last = ([, { how }]: readonly [number, DeletedMessage]) => (how === 'free-page' ? 1 : 0)
  return told.sort((a, b) => last(a) - last(b))
}

/** A text over and over, until it fills several pages. */
export function severalPages(text: string): string {
  return `${text} `.repeat(Math.ceil(SEVERAL_PAGES / text.length))
}

import type { App, DeletedMessage, Story } from '../story/types.ts'

/** Rows that are put in at their time among the others, and taken out again: in the file itself, or in its log. */
export interface DeletedRows {
  /** Puts in those that are due before `at`. */
  before(at: number | undefined): void
  /** Puts in the rest, and returns the keys of the rows to delete, by when. */
  end(): { readonly now: readonly number[]; readonly inLog: readonly number[] }
}

/** `insert` puts one in and returns its row. What is merely "recently deleted" exists only on iOS. */
export function deletedRows(
  story: Story,
  app: App,
  insert: (gone: DeletedMessage, nth: number) => number,
): DeletedRows {
  const conversations = new Set(story.conversations.filter((each) => each.app === app).map(({ id }) => id))
  const waiting = [...story.deleted.entries()]
    .filter(([, { conversation, how }]) => conversations.has(conversation) && how !== 'recoverable')
    .sort(([, a], [, b]) => a.at - b.at)
  const now: number[] = []
  const inLog: number[] = []
  const before = (at: number | undefined) => {
    if (at === undefined) return
    for (let next = waiting[0]; next && next[1].at < at; next = waiting[0]) {
      waiting.shift()
      const [nth, gone] = next
      const rows = gone.how === 'in-log' ? inLog : now
      rows.push(insert(gone, nth))
    }
  }
  return {
    before,
    end: () => {
      before(Number.POSITIVE_INFINITY)
      return { now, inLog }
    },
  }
}

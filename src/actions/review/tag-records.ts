import { shownDigest, type View } from '../../review/index.ts'
import type { Tag } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { under } from './held-extract.ts'
import { withOpenExtract } from './with-open-extract.ts'

/** What somebody who reviews says of a record, and how it is shown. */
export const TAGS = {
  relevant: 'Relevant',
  not_relevant: 'Not relevant',
  privileged: 'May be privileged',
  confidential: 'Confidential',
  third_party: 'About a third party',
  sexual_history: 'Sexual history',
  excess: 'Taken in excess',
} as const satisfies Readonly<Record<Tag, string>>

/** The tags that take a record out of sight at once: only whoever decides on them sees it again (law rows G1, B21). */
export const SETS_APART: readonly Tag[] = ['privileged', 'excess']

const AT_MOST = 500
const AT_ONCE = 1000
const OPPOSITE: Partial<Record<Tag, Tag>> = { relevant: 'not_relevant', not_relevant: 'relevant' }

/**
 * Tags records that somebody has open, or takes the tag away. What is tagged as privileged or as excess is set apart at once, and cannot be taken back
 * by whoever tagged it. Throws ActionError NOT_ALLOWED, NOT_NOW `NOT_OPEN`, NOT_VALID `TAG`, `RECORDS`.
 */
export async function tagRecords(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; records: readonly string[]; tag: string; remove?: boolean },
): Promise<{ tagged: number; setApart: boolean }> {
  const { extraction, remove = false } = input
  await mustAllow(ops, actor, 'extract.tag', { of: 'extraction', id: extraction })
  if (!Object.hasOwn(TAGS, input.tag))
    throw new ActionError('NOT_VALID', 'TAG', 'there is no such tag', 'choose one of the list')
  const tag = input.tag as Tag
  const ids = [...new Set(input.records)]
  return withOpenExtract(ops, actor, { extraction }, async ({ opening, held, view }) => {
    if (ids.length === 0 || ids.length > AT_MOST || ids.some((id) => view.seqOf(id) === undefined))
      throw new ActionError('NOT_VALID', 'RECORDS', 'choose the records', 'tick at least one that is shown')
    const shown = { records: ids.length, shown: shownDigest(ids) }
    if (tag === 'excess')
      await ops.journal.record({
        kind: 'extract.set_apart',
        actor: actor.id,
        ...under(held),
        details: { extract: extraction, as: 'excess', ...shown },
      })
    else
      await ops.journal.record({
        kind: 'item.tagged',
        actor: actor.id,
        ...under(held),
        details: {
          extract: extraction,
          session: opening.id,
          tag: tag.replace('_', '-') as 'relevant',
          removed: remove,
          ...shown,
        },
      })
    await ops.store.db.transaction().execute(async (db) => {
      const opposite = OPPOSITE[tag]
      const gone = remove ? [tag] : opposite === undefined ? [] : [opposite]
      if (gone.length > 0)
        await db
          .deleteFrom('tags')
          .where('extraction_id', '=', extraction)
          .where('record_id', 'in', ids)
          .where('tag', 'in', gone)
          .execute()
      if (!remove)
        await db
          .insertInto('tags')
          .values(
            ids.map((id) => ({
              extraction_id: extraction,
              record_id: id,
              tag,
              person_id: actor.id,
              tagged_at: ops.now(),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    })
    return { tagged: ids.length, setApart: !remove && SETS_APART.includes(tag) }
  })
}

/**
 * Sets apart everything that a search finds, for counsel to look at: names and words of lawyers are gone through before anybody reads (law row G1).
 * `find` gives the ids, as many at a time as it likes. Nothing of them is shown. Throws ActionError NOT_ALLOWED, NOT_NOW `NOT_OPEN`, NOT_VALID `RECORDS`.
 */
export async function setApartFound(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; find: (view: View) => readonly string[] },
): Promise<number> {
  const { extraction, find } = input
  await mustAllow(ops, actor, 'extract.tag', { of: 'extraction', id: extraction })
  let total = 0
  // What is set apart is found no more: the next turn finds what is left.
  for (;;) {
    const found = await setApartOnce(ops, actor, extraction, find)
    total += found
    if (found > 0) continue
    if (total > 0) return total
    throw new ActionError('NOT_VALID', 'RECORDS', 'nothing is found', 'look for other words')
  }
}

async function setApartOnce(
  ops: Ops,
  actor: Actor,
  extraction: string,
  find: (view: View) => readonly string[],
): Promise<number> {
  return withOpenExtract(ops, actor, { extraction }, async ({ held, view }) => {
    const ids = find(view)
    if (ids.length === 0) return 0
    await ops.journal.record({
      kind: 'extract.set_apart',
      actor: actor.id,
      ...under(held),
      details: { extract: extraction, as: 'privileged', records: ids.length, shown: shownDigest(ids) },
    })
    const at = ops.now()
    // A statement takes 65,535 parameters.
    await ops.store.db.transaction().execute(async (db) => {
      for (let from = 0; from < ids.length; from += AT_ONCE)
        await db
          .insertInto('tags')
          .values(
            ids.slice(from, from + AT_ONCE).map((id) => ({
              extraction_id: extraction,
              record_id: id,
              tag: 'privileged' as const,
              person_id: actor.id,
              tagged_at: at,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    })
    return ids.length
  })
}

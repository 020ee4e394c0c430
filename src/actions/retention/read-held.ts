import { couldEver, whoMay } from '../../access/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Tag } from '../../store/index.ts'
import type { Result } from '../extraction/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { countHeld, type Due, heldNow, type Held } from './held.ts'

/**
 * What a person may know to be held: everything, for those who answer for what is held; else what belongs to their cases. Soonest review first. Gives at
 * most `most`, and how many there are.
 */
export async function readHeld(
  ops: Ops,
  actor: Actor,
  { due, most }: { readonly due?: Due; readonly most: number },
): Promise<{ held: Held[]; total: number }> {
  if (!couldEver(actor, 'retention.see')) return { held: [], total: 0 }
  const { anyone } = whoMay('retention.see')
  const all = actor.roles.some((role) => anyone.includes(role))
  const filter = { ...(due !== undefined && { due }), ...(!all && { memberOf: actor.id }) }
  const held = await heldNow(ops.store, ops.now(), { ...filter, most })
  // A list that is not full is all there is.
  return { held, total: held.length < most ? held.length : await countHeld(ops.store, ops.now(), filter) }
}

/** One thing that is held, with what whoever decides on it weighs: how much it is, and what its reviewers said of it. Counts alone, no record. */
export interface OneHeld extends Held {
  readonly records: number
  readonly tagged: Readonly<Partial<Record<WeighedTag, number>>>
  /** names of those who set and lifted its holds, by their ids */
  readonly names: Readonly<Record<string, string>>
}

/** The tags that bear on whether something stays. */
export const WEIGHED_TAGS = ['relevant', 'not_relevant', 'privileged', 'excess'] as const satisfies readonly Tag[]
type WeighedTag = (typeof WEIGHED_TAGS)[number]

/** One of them. Throws ActionError NOT_ALLOWED or NOT_FOUND; what was destroyed is not there. */
export async function readOneHeld(ops: Ops, actor: Actor, extraction: string): Promise<OneHeld> {
  await mustAllow(ops, actor, 'retention.see', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  const { db } = ops.store
  const people = held.holds.flatMap(({ set_by, lifted_by }) => [set_by, lifted_by ?? set_by])
  const [{ result }, tags, named] = await Promise.all([
    db.selectFrom('extractions').select('result').where('id', '=', extraction).executeTakeFirstOrThrow(),
    db
      .selectFrom('tags')
      .select(['tag', ({ fn }) => fn.countAll<number>().as('n')])
      .where('extraction_id', '=', extraction)
      .where('tag', 'in', WEIGHED_TAGS)
      .groupBy('tag')
      .execute(),
    people.length === 0 ? [] : db.selectFrom('people').select(['id', 'name']).where('id', 'in', people).execute(),
  ])
  const kinds = Object.values((result as Partial<Result> | null)?.records ?? {})
  return {
    ...held,
    records: kinds.reduce((sum, { taken }) => sum + taken, 0),
    tagged: Object.fromEntries(tags.map(({ tag, n }) => [tag, Number(n)])),
    names: Object.fromEntries(named.map(({ id, name }) => [id, name])),
  }
}

import { sealText } from '../../vault/index.ts'
import { unlessBeingSealed } from '../destruction/sealing.ts'
import type { Actor, Ops } from '../ops.ts'
import { openedTexts } from './opened-texts.ts'
import type { OpenExtract } from './with-open-extract.ts'

/** A search as it is kept: what was looked for, and within what. */
export interface Search {
  readonly words: string
  /** the filters in plain words */
  readonly within: string
  /** the line of enquiry that it was said to serve, where the words were sensitive */
  readonly line?: string
}

/** A search, with who made it and what it found. */
export interface NotedSearch extends Search {
  readonly found: number
  readonly by: string
  readonly at: Date
}

const SHOWN = 200

/**
 * Keeps a search with how much it found, so that it can be said how the extract was examined (Attorney General's Guidelines 2024, law row D14). Sealed
 * to the extract's own key: the words stand in no log and in no database.
 */
export async function noteSearch(
  ops: Ops,
  actor: Actor,
  { opening }: OpenExtract,
  search: Search,
  found: number,
): Promise<void> {
  const recipient = await ops.keyring.recipientOf(opening.extraction)
  const sealed = await sealText(JSON.stringify(search), [recipient])
  await ops.store.db.transaction().execute(async (db) => {
    await unlessBeingSealed(db, opening.extraction)
    await db
      .insertInto('searches')
      .values({
        extraction_id: opening.extraction,
        person_id: actor.id,
        compartment: opening.compartment,
        sealed,
        found,
        searched_at: ops.now(),
      })
      .execute()
  })
}

/** The searches that were made of a compartment, newest first, for whoever has it open. */
export async function readSearches(ops: Ops, { opening }: OpenExtract): Promise<NotedSearch[]> {
  const rows = await ops.store.db
    .selectFrom('searches')
    .innerJoin('people', 'people.id', 'searches.person_id')
    .select(['searches.sealed', 'searches.found', 'searches.searched_at', 'people.name'])
    .where('extraction_id', '=', opening.extraction)
    .where('compartment', '=', opening.compartment)
    .orderBy('searched_at', 'desc')
    .limit(SHOWN)
    .execute()
  const texts = await openedTexts(ops, opening.extraction, rows)
  return rows.map(({ found, searched_at, name }, at) => ({
    ...(JSON.parse(texts[at] ?? '{}') as Search),
    found,
    by: name,
    at: searched_at,
  }))
}

import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'

/** What no file tells, and is told apart all the same: who loaded an app, on how many phones it was, and what came of it. */
export const FIGURES_BY_HAND = ['downloads', 'installs', 'trials', 'people_told'] as const
export type FigureByHand = (typeof FIGURES_BY_HAND)[number]

/** A figure as it is given. */
export interface FigureSaid {
  readonly figure: FigureByHand
  readonly value: number
  /** who counted it, how and when */
  readonly source: string
}

const MOST = 10_000_000
const LONGEST = 500

/** What is wrong with it, by field. */
export function figureFaults({ value, source }: Omit<FigureSaid, 'figure'>): {
  field: 'value' | 'source'
  says: string
}[] {
  return [
    ...(Number.isSafeInteger(value) && value >= 0 && value <= MOST
      ? []
      : [{ field: 'value', says: 'Enter a whole number, such as 0 or 1024' } as const]),
    ...(source.trim() === '' ? [{ field: 'source', says: 'Enter how it was counted, and by whom' } as const] : []),
    ...(source.length > LONGEST ? [{ field: 'source', says: 'Use 500 characters or fewer' } as const] : []),
  ]
}

/** Gives a figure by hand, with how it was made; what was given before stays (law row E17). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID. */
export async function giveFigure(ops: Ops, actor: Actor, archiveId: string, said: FigureSaid): Promise<void> {
  await askFirst(ops, actor, 'archive.note')
  const archive = await archiveRow(ops, archiveId)
  mustBeValid(figureFaults(said))
  const source = said.source.trim()
  const at = ops.now()
  const { figure, value } = said
  await ops.journal.record({
    kind: 'archive.figure_given',
    actor: actor.id,
    details: { archive: archive.id, figure, value, source: hash('sha256', canonical({ source }), 'hex') },
  })
  await ops.store.db.transaction().execute(async (db) => {
    // Two at once: the later one counts.
    await db.selectFrom('archives').select('id').where('id', '=', archive.id).forUpdate().execute()
    await db
      .updateTable('archive_figures')
      .set({ superseded_at: at })
      .where('archive_id', '=', archive.id)
      .where('figure', '=', figure)
      .where('superseded_at', 'is', null)
      .execute()
    await db
      .insertInto('archive_figures')
      .values({ id: newId(ops.random), archive_id: archive.id, figure, value, source, person_id: actor.id, at })
      .execute()
  })
}

import type { Kysely, Selectable } from 'kysely'
import { checkDpia, type Dpia, dpiaDigest, DpiaError } from '../../apps/index.ts'
import type { Details, EventKind } from '../../events/index.ts'
import type { DpiasTable, Tables } from '../../store/index.ts'
import { changedMeanwhile } from '../apps/app-refused.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** An assessment as the database holds it. */
export type DpiaRow = Selectable<DpiasTable>

/** How the log knows an assessment as it is after something was done to it. */
export interface DpiaMark {
  readonly dpia: string
  readonly revision: number
  readonly document: string
}

/** What was done to an assessment: each is a version of it. */
export type DpiaAct =
  | 'begun'
  | 'written'
  | 'sent'
  | 'advice_decided'
  | 'views_reviewed'
  | 'commissioner_asked'
  | 'commissioner_advised'
  | 'approved'
  | 'revised'

/** What is done to an assessment, and what is written down of it. */
export interface DpiaChange<K extends EventKind> {
  readonly dpiaId: string
  /** which version whoever acts has read */
  readonly seen?: number
  readonly act: DpiaAct
  /** the document as it is afterwards */
  readonly to: (row: DpiaRow, db: Kysely<Tables>) => Dpia | Promise<Dpia>
  readonly logged: (mark: DpiaMark, after: Dpia) => { readonly kind: K; readonly details: Details<K> }
  readonly stored?: (db: Kysely<Tables>, after: Dpia) => Promise<unknown>
}

/**
 * Changes an assessment: the document that comes of it must be one of the published form, then the log is told, then it is stored as another version. Throws
 * ActionError NOT_FOUND, NOT_NOW `CHANGED_MEANWHILE`, NOT_VALID `document`.
 */
export async function changeDpia<K extends EventKind>(ops: Ops, actor: Actor, change: DpiaChange<K>): Promise<Dpia> {
  if (!isId(change.dpiaId)) throw notFound()
  return ops.store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('dpias').selectAll().where('id', '=', change.dpiaId).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound()
    if (change.seen !== undefined && change.seen !== row.version) throw changedMeanwhile()
    const after = checked(await change.to(row, db))
    const mark: DpiaMark = { dpia: row.id, revision: after.revision, document: dpiaDigest(after) }
    await ops.journal.record({ ...change.logged(mark, after), actor: actor.id })
    const at = ops.now()
    const { title, reference, revision } = after
    const version = row.version + 1
    const document = JSON.stringify(after)
    await db
      .updateTable('dpias')
      .set({ version, title, reference, revision, document, changed_at: at })
      .where('id', '=', row.id)
      .execute()
    await db
      .insertInto('dpia_versions')
      .values({
        dpia_id: row.id,
        version,
        revision,
        digest: mark.document,
        document,
        act: change.act,
        person_id: actor.id,
        at,
      })
      .execute()
    await change.stored?.(db, after)
    return after
  })
}

/** The document, if it is one. What the schema refuses was typed by somebody: they are told where. */
export function checked(document: Dpia): Dpia {
  try {
    return checkDpia(document)
  } catch (error) {
    if (!(error instanceof DpiaError)) throw error
    throw new ActionError('NOT_VALID', 'document', `this cannot be kept as it is: ${error.hint}`)
  }
}

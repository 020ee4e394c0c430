import { type Dpia, dpiaDigest, type DpiaStanding, dpiaStanding, exportPia } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import { notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { peopleHolding } from '../apps/person-of.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { DpiaRow } from './change-dpia.ts'
import { type AdviceRow, lastAdvice } from './last-advice.ts'

/** An assessment in the list. */
export interface DpiaLine {
  readonly id: string
  readonly reference: string
  readonly title: string
  readonly revision: number
  readonly standing: DpiaStanding
  readonly changedAt: Date
  readonly document: Dpia
}

/** Every assessment by its reference; only those of one app where it is given. Throws ActionError NOT_ALLOWED. */
export async function readDpias(ops: Ops, actor: Actor, app?: string): Promise<DpiaLine[]> {
  await askFirst(ops, actor, 'app.see')
  const rows = await ops.store.db.selectFrom('dpias').selectAll().orderBy('reference').execute()
  const on = dayOf(ops.now())
  return rows
    .filter(({ document }) => app === undefined || document.apps.includes(app))
    .map(({ id, reference, title, revision, document, changed_at }) => ({
      id,
      reference,
      title,
      revision,
      document,
      standing: dpiaStanding(document, on),
      changedAt: changed_at,
    }))
}

/** One assessment with everything that whoever works on it needs. */
export interface DpiaFile {
  readonly row: DpiaRow
  readonly standing: DpiaStanding
  readonly advice?: AdviceRow
  /** apps of the catalogue that it may be about, by name */
  readonly apps: readonly { readonly id: string; readonly title: string }[]
  /** who may be named as the data protection officer, and who as keeping it under review */
  readonly officers: readonly { readonly id: string; readonly name: string }[]
  readonly reviewers: readonly { readonly id: string; readonly name: string }[]
}

/** Reads one assessment. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readDpiaFile(ops: Ops, actor: Actor, id: string): Promise<DpiaFile> {
  await askFirst(ops, actor, 'app.see')
  if (!isId(id)) throw notFound()
  const { db } = ops.store
  const row = await db.selectFrom('dpias').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  const [advice, apps, officers, reviewers] = await Promise.all([
    lastAdvice(db, id),
    db.selectFrom('apps').select(['id', 'title']).orderBy('title').execute(),
    peopleHolding(ops, ['data_protection_officer']),
    peopleHolding(ops, ['app_owner', 'information_asset_owner']),
  ])
  return {
    row,
    standing: dpiaStanding(row.document, dayOf(ops.now())),
    ...(advice !== undefined && { advice }),
    apps,
    officers,
    reviewers,
  }
}

/** In which forms an assessment is written out. */
export const DPIA_FORMS = ['peel', 'cnil'] as const
export type DpiaForm = (typeof DPIA_FORMS)[number]

/**
 * Writes an assessment out: the document itself, or as the CNIL's tool reads it, with what it has no place for named. It goes out of the service, so the log
 * says so. Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function exportDpia(
  ops: Ops,
  actor: Actor,
  { dpiaId, form }: { readonly dpiaId: string; readonly form: DpiaForm },
): Promise<{ readonly text: string; readonly leftOut: readonly string[] }> {
  const { row } = await readDpiaFile(ops, actor, dpiaId)
  const { document, kept, id, revision } = row
  const { text, left_out } =
    form === 'cnil'
      ? exportPia(document, kept ?? undefined)
      : { text: `${JSON.stringify(document, null, 2)}\n`, left_out: [] }
  await ops.journal.record({
    kind: 'dpia.exported',
    actor: actor.id,
    details: { dpia: id, revision, document: dpiaDigest(document), form },
  })
  return { text, leftOut: left_out }
}

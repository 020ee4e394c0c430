import type { Kysely } from 'kysely'
import { type AppFacts, type CatalogueEntry, type Dpia, dpiaDigest } from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'

/**
 * What an entry refers to, as it stands now: the assessment that it names, unless a later revision was signed since, and the newest instruction. A revision
 * that is still being written takes nothing from the one that was approved (DPA 2018 s.64; law row C25).
 */
export async function factsOf(db: Kysely<Tables>, entry: CatalogueEntry): Promise<AppFacts> {
  const [dpia, instruction] = await Promise.all([
    entry.dpia === undefined ? undefined : assessmentNamed(db, entry.dpia),
    db
      .selectFrom('instructions')
      .select('document')
      .where('app_id', '=', entry.id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return {
    ...(dpia !== undefined && { dpia }),
    ...(instruction !== undefined && { instruction: instruction.document }),
  }
}

async function assessmentNamed(
  db: Kysely<Tables>,
  { reference, digest }: NonNullable<CatalogueEntry['dpia']>,
): Promise<Dpia | undefined> {
  const row = await db.selectFrom('dpias').select('id').where('reference', '=', reference).executeTakeFirst()
  if (row === undefined) return undefined
  const signed = await db
    .selectFrom('dpia_versions')
    .select('document')
    .where('dpia_id', '=', row.id)
    .where('act', '=', 'approved')
    .orderBy('version', 'desc')
    .execute()
  const last = signed
    .map(({ document }) => document)
    .find(({ sign_off }) => sign_off?.measures !== undefined && sign_off.residual_risk !== undefined)
  if (last !== undefined && dpiaDigest(last) === digest) return last
  const named = await db
    .selectFrom('dpia_versions')
    .select('document')
    .where('dpia_id', '=', row.id)
    .where('digest', '=', digest)
    .executeTakeFirst()
  // What was signed after the one that is named says otherwise, or might.
  return last !== undefined && (named === undefined || named.document.revision < last.revision) ? last : named?.document
}

import type { Ops } from '../ops.ts'
import { type Archive, archiveOf, type GivenRegisterRow, readRegisters } from './read-archive.ts'
import { digestOfInputs } from './registers-of.ts'

/** Where an archive stands, for whoever goes on with it. */
export interface Standing {
  readonly archive: Archive
  readonly registers: readonly GivenRegisterRow[]
  /** whether something was given, stated, held, learnt or decided that the last matching did not go by */
  readonly newSince: boolean
  /** what was found where it was collected */
  readonly collected: { readonly found: string; readonly evidence: string; readonly at: Date } | undefined
}

/** Reads it, for whoever may see archives: ask the policy first. Throws ActionError NOT_FOUND. */
export async function readStanding(ops: Ops, id: string): Promise<Standing> {
  const archive = await archiveOf(ops, id)
  const { db } = ops.store
  const [registers, inputs, last, collected] = await Promise.all([
    readRegisters(ops, id),
    digestOfInputs(db, id),
    db.selectFrom('archives').select('inputs').where('id', '=', id).executeTakeFirst(),
    db
      .selectFrom('archive_places')
      .select(['found', 'evidence', 'at'])
      .where('archive_id', '=', id)
      .where('kind', '=', 'collected_folder')
      .where('superseded_at', 'is', null)
      .orderBy('at', 'desc')
      .executeTakeFirst(),
  ])
  return { archive, registers, newSince: archive.matching > 0 && last?.inputs !== inputs, collected }
}

import type { Kysely, Selectable } from 'kysely'
import type { DpiaAdviceTable, Tables } from '../../store/index.ts'

/** Advice that was asked for, as the database holds it. */
export type AdviceRow = Selectable<DpiaAdviceTable>

/** The advice that was asked for last; undefined where nobody has asked. */
export async function lastAdvice(db: Kysely<Tables>, dpiaId: string): Promise<AdviceRow | undefined> {
  return db
    .selectFrom('dpia_advice')
    .selectAll()
    .where('dpia_id', '=', dpiaId)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

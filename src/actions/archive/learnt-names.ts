import { type NameTemplate, NameParser } from '../../recordings/index.ts'
import type { Ops } from '../ops.ts'
import { templatesFrom } from './kept-template.ts'

/** Templates of names that were learnt of an archive and that somebody else approved, oldest first. Throws TemplateError. */
export async function approvedTemplates({ store: { db } }: Ops, archiveId: string): Promise<NameTemplate[]> {
  const rows = await db
    .selectFrom('name_templates')
    .select('template')
    .where('archive_id', '=', archiveId)
    .where('approved', '=', true)
    .orderBy('decided_at')
    .orderBy('id')
    .execute()
  return templatesFrom(rows.map(({ template }) => template))
}

/** What reads the names of an archive's recordings: by what was learnt of it, then by every known recorder. */
export async function namesOf(ops: Ops, archiveId: string): Promise<NameParser> {
  return new NameParser(await approvedTemplates(ops, archiveId))
}

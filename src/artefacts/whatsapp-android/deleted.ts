import type { Columns } from '../whatsapp/columns.ts'

/**
 * Rows that the device user has deleted and the app has not yet cleared away: it notes in `deleted_chat_job` up to which
 * message a chat was emptied, shows none of those from then on, and deletes them in the background. The conditions are those
 * of the app's own view `available_message_view`. `chat` is SQL of the row's chat; undefined where this version has no jobs.
 */
export function deletedSql(
  columns: Columns,
  row: { readonly id: string; readonly chat: string; readonly starred: string; readonly type: string },
): string | undefined {
  if (!columns.has('deleted_chat_job', 'chat_row_id', 'deleted_message_row_id')) return undefined
  const job = (column: string) => columns.of('deleted_chat_job', 'job', column)
  const starred = `coalesce(${row.starred}, 0) = 1`
  const upTo = (all: string, starredOnes: string) =>
    `${row.id} <= coalesce(CASE WHEN ${starred} THEN ${job(starredOnes)} ELSE ${job(all)} END, 0)`
  const categories = `coalesce(${job('deleted_message_categories')}, '') LIKE '%"' || ${row.type} || '"%'`
  return `EXISTS (SELECT 1 FROM deleted_chat_job job WHERE job.chat_row_id = ${row.chat} AND (
    ${upTo('deleted_message_row_id', 'deleted_starred_message_row_id')}
    OR ${categories} AND ${upTo('deleted_categories_message_row_id', 'deleted_categories_starred_message_row_id')}))`
}

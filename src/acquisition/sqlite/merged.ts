import type { Problem } from '../../records/index.ts'
import type { OpenedFile } from '../file-source.ts'
import type { Connection } from './connection.ts'

/** A database with its logs' pages in place, open, and what was met on the way. */
export interface Merged {
  readonly connection: Connection
  /** the database's own file, as the source holds it */
  readonly opened: Promise<OpenedFile>
  readonly problems: readonly Problem[]
}

export function cutShort(file: string, pages: number): Problem {
  return { code: 'database_damaged', file, detail: `it ends before its last page: ${pages} pages are not there` }
}

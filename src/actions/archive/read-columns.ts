import { type ColumnMapping, readMapping, type Table } from '../../recordings/index.ts'
import type { Separator } from '../../acquisition/index.ts'
import { notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isTable } from './give-register.ts'
import { readRegisters } from './read-archive.ts'
import { openRegister } from './register-file.ts'
import { headingsOf } from './register-headings.ts'

/** What somebody needs who says which column is what: the headings, and never a row. */
export interface Columns {
  readonly kind: Table
  readonly separator: Separator
  readonly headings: readonly string[]
  /** as they are read now; undefined where nobody has said */
  readonly mapping: ColumnMapping | undefined
}

/** Reads the headings of a register. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readColumns(ops: Ops, actor: Actor, archiveId: string, registerId: string): Promise<Columns> {
  await askFirst(ops, actor, 'archive.manage')
  const row = (await readRegisters(ops, archiveId)).find(({ id }) => id === registerId)
  if (row === undefined || !isTable(row.kind)) throw notFound()
  const mapping = row.mapping && readMapping(row.mapping)
  const found = headingsOf(await openRegister(ops, archiveId, registerId), mapping)
  return {
    kind: row.kind,
    separator: found?.separator ?? ',',
    headings: (found?.headings ?? []).filter((heading) => heading !== ''),
    mapping,
  }
}

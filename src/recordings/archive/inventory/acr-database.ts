import type { SqliteReader, SqlValue } from '../../../acquisition/index.ts'

/** A recording that ACR Phone's own list names: it may be there, or have been deleted. */
export interface ExpectedRecording {
  readonly row: number
  /** the last part of where it was said to lie; undefined where the list does not say */
  readonly fileName?: string
  readonly number?: string
  readonly direction?: 'in' | 'out'
  /** milliseconds since 1970 */
  readonly startedAt?: number
}

/** Whether a database is ACR Phone's list of recordings (`recording.db`), by its columns. */
export function isAcrDatabase({ tables }: Pick<SqliteReader, 'tables'>): boolean {
  const columns = tables.get('recordings')
  return ['id', 'recordingdate', 'phonenumber', 'calldirection', 'fileuri'].every((name) => columns?.has(name))
}

/** Every row of it, in order. */
export function* expectedRecordings(database: SqliteReader): Generator<ExpectedRecording> {
  const rows = database.iterate<Record<string, SqlValue>>(
    'SELECT id, recordingDate AS at, phoneNumber AS number, callDirection AS direction, fileUri AS uri FROM recordings ORDER BY id',
  )
  for (const { id, at, number, direction, uri } of rows) {
    const fileName = nameIn(uri)
    yield {
      row: Number(id),
      ...(fileName !== undefined && { fileName }),
      ...(typeof number === 'string' && number !== '' && { number }),
      ...((direction === 0 || direction === 1) && { direction: direction === 0 ? 'in' : 'out' }),
      ...(typeof at === 'number' && at > 0 && { startedAt: at }),
    }
  }
}

/** `content://…/primary%3AACRCalls%2F07700900123-0-1551723727000.m4a` names its file at the end. */
function nameIn(uri: SqlValue | undefined): string | undefined {
  if (typeof uri !== 'string') return undefined
  let text = uri
  try {
    text = decodeURIComponent(uri)
  } catch {
    // A name with a lone % stands as it is.
  }
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1)
  return name === '' ? undefined : name
}

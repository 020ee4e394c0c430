import { type ColumnMapping, MatchError, readRegister, type RowProblem, type Table } from '../../recordings/index.ts'

/** What could not be read of a register: by kind and by place, never what stood there. */
export interface Oddities {
  /** rows by code */
  readonly counts: Readonly<Record<string, number>>
  /** the first of them */
  readonly places: readonly Pick<RowProblem, 'line' | 'code' | 'field' | 'row'>[]
}

/** Places that are kept. */
const PLACES = 100

/** Reads a register through a mapping, for what comes of it in numbers. Undefined where the mapping is for another export. */
export function readThrough(
  kind: Table,
  text: string,
  mapping: ColumnMapping,
): { readonly rows: number; readonly problems: number; readonly oddities: Oddities } | undefined {
  try {
    const { rows, problems } = readRegister(kind, text, mapping)
    const counts: Record<string, number> = {}
    for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1
    return { rows: rows.length, problems: problems.length, oddities: { counts, places: problems.slice(0, PLACES) } }
  } catch (error) {
    if (error instanceof MatchError) return undefined
    throw error
  }
}

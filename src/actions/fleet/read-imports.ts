import type { FleetSource, OddRow, Spread } from '../../apps/index.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { ImportRow } from './read-export.ts'

/** What one import brought, in counts. */
export interface ImportSummary {
  readonly phones: number
  readonly apps: number
  readonly rows: number
  readonly installs: number
  readonly removed: number
  readonly elsewhere: number
  readonly counted: number
  readonly leftOut: number
  readonly odd: number
  readonly opened: number
  readonly closed: number
  readonly quiet: number
  readonly signersNotCompared: number
  /** apps on more phones than they were approved for */
  readonly above: readonly Spread[]
}

/** An import as a page shows it. */
export interface ImportRead {
  readonly id: string
  readonly source: FleetSource
  readonly at: Date
  readonly state: ImportRow['state']
  readonly files: number
  readonly bytes: number
  readonly begunBy: string
  readonly begunAt: Date
  readonly finishedAt?: Date
  readonly failure?: string
  /** of a CSV: the names of its columns */
  readonly headings: readonly string[]
  readonly columns?: {
    readonly platform: string | { readonly column: string }
    readonly columns: Readonly<Record<string, string>>
    readonly whole: boolean
  }
  readonly summary?: ImportSummary
  readonly odd: readonly OddRow[]
}

/** The last imports, the newest first. The caller has asked the policy (`fleet.see`). */
export async function readFleetImports(ops: Ops): Promise<ImportRead[]> {
  return imports(ops)
}

/** One of them; undefined where there is none. The caller has asked the policy (`fleet.see`). */
export async function readFleetImport(ops: Ops, id: string): Promise<ImportRead | undefined> {
  return isId(id) ? (await imports(ops, id))[0] : undefined
}

async function imports({ store: { db } }: Ops, only?: string): Promise<ImportRead[]> {
  const rows = await db
    .selectFrom('fleet_imports')
    .innerJoin('people', 'people.id', 'fleet_imports.begun_by')
    .selectAll('fleet_imports')
    .select('people.name')
    .$if(only !== undefined, (query) => query.where('fleet_imports.id', '=', only as string))
    .orderBy('begun_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    at: row.at,
    state: row.state,
    files: row.files,
    bytes: row.bytes,
    begunBy: row.name,
    begunAt: row.begun_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
    ...(row.failure && { failure: row.failure }),
    headings: (row.headings ?? []).slice(1),
    ...(row.columns && { columns: row.columns as NonNullable<ImportRead['columns']> }),
    ...(row.summary && { summary: row.summary as unknown as ImportSummary }),
    odd: (row.odd ?? []) as unknown as OddRow[],
  }))
}

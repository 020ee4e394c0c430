import type { Selectable } from 'kysely'
import type { InventorySummary } from '../../recordings/index.ts'
import type { ArchivesTable } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { ArchiveFailure } from './failed-archive.ts'
import type { MatchCounts } from './match-counts.ts'
import type { Oddities } from './register-reading.ts'

/** How far the work behind the pages has come. */
export interface ArchiveProgress {
  readonly step?: 'looking' | 'sealing' | 'matching'
  readonly files?: number
  readonly done?: number
}

/** Where an archive stands. Nothing in it tells of a person. */
export interface Archive {
  readonly id: string
  readonly title: string
  readonly collectedAs: string
  readonly state: ArchivesTable['state']
  readonly openedBy: string
  readonly openedAt: Date
  readonly progress: ArchiveProgress
  readonly failure: ArchiveFailure | undefined
  readonly takenInAt: Date | undefined
  readonly summary: InventorySummary | undefined
  readonly matchedAt: Date | undefined
  /** how often it was matched: 0 where it was not */
  readonly matching: number
  readonly generation: number
  readonly counts: MatchCounts | undefined
  readonly closedAt: Date | undefined
}

/** Every archive, the newest first. For whoever may see them: ask the policy first. */
export async function readArchives(ops: Ops): Promise<Archive[]> {
  const rows = await archives(ops).orderBy('opened_at', 'desc').orderBy('archives.id').execute()
  return rows.map(archiveFrom)
}

/** One of them; undefined where there is none. For whoever may see it: ask the policy first. */
export async function readArchive(ops: Ops, id: string): Promise<Archive | undefined> {
  if (!isId(id)) return undefined
  const row = await archives(ops).where('archives.id', '=', id).executeTakeFirst()
  return row && archiveFrom(row)
}

/** As `readArchive`; throws ActionError NOT_FOUND. */
export async function archiveOf(ops: Ops, id: string): Promise<Archive> {
  const found = await readArchive(ops, id)
  if (found === undefined) throw notFound()
  return found
}

function archives({ store: { db } }: Ops) {
  return db
    .selectFrom('archives')
    .innerJoin('people', 'people.id', 'archives.opened_by')
    .selectAll('archives')
    .select('people.name')
}

function archiveFrom(row: Selectable<ArchivesTable> & { readonly name: string }): Archive {
  return {
    id: row.id,
    title: row.title,
    collectedAs: row.collected_as,
    state: row.state,
    openedBy: row.name,
    openedAt: row.opened_at,
    progress: row.progress,
    failure: (row.failure ?? undefined) as ArchiveFailure | undefined,
    takenInAt: row.taken_in_at ?? undefined,
    summary: (row.summary ?? undefined) as InventorySummary | undefined,
    matchedAt: row.matched_at ?? undefined,
    matching: row.matching,
    generation: row.generation,
    counts: (row.counts ?? undefined) as MatchCounts | undefined,
    closedAt: row.closed_at ?? undefined,
  }
}

/** A register that was given and not taken back, in numbers. */
export interface GivenRegisterRow {
  readonly id: string
  readonly kind: string
  /** whether it is known which column is what: else it is not matched with */
  readonly mapped: boolean
  readonly mapping: Readonly<Record<string, unknown>> | undefined
  readonly rows: number
  readonly problems: number
  readonly oddities: Partial<Oddities>
  readonly givenBy: string
  readonly givenAt: Date
}

/** The registers of an archive, in the order in which they were given. For whoever may see it: ask the policy first. */
export async function readRegisters({ store: { db } }: Ops, archiveId: string): Promise<GivenRegisterRow[]> {
  if (!isId(archiveId)) return []
  const rows = await db
    .selectFrom('archive_registers')
    .innerJoin('people', 'people.id', 'archive_registers.given_by')
    .selectAll('archive_registers')
    .select('people.name')
    .where('archive_id', '=', archiveId)
    .where('taken_back_at', 'is', null)
    .orderBy('given_at')
    .orderBy('archive_registers.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    mapped: row.mapping !== null,
    mapping: row.mapping ?? undefined,
    rows: row.rows,
    problems: row.problems,
    oddities: row.oddities,
    givenBy: row.name,
    givenAt: row.given_at,
  }))
}

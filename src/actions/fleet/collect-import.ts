import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { checkColumns, type FleetColumns, FleetError, type FleetSource } from '../../apps/index.ts'
import { canonical } from '../../records/index.ts'
import type { Tables } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { makeFleetKey, withFleetKeys } from './fleet-keys.ts'
import { headingsOf, separatorOf } from './headings.ts'
import { removeFleetFiles, writeFleetFile } from './sealed-file.ts'

/** Bytes that may be handed in at once, and for one import in all. */
export const LARGEST_AT_ONCE = 64 << 20
export const LARGEST_IMPORT = 1 << 30
const MOST_FILES = 1000

/** Begins an import: what it is, and when the management system was asked. Gives its id. Throws ActionError NOT_ALLOWED, NOT_VALID `at`. */
export async function beginFleetImport(
  ops: Ops,
  actor: Actor,
  { source, at }: { source: FleetSource; at: Date },
): Promise<string> {
  await askFirst(ops, actor, 'fleet.import')
  if (Number.isNaN(at.getTime()) || at > ops.now())
    throw new ActionError('NOT_VALID', 'at', 'The time of an export cannot be later than now')
  const { db } = ops.store
  const state = await db.selectFrom('fleet_state').select('at').executeTakeFirst()
  if (state !== undefined && at <= state.at)
    throw new ActionError('NOT_VALID', 'at', 'The time of an export must be after that of the last one that was read')
  const id = newId(ops.random)
  await makeFleetKey(ops)
  await db
    .insertInto('fleet_imports')
    .values({ id, source, at, state: 'collecting', begun_by: actor.id, begun_at: ops.now() })
    .execute()
  return id
}

/**
 * Takes in files of an import; they rest sealed until they are read. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_COLLECTING`, NOT_VALID `files`.
 */
export async function handInFleetFiles(
  ops: Ops,
  actor: Actor,
  id: string,
  files: readonly { readonly bytes: Uint8Array }[],
): Promise<void> {
  await askFirst(ops, actor, 'fleet.import')
  if (files.length === 0) throw new ActionError('NOT_VALID', 'files', 'Choose a file')
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  await ops.store.db.transaction().execute(async (db) => {
    const row = await collecting(db, id)
    if (row.bytes + bytes > LARGEST_IMPORT || row.files + files.length > MOST_FILES)
      throw new ActionError('NOT_VALID', 'files', 'Hand in at most 1 GB for one import, in at most 1,000 files')
    const found =
      row.source === 'columns' && row.headings === null ? headingsOf(files[0]?.bytes ?? new Uint8Array()) : undefined
    if (row.source === 'columns' && row.headings === null && found === undefined)
      throw new ActionError('NOT_VALID', 'files', 'The file must be a CSV whose first line names its columns')
    const remembered =
      found &&
      (await db.selectFrom('fleet_columns').select('columns').where('heading', '=', found.digest).executeTakeFirst())
    await withFleetKeys(ops, async (keys) => {
      for (const [at, file] of files.entries())
        await writeFleetFile(ops, keys, `import-${id}-${String(row.files + at).padStart(4, '0')}`, file.bytes)
    })
    await db
      .updateTable('fleet_imports')
      .set({
        files: row.files + files.length,
        bytes: row.bytes + bytes,
        ...(found && { headings: [...found.headings], heading: found.digest }),
        ...(remembered && { columns: JSON.stringify(remembered.columns) }),
      })
      .where('id', '=', id)
      .execute()
  })
}

/** Says which column of a CSV means what, and remembers it for the next one of the same heading. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW, NOT_VALID `columns`. */
export async function sayFleetColumns(ops: Ops, actor: Actor, id: string, told: FleetColumns): Promise<void> {
  await askFirst(ops, actor, 'fleet.import')
  await ops.store.db.transaction().execute(async (db) => {
    const { headings, heading } = await collecting(db, id)
    if (headings === null || heading === null)
      throw new ActionError('NOT_NOW', 'NO_HEADINGS', 'no CSV was handed in yet', 'hand it in first')
    const separator = separatorOf(headings)
    const columns = checked({ ...told, ...(separator !== undefined && { separator }) })
    const named = [
      ...Object.values(columns.columns),
      ...(typeof columns.platform === 'string' ? [] : [columns.platform.column]),
    ]
    const heads = new Set(headings.slice(1))
    if (!named.every((one) => heads.has(one)))
      throw new ActionError('NOT_VALID', 'columns', 'Choose columns that the file has')
    const text = JSON.stringify(columns)
    await db.updateTable('fleet_imports').set({ columns: text }).where('id', '=', id).execute()
    const said = { columns: text, person_id: actor.id, at: ops.now() }
    await db
      .insertInto('fleet_columns')
      .values({ heading, ...said })
      .onConflict((conflict) => conflict.column('heading').doUpdateSet(said))
      .execute()
  })
}

/** Has an import read, behind the pages. Logged first (law row C-LOG). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_COLLECTING`, `NO_FILES`, `NO_COLUMNS`. */
export async function startFleetImport(ops: Ops, actor: Actor, id: string): Promise<void> {
  await askFirst(ops, actor, 'fleet.import')
  await ops.store.db.transaction().execute(async (db) => {
    const row = await collecting(db, id)
    if (row.files === 0) throw new ActionError('NOT_NOW', 'NO_FILES', 'no file was handed in yet', 'hand one in first')
    if (row.source === 'columns' && row.columns === null)
      throw new ActionError('NOT_NOW', 'NO_COLUMNS', 'nobody has said what the columns mean', 'say it first')
    await ops.journal.record({
      kind: 'fleet.import_asked',
      actor: actor.id,
      details: {
        import: id,
        source: row.source,
        asked: row.at.toISOString(),
        files: row.files,
        bytes: row.bytes,
        ...(row.columns !== null && { columns: hash('sha256', canonical(row.columns), 'hex') }),
      },
    })
    await db
      .updateTable('fleet_imports')
      .set({ state: 'queued', queued_at: ops.now(), failure: null })
      .where('id', '=', id)
      .execute()
  })
  await ops.enqueue('import-fleet', { import: id })
}

/** Destroys what was handed in for an import that is not to be read. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_COLLECTING`. */
export async function takeBackFleetImport(ops: Ops, actor: Actor, id: string): Promise<void> {
  await askFirst(ops, actor, 'fleet.import')
  await ops.store.db.transaction().execute(async (db) => {
    await collecting(db, id)
    await ops.journal.record({ kind: 'fleet.import_taken_back', actor: actor.id, details: { import: id } })
    await db
      .updateTable('fleet_imports')
      .set({ state: 'taken_back', finished_at: ops.now() })
      .where('id', '=', id)
      .execute()
  })
  await removeFleetFiles(ops, `import-${id}-`)
}

/** Whether reading it failed for a reason that nobody expected: it is tried again by itself, and may be by whoever asked. */
export function isStuck({ state, failure }: { readonly state: string; readonly failure?: string | null }): boolean {
  return state === 'queued' && failure != null
}

/** An import that is still open, or stuck. In a transaction nobody else changes it meanwhile. */
async function collecting(db: Kysely<Tables>, id: string) {
  const row = isId(id)
    ? await db.selectFrom('fleet_imports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  if (row.state !== 'collecting' && !isStuck(row))
    throw new ActionError('NOT_NOW', 'NOT_COLLECTING', 'this import is no longer open', 'begin another one')
  return row
}

function checked(told: unknown): FleetColumns {
  try {
    return checkColumns(told)
  } catch (error) {
    if (!(error instanceof FleetError)) throw error
    throw new ActionError('NOT_VALID', 'columns', 'Choose the column of the device, and that of the app’s id or name')
  }
}

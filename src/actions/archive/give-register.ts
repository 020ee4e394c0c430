import { hash } from 'node:crypto'
import { textOf } from '../../acquisition/index.ts'
import { type ColumnMapping, readMapping, type Table, TABLES } from '../../recordings/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { lockArchive } from './lock-archive.ts'
import { archiveOf } from './read-archive.ts'
import { keepRegister, openRegister, removeRegister } from './register-file.ts'
import { guessedMapping, headingsOf } from './register-headings.ts'
import { readThrough } from './register-reading.ts'
import { mustBeOpen } from './closed-archive.ts'

/** Most that is taken of one register, in bytes. */
export const LARGEST_REGISTER = 64 << 20

/** A register as somebody gives it. */
export interface GivenRegister {
  readonly archiveId: string
  readonly kind: string
  /** the bytes of a CSV, as the force's system exported it */
  readonly contents: Uint8Array
}

/** What is wrong with it, by field. */
export function givenRegisterFaults({ kind, contents }: Omit<GivenRegister, 'archiveId'>): {
  field: 'kind' | 'contents'
  says: string
}[] {
  return [
    ...(isTable(kind) ? [] : [{ field: 'kind', says: 'Select what the register holds' } as const]),
    ...(contents.length === 0 ? [{ field: 'contents', says: 'Choose a file that is not empty' } as const] : []),
    ...(contents.length > LARGEST_REGISTER
      ? [
          {
            field: 'contents',
            says: 'The file must be 64 MB or smaller: give it in parts, each with its headings',
          } as const,
        ]
      : []),
    ...(contents.length > 0 && headingsOf(textOf(contents)) === undefined
      ? [{ field: 'contents', says: 'The file must be a CSV with a line of headings' } as const]
      : []),
  ]
}

/**
 * Takes a register to match recordings with, sealed before it touches the disk. How its columns are read is known from the last export of that shape, or
 * asked for: `mapped` says which. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `CLOSED`.
 */
export async function giveRegister(
  ops: Ops,
  actor: Actor,
  { archiveId, kind, contents }: GivenRegister,
): Promise<{ id: string; mapped: boolean }> {
  await askFirst(ops, actor, 'archive.manage')
  mustBeOpen(await archiveOf(ops, archiveId))
  const [fault] = givenRegisterFaults({ kind, contents })
  if (fault !== undefined || !isTable(kind))
    throw new ActionError('NOT_VALID', fault?.field ?? 'kind', fault?.says ?? 'there is no such register')
  const id = newId(ops.random)
  const text = textOf(contents)
  const mapping = guessedMapping(kind, text, await rememberedMappings(ops, kind))
  const digest = hash('sha256', contents, 'hex')
  await ops.journal.record({
    kind: 'register.given',
    actor: actor.id,
    details: { archive: archiveId, register: id, as: kind, bytes: contents.length, contents: digest },
  })
  const read = mapping && readThrough(kind, text, mapping)
  await ops.store.db.transaction().execute(async (db) => {
    // While a batch is destroyed the key of the archive changes: it is sealed before or after, and its row is there by then.
    await lockArchive(db, archiveId)
    await keepRegister(ops, archiveId, id, text)
    await db
      .insertInto('archive_registers')
      .values({
        id,
        archive_id: archiveId,
        kind,
        mapping: mapping === undefined ? null : JSON.stringify(mapping),
        digest,
        bytes: contents.length,
        rows: read?.rows ?? 0,
        problems: read?.problems ?? 0,
        oddities: JSON.stringify(read?.oddities ?? {}),
        given_by: actor.id,
        given_at: ops.now(),
      })
      .execute()
  })
  return { id, mapped: mapping !== undefined }
}

/**
 * Says which column of a register is what; the next export with these headings is read so without being asked. Throws ActionError NOT_ALLOWED, NOT_FOUND,
 * NOT_VALID `columns`.
 */
export async function setColumns(
  ops: Ops,
  actor: Actor,
  { archiveId, registerId, mapping }: { archiveId: string; registerId: string; mapping: unknown },
): Promise<void> {
  await askFirst(ops, actor, 'archive.manage')
  const { kind } = await registerOf(ops, archiveId, registerId)
  const read = readableMapping(mapping)
  const text = await openRegister(ops, archiveId, registerId)
  const found = readThrough(kind, text, read)
  if (found === undefined)
    throw new ActionError('NOT_VALID', 'columns', 'no line of the register has these headings', 'select them again')
  const columns = JSON.stringify(read)
  const heading = headingsOf(text, read)?.digest ?? ''
  await ops.journal.record({
    kind: 'register.columns_set',
    actor: actor.id,
    details: {
      archive: archiveId,
      register: registerId,
      columns: hash('sha256', columns, 'hex'),
      rows: found.rows,
      problems: found.problems,
    },
  })
  await ops.store.db.transaction().execute(async (db) => {
    await db
      .updateTable('archive_registers')
      .set({
        mapping: columns,
        rows: found.rows,
        problems: found.problems,
        oddities: JSON.stringify(found.oddities),
      })
      .where('id', '=', registerId)
      .execute()
    await db
      .insertInto('register_columns')
      .values({ kind, heading, mapping: columns, person_id: actor.id, at: ops.now() })
      .onConflict((before) =>
        before.columns(['kind', 'heading']).doUpdateSet({ mapping: columns, person_id: actor.id, at: ops.now() }),
      )
      .execute()
  })
}

/** Takes a register back that was given by mistake: the next matching does without it. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function takeBackRegister(
  ops: Ops,
  actor: Actor,
  { archiveId, registerId }: { archiveId: string; registerId: string },
): Promise<void> {
  await askFirst(ops, actor, 'archive.manage')
  await registerOf(ops, archiveId, registerId)
  await ops.journal.record({
    kind: 'register.taken_back',
    actor: actor.id,
    details: { archive: archiveId, register: registerId },
  })
  await ops.store.db.transaction().execute(async (db) => {
    await lockArchive(db, archiveId)
    await db.updateTable('archive_registers').set({ taken_back_at: ops.now() }).where('id', '=', registerId).execute()
    await removeRegister(ops, archiveId, registerId)
  })
}

/** Whether a word names a table of registers. */
export function isTable(word: string): word is Table {
  return Object.hasOwn(TABLES, word)
}

async function registerOf(
  { store: { db } }: Ops,
  archiveId: string,
  registerId: string,
): Promise<{ readonly kind: Table }> {
  const row = await db
    .selectFrom('archive_registers')
    .select('kind')
    .where('archive_id', '=', archiveId)
    .where('id', '=', registerId)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
    .catch(() => undefined)
  if (row === undefined || !isTable(row.kind)) throw notFound()
  return { kind: row.kind }
}

async function rememberedMappings({ store: { db } }: Ops, kind: Table): Promise<ColumnMapping[]> {
  const rows = await db.selectFrom('register_columns').select('mapping').where('kind', '=', kind).execute()
  return rows.map(({ mapping }) => readMapping(mapping))
}

function readableMapping(given: unknown): ColumnMapping {
  try {
    return readMapping(given)
  } catch (cause) {
    throw new ActionError('NOT_VALID', 'columns', (cause as Error).message, 'select them again', { cause })
  }
}

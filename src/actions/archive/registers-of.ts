import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { canonical } from '../../records/index.ts'
import {
  type ArchiveHold,
  type OwnerSays,
  type OwnerStatement,
  readMapping,
  readMoment,
  readRegister,
  type Registers,
  Telephones,
  type Window,
} from '../../recordings/index.ts'
import type { Tables } from '../../store/index.ts'
import type { Ops } from '../ops.ts'
import type { ArchiveKeys } from './details.ts'
import { isTable } from './give-register.ts'
import { openRegister } from './register-file.ts'

/**
 * Everything that an archive's recordings are matched with: the registers that were given and whose columns are known, what owners of phones said, and the
 * holds that are in force. Throws KeyringError, VaultError and ActionError DAMAGED.
 */
export async function registersOf(ops: Ops, keys: ArchiveKeys): Promise<Registers> {
  const { archiveId } = keys
  const telephones = new Telephones()
  const found: { [Name in keyof Registers]: Registers[Name][number][] } = {
    holdings: [],
    bills: [],
    operations: [],
    cases: [],
    holds: [],
    protected: [],
    statements: [],
  }
  for (const { id, kind, mapping } of await givenRegisters(ops.store.db, archiveId)) {
    if (!isTable(kind) || mapping === null) continue
    const { rows } = readRegister(kind, await openRegister(ops, archiveId, id), readMapping(mapping), telephones)
    // Row by row: a call with a few hundred thousand arguments would not fit on the stack.
    for (const row of rows) (found[kind] as unknown[]).push(row)
  }
  found.statements.push(...(await ownerStatements(ops.store.db, archiveId)))
  found.holds.push(...(await holdsInForce(ops.store.db, keys)))
  return found
}

/** Holds that were set here and not lifted, with what they are on. */
export async function holdsInForce(db: Kysely<Tables>, keys: ArchiveKeys): Promise<ArchiveHold[]> {
  const rows = await db
    .selectFrom('archive_holds')
    .select(['id', 'thing', 'target'])
    .where('archive_id', '=', keys.archiveId)
    .where('lifted_at', 'is', null)
    .orderBy('set_at')
    .execute()
  return rows.map(({ id, thing, target }) => ({
    line: 0,
    id,
    on: thing,
    ...(target !== null && { target: keys.openText(`hold ${id}`, target) }),
  }))
}

/** What owners said here of their own recordings: of every call while they held the phone, in these days. */
export async function ownerStatements(db: Kysely<Tables>, archiveId: string): Promise<OwnerStatement[]> {
  const rows = await db
    .selectFrom('owner_statements')
    .selectAll()
    .where('archive_id', '=', archiveId)
    .orderBy('stated_at')
    .execute()
  return rows.map(({ person_id, says, from_day, to_day }) => ({
    line: 0,
    says: says as OwnerSays,
    holder: person_id,
    during: windowOf(from_day, to_day),
  }))
}

function windowOf(from: string | null, to: string | null): Window {
  const [first, last] = [from, to].map((day) => (day === null ? undefined : readMoment(day)))
  return {
    from: first?.at[0] ?? -Infinity,
    to: last === undefined ? Infinity : (last.at.at(-1) ?? Infinity) + last.lastsMs - 1,
  }
}

function givenRegisters(db: Kysely<Tables>, archiveId: string) {
  return db
    .selectFrom('archive_registers')
    .select(['id', 'kind', 'mapping', 'digest'])
    .where('archive_id', '=', archiveId)
    .where('taken_back_at', 'is', null)
    .orderBy('given_at')
    .orderBy('id')
    .execute()
}

/**
 * Stands for everything that matching goes by: where it is the same before and after, nothing was given, stated, held, lifted, learnt or decided meanwhile.
 */
export async function digestOfInputs(db: Kysely<Tables>, archiveId: string): Promise<string> {
  const [archive, registers, statements, holds, templates, decisions] = await Promise.all([
    db.selectFrom('archives').select('generation').where('id', '=', archiveId).executeTakeFirstOrThrow(),
    givenRegisters(db, archiveId),
    db.selectFrom('owner_statements').select('id').where('archive_id', '=', archiveId).orderBy('id').execute(),
    db
      .selectFrom('archive_holds')
      .select('id')
      .where('archive_id', '=', archiveId)
      .where('lifted_at', 'is', null)
      .orderBy('id')
      .execute(),
    db
      .selectFrom('name_templates')
      .select('id')
      .where('archive_id', '=', archiveId)
      .where('approved', '=', true)
      .orderBy('id')
      .execute(),
    db.selectFrom('recording_decisions').select('id').where('archive_id', '=', archiveId).orderBy('id').execute(),
  ])
  const read = registers.flatMap(({ id, digest, mapping }) =>
    mapping === null ? [] : [{ id, digest, mapping: hash('sha256', JSON.stringify(mapping), 'hex') }],
  )
  const ids = [statements, holds, templates, decisions].map((rows) => rows.map(({ id }) => id))
  return hash('sha256', canonical({ generation: archive.generation, read, ids }), 'hex')
}

import { sql } from 'kysely'
import { readCsv, SEPARATORS } from '../../acquisition/index.ts'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { makeFleetKey, withFleetKeys } from './fleet-keys.ts'

/** The largest roster, in bytes: a hundred thousand phones. */
export const LARGEST_ROSTER = 16 << 20

/** Which role a phone has, and who holds it where that is said. */
export interface RosterLine {
  readonly device: string
  readonly role: string
  /** the staff number of whoever holds it */
  readonly holder?: string
  /** RFC 3339 */
  readonly since?: string
}

/** What the first line of a roster may call its columns. */
const COLUMNS = {
  device: ['device', 'device id', 'deviceid', 'phone', 'serial', 'serial number', 'udid'],
  role: ['role'],
  holder: ['holder', 'staff number', 'held by', 'user', 'user id'],
  since: ['since', 'from'],
} as const

/**
 * Takes in which role each phone has (law row E10): a CSV with a first line that names the columns device and role, and, where the force knows them, holder and
 * since. It replaces the one before. Gives its counts. Throws ActionError NOT_ALLOWED, NOT_VALID with the field `roster`.
 */
export async function giveRoster(ops: Ops, actor: Actor, bytes: Uint8Array): Promise<{ phones: number }> {
  await askFirst(ops, actor, 'fleet.import')
  const lines = rosterFrom(bytes)
  const phones = new Set(lines.map(({ device }) => device)).size
  const roles = [...new Set(lines.map(({ role }) => role))].sort()
  const holders = new Set(lines.flatMap(({ holder }) => holder ?? [])).size
  const id = newId(ops.random)
  await makeFleetKey(ops)
  const sealed = await withFleetKeys(ops, (keys) => keys.seal(`roster ${id}`, lines))
  await ops.journal.record({
    kind: 'fleet.roster_given',
    actor: actor.id,
    details: { roster: id, phones, roles: roles.length, holders },
  })
  await ops.store.db.transaction().execute(async (db) => {
    // Of two that are given at once the second waits here, and replaces the first.
    await sql`LOCK TABLE fleet_rosters IN EXCLUSIVE MODE`.execute(db)
    await db.deleteFrom('fleet_rosters').execute()
    await db
      .insertInto('fleet_rosters')
      .values({ id, sealed, phones, roles, holders, given_by: actor.id, given_at: ops.now() })
      .execute()
  })
  return { phones }
}

/** Who has which role, as the newest roster says; nothing where none was given. For actions: pages get counts. */
export async function readRoster(ops: Ops): Promise<readonly RosterLine[]> {
  const row = await ops.store.db
    .selectFrom('fleet_rosters')
    .select(['id', 'sealed'])
    .orderBy('given_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return []
  return withFleetKeys(ops, (keys) => keys.open(`roster ${row.id}`, row.sealed) as readonly RosterLine[])
}

function rosterFrom(bytes: Uint8Array): RosterLine[] {
  const fault = (says: string) => new ActionError('NOT_VALID', 'roster', says)
  if (bytes.length === 0) throw fault('Choose a file')
  if (bytes.length > LARGEST_ROSTER) throw fault('Choose a file of 16 MB or less')
  const text = textFrom(bytes)
  if (text === undefined) throw fault('Choose a CSV in UTF-8 or UTF-16')
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || text.length)
  const separator = SEPARATORS.toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ','
  let where: Readonly<Record<keyof typeof COLUMNS, number>> | undefined
  const lines: RosterLine[] = []
  for (const { line, cells, fault: broken } of readCsv(text, separator)) {
    if (where === undefined) {
      const heads = cells.map((cell) => cell.trim().toLowerCase())
      const at = (names: readonly string[]) => heads.findIndex((head) => names.includes(head))
      where = {
        device: at(COLUMNS.device),
        role: at(COLUMNS.role),
        holder: at(COLUMNS.holder),
        since: at(COLUMNS.since),
      }
      if (where.device < 0 || where.role < 0) throw fault('The first line must name the columns device and role')
      continue
    }
    const cell = (at: number) => cells[at]?.trim() || undefined
    const [device, role] = [cell(where.device), cell(where.role)]
    if (broken !== undefined || device === undefined || role === undefined)
      throw fault(`Line ${line} has no device or no role`)
    const since = cell(where.since)
    const began = since === undefined ? undefined : new Date(since)
    if (began !== undefined && Number.isNaN(began.getTime())) throw fault(`Line ${line} has a date that cannot be read`)
    const holder = cell(where.holder)
    lines.push({
      device,
      role,
      ...(holder !== undefined && { holder }),
      ...(began !== undefined && { since: began.toISOString() }),
    })
  }
  if (lines.length === 0) throw fault('The file has no phones in it')
  return lines
}

/** Text in UTF-8, or UTF-16 where it begins with its mark; undefined where it is neither. */
export function textFrom(bytes: Uint8Array): string | undefined {
  try {
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

import { sql } from 'kysely'
import { type FleetRules, KNOWN_RECORDERS, type Platform } from '../../apps/index.ts'
import { permittedApps } from '../apps/permitted-apps.ts'
import type { Ops } from '../ops.ts'
import { readRoster } from './roster.ts'

type Grades = FleetRules['grades']

/** With what phones are compared: the catalogue as it is now, the policies of roles, who has which role, and names that were confirmed (law rows E10, E11). */
export async function fleetRules(ops: Ops): Promise<FleetRules> {
  const { db } = ops.store
  const [permitted, policies, aliases, roster, grades] = await Promise.all([
    permittedApps(ops),
    db
      .selectFrom('role_policies')
      .select('policy')
      .distinctOn('role')
      .orderBy('role')
      .orderBy('version', 'desc')
      .execute(),
    db.selectFrom('fleet_aliases').selectAll().where('confirmed', '=', true).execute(),
    readRoster(ops),
    gradesOf(ops),
  ])
  return {
    permitted,
    policies: policies.map(({ policy }) => policy),
    roles: roster.map(({ device, role, since }) => ({ device, role, ...(since !== undefined && { since }) })),
    aliases: aliases.map(({ platform, name, publisher, package: id, decided_by, decided_at }) => ({
      platform,
      name,
      ...(publisher !== '' && { publisher }),
      id,
      confirmed: { by: decided_by ?? '', at: decided_at?.toISOString() ?? '' },
    })),
    grades,
  }
}

/** How far apps could record calls: of what was inspected here, and of the recorders that everybody knows. */
async function gradesOf({ store: { db } }: Ops): Promise<Grades> {
  const [records, packages] = await Promise.all([
    db.selectFrom('apps').select('record').execute(),
    db
      .selectFrom('app_packages')
      .select(sql<string>`found->>'package'`.as('id'))
      .select(sql<Platform>`found->>'platform'`.as('platform'))
      .select(sql<Grades[number]['grade']>`found->'call_recorder'->>'grade'`.as('grade'))
      .where('found', 'is not', null)
      .execute(),
  ])
  return [
    ...KNOWN_RECORDERS.map((id) => ({ platform: 'android', id, grade: 'B' }) as const),
    ...records.flatMap(({ record: { entry, seen } }) =>
      [...entry.versions, ...seen].map(({ platform, id, recorder }) => ({ platform, id, grade: recorder })),
    ),
    ...packages,
  ]
}

import type { Updateable } from 'kysely'
import {
  aboveCohort,
  type Fleet,
  FleetError,
  type Holdings,
  type Imported,
  nextFleet,
  proposeAliases,
  quietSince,
} from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'
import { claim, isUnclaimed } from '../claim.ts'
import { newId } from '../new-id.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { recordedOnce } from '../recorded-once.ts'
import { isId } from '../subject.ts'
import { withFleetKeys } from './fleet-keys.ts'
import { lastHoldings, removeOtherHoldings, replaceLast, writeHoldings } from './last-holdings.ts'
import { type ImportRow, readExport } from './read-export.ts'
import { fleetRules } from './rules.ts'
import { openFleetFile, removeFleetFiles } from './sealed-file.ts'
import { changesOf, openTickets, writeTickets } from './ticket-rows.ts'

const ODD_KEPT = 1000
const ABOVE_KEPT = 50
const QUIET_KEPT = 5000
const DAY_MS = 86_400_000
/** After so many days without a word a phone counts as quiet. */
export const QUIET_DAYS = 7

/**
 * Reads an import that waits: what phones hold becomes what it says, and tickets open and close (law rows E10, E11). May be interrupted anywhere and called
 * again: nothing has changed until everything has. An export that cannot be read fails with its code; of whatever else goes wrong it is noted that something did.
 */
export async function runFleetImport(ops: Ops, id: string): Promise<void> {
  if (!isId(id)) return
  // A worker that loses its claim may go on: of two that read one import the last step of the second is refused.
  const claimed = await claim(ops.store, `fleet-import ${id}`, () => {})
  if (claimed === undefined) return
  try {
    await readQueued(ops, id)
  } finally {
    await claimed.release()
  }
}

/** The ids of imports that wait, that no worker reads, and with which nothing went wrong: left behind by one that was ended, or never handed out. Oldest first. */
export async function fleetImportsLeftBehind({ store: { db } }: Ops): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('fleet_imports')
    .select('id')
    .where('state', '=', 'queued')
    .where('failure', 'is', null)
    .where(isUnclaimed('fleet-import', 'fleet_imports.id'))
    .orderBy('queued_at')
    .execute()
  return rows.map(({ id }) => id)
}

async function readQueued(ops: Ops, id: string): Promise<void> {
  const row = await ops.store.db.selectFrom('fleet_imports').selectAll().where('id', '=', id).executeTakeFirst()
  if (row?.state !== 'queued') return
  const note = (came: Updateable<Tables['fleet_imports']>) =>
    ops.store.db.updateTable('fleet_imports').set(came).where('id', '=', id).execute()
  try {
    await takeIn(ops, row)
  } catch (error) {
    if (!(error instanceof FleetError)) {
      await note({ failure: 'NOT_DONE' }).catch(() => {})
      throw error
    }
    await ops.journal.record({
      kind: 'fleet.import_failed',
      actor: SERVICE_ACTOR,
      details: { import: id, code: error.code },
    })
    await note({ state: 'failed', failure: error.code, finished_at: ops.now() })
  }
  await removeFleetFiles(ops, `import-${id}-`)
}

async function takeIn(ops: Ops, row: ImportRow): Promise<void> {
  const { db } = ops.store
  await withFleetKeys(ops, async (keys) => {
    const packed: Buffer[] = []
    for (let at = 0; at < row.files; at++)
      packed.push(await openFleetFile(ops, keys, `import-${row.id}-${String(at).padStart(4, '0')}`))
    const imported = readExport(row, packed)
    packed.length = 0
    const { last, holdings, isLost } = await lastHoldings(ops, keys)
    const rules = await fleetRules(ops)
    const everyOpen = await openTickets(db, keys)
    // Where what phones held was lost, as after a restoration, nothing is known of phones that this import does not tell of: their tickets stay.
    const told = new Set(imported.reported)
    const open = isLost ? everyOpen.filter(({ ticket }) => told.has(ticket.finding.device)) : everyOpen
    const before: Fleet = { holdings, tickets: open.map(({ ticket }) => ticket), signersNotCompared: 0 }
    const fleet = nextFleet(before, [imported], rules)
    const changes = changesOf(keys, open, fleet.tickets)
    const quiet = quietSince(fleet.holdings, new Date(row.at.getTime() - QUIET_DAYS * DAY_MS).toISOString())
    const counted = { ...countsOf(fleet.holdings), opened: changes.opened.length, closed: changes.closed.length }
    const summary = {
      ...counted,
      rows: imported.rows,
      installs: imported.installs.length,
      removed: imported.removed,
      elsewhere: imported.elsewhere,
      counted: imported.counts.length,
      leftOut: imported.leftOut,
      odd: imported.odd.length,
      quiet: new Set(quiet.map(({ device }) => device)).size,
      signersNotCompared: fleet.signersNotCompared,
      above: aboveCohort(fleet.holdings, rules).slice(0, ABOVE_KEPT),
    }
    await writeHoldings(ops, keys, row.id, fleet.holdings)
    const proposals = proposeAliases(unnamedOf(imported), rules.permitted)
    const { phones, installs, rows, leftOut, odd, opened, closed } = summary
    const stillOpen = fleet.tickets.length - closed + everyOpen.length - open.length
    await recordedOnce(
      ops,
      {
        kind: 'fleet.imported',
        actor: SERVICE_ACTOR,
        details: {
          import: row.id,
          phones,
          installs,
          rows,
          left_out: leftOut,
          odd,
          opened,
          closed,
          open: stillOpen,
        },
      },
      'import',
    )
    await db.transaction().execute(async (within) => {
      await replaceLast(within, last, {
        import_id: row.id,
        at: row.at,
        quiet: keys.seal('quiet', quiet.slice(0, QUIET_KEPT)),
      })
      await writeTickets(within, changes)
      if (proposals.length > 0)
        await within
          .insertInto('fleet_aliases')
          .values(
            proposals.slice(0, ODD_KEPT).map(({ platform, name, publisher = '', id }) => ({
              id: newId(ops.random),
              platform,
              name,
              publisher,
              package: id,
              proposed_at: ops.now(),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      await within
        .updateTable('fleet_imports')
        .set({
          state: 'done',
          failure: null,
          finished_at: ops.now(),
          summary: JSON.stringify(summary),
          odd: JSON.stringify(imported.odd.slice(0, ODD_KEPT)),
        })
        .where('id', '=', row.id)
        .execute()
    })
    await removeOtherHoldings(ops, row.id)
  })
}

function countsOf({ devices }: Holdings): { phones: number; apps: number } {
  const apps = new Set<string>()
  for (const reports of devices.values())
    for (const { held } of reports)
      for (const { install } of held) apps.add(`${install.platform} ${install.id ?? `name:${install.name}`}`)
  return { phones: devices.size, apps: apps.size }
}

function unnamedOf({ installs, counts }: Imported): Parameters<typeof proposeAliases>[0] {
  const seen = new Map<string, Parameters<typeof proposeAliases>[0][number]>()
  for (const one of [...installs.filter(({ id }) => id === undefined), ...counts])
    seen.set(JSON.stringify([one.platform, one.name, one.publisher]), one)
  return [...seen.values()]
}

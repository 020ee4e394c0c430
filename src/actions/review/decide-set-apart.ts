import { shownDigest } from '../../review/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isProposedAlready, openDestruction } from '../destruction/progress.ts'
import { under } from './held-extract.ts'
import { type OpenExtract, withOpenExtract } from './with-open-extract.ts'

/**
 * Counsel decides on records that were set apart: privileged, and they stay apart; or not, and they come back to whoever reviews (law rows G1, H10).
 * Throws ActionError NOT_ALLOWED, NOT_NOW `NOT_OPEN`, NOT_VALID `OUTCOME`, `RECORDS`.
 */
export async function decidePrivilege(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; records: readonly string[]; outcome: string },
): Promise<void> {
  const { extraction, outcome } = input
  await mustAllow(ops, actor, 'extract.decide_privileged', { of: 'extraction', id: extraction })
  if (outcome !== 'privileged' && outcome !== 'not-privileged') throw invalidOutcome()
  const ids = [...new Set(input.records)]
  await withOpenExtract(ops, actor, { extraction, compartment: 'privileged' }, async ({ opening, held, view }) => {
    if (ids.length === 0 || ids.some((id) => view.seqOf(id) === undefined)) throw noRecords()
    await ops.journal.record({
      kind: 'item.privilege_decided',
      actor: actor.id,
      ...under(held),
      details: { extract: extraction, session: opening.id, outcome, records: ids.length, shown: shownDigest(ids) },
    })
    if (outcome === 'not-privileged')
      await ops.store.db
        .deleteFrom('tags')
        .where('extraction_id', '=', extraction)
        .where('record_id', 'in', ids)
        .where('tag', '=', 'privileged')
        .execute()
    else await decided(ops, actor, extraction, ids, 'privileged', 'privileged')
  })
}

/**
 * The disclosure officer decides what becomes of records that were taken in excess: they are to be destroyed, or stay where nobody reads them (law rows
 * B21, C16). What is to be destroyed is proposed afterwards, and a second person approves it (`proposeExcessDestruction`). Throws as `decidePrivilege`, and NOT_NOW
 * `PROPOSED` for what is proposed already.
 */
export async function decideExcess(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; records: readonly string[]; outcome: string },
): Promise<void> {
  const { extraction, outcome } = input
  await mustAllow(ops, actor, 'extract.decide_excess', { of: 'extraction', id: extraction })
  if (outcome !== 'destroy' && outcome !== 'restrict') throw invalidOutcome()
  const ids = [...new Set(input.records)]
  await withOpenExtract(ops, actor, { extraction, compartment: 'excess' }, async ({ opening, held, view }) => {
    if (ids.length === 0 || ids.some((id) => view.seqOf(id) === undefined)) throw noRecords()
    if (await isGoing(ops, extraction, ids)) throw isProposedAlready()
    await ops.journal.record({
      kind: 'item.excess_decided',
      actor: actor.id,
      ...under(held),
      details: { extract: extraction, session: opening.id, outcome, records: ids.length, shown: shownDigest(ids) },
    })
    await decided(ops, actor, extraction, ids, 'excess', outcome)
  })
}

/** What was decided on the records of a compartment that somebody has open, by their ids. */
export async function readDecided(ops: Ops, { opening }: OpenExtract): Promise<ReadonlyMap<string, string>> {
  if (opening.compartment === 'main') return new Map()
  const rows = await ops.store.db
    .selectFrom('tags')
    .select(['record_id', 'decided'])
    .where('extraction_id', '=', opening.extraction)
    .where('tag', '=', opening.compartment)
    .where('decided', 'is not', null)
    .execute()
  return new Map(rows.map(({ record_id, decided: outcome }) => [record_id, outcome ?? '']))
}

/** Whether any of these is in a destruction that was proposed or approved. */
async function isGoing(ops: Ops, extraction: string, ids: readonly string[]): Promise<boolean> {
  const open = await openDestruction(ops, extraction)
  const going = new Set(open?.records)
  return ids.some((id) => going.has(id))
}

async function decided(
  ops: Ops,
  actor: Actor,
  extraction: string,
  ids: readonly string[],
  tag: 'privileged' | 'excess',
  outcome: 'privileged' | 'destroy' | 'restrict',
): Promise<void> {
  await ops.store.db
    .updateTable('tags')
    .set({ decided: outcome, decided_by: actor.id, decided_at: ops.now() })
    .where('extraction_id', '=', extraction)
    .where('record_id', 'in', ids)
    .where('tag', '=', tag)
    .execute()
}

function invalidOutcome(): ActionError {
  return new ActionError('NOT_VALID', 'OUTCOME', 'say what you decide', 'choose one of the two')
}

function noRecords(): ActionError {
  return new ActionError('NOT_VALID', 'RECORDS', 'choose the records', 'tick at least one that is shown')
}

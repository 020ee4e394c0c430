import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { ActionError } from '../../action-error.ts'
import type { Actor } from '../../ops.ts'
import { type AnArchive, matchAgain, REC300 } from '../an-archive.fixture.ts'
import { recordingPlace } from '../recording-file.ts'
import { liftArchiveHold } from '../triage/lift-hold.ts'
import { setArchiveHold } from '../triage/set-hold.ts'
import { IAO310, REC301, sampledToTheEnd } from './a-batch.fixture.ts'
import { approveBatch, refuseBatch } from './decide-batch.ts'
import { destroyBatch } from './destroy-batch.ts'
import { batchRow } from './frozen-batch.ts'
import { proposeBatch } from './propose-batch.ts'

const GOES_ON = { ending: new AbortController().signal }

/** What people may do, in any order. */
export type Step =
  | { readonly does: 'propose'; readonly who: number; readonly month: number }
  | { readonly does: 'approve' | 'refuse'; readonly who: number; readonly batch: number }
  | { readonly does: 'hold'; readonly item: number }
  | { readonly does: 'lift'; readonly hold: number }
  | { readonly does: 'match' }
  | { readonly does: 'destroy'; readonly batch: number }

const PEOPLE: readonly Actor[] = [
  REC300,
  REC301,
  IAO310,
  { id: 'dis210', name: 'Isla Crane', roles: ['disclosure_officer'], stepUp: true },
]
/** A batch, as somebody remembers who did what with it. */
interface Seen {
  readonly id: string
  readonly proposer: string
  readonly approvers: Set<string>
  refused: boolean
  /** nothing can become of it any more */
  isOver: boolean
}

/** An archive, and what a careful observer keeps of it beside: who proposed and approved what, and what is held. */
export class Observed {
  readonly done: Record<string, number> = {}
  readonly #archive: AnArchive
  readonly #batches: Seen[] = []
  readonly #holds: { id: string; item: string; lifted: boolean }[] = []
  /** what was destroyed, when nobody had looked yet */
  readonly #gone = new Set<string>()

  constructor(archive: AnArchive) {
    this.#archive = archive
  }

  async take(step: Step): Promise<void> {
    const { ops, id } = this.#archive
    const { db } = ops.store
    try {
      if (step.does === 'propose') {
        const months = await db
          .selectFrom('archive_items')
          .select('month')
          .distinct()
          .where('class', '=', 'E')
          .where('state', '=', 'held')
          .orderBy('month')
          .execute()
        const month = months[step.month % Math.max(1, months.length)]?.month ?? undefined
        const who = PEOPLE[step.who % 7 === 0 ? 3 : step.who % 2] as Actor
        const only = month === undefined ? {} : { months: [month] }
        const batch = await proposeBatch(ops, who, { archiveId: id, reasons: 'Nothing ties them.', ...only })
        this.#batches.push({ id: batch, proposer: who.id, approvers: new Set(), refused: false, isOver: false })
      } else if (step.does === 'approve' || step.does === 'refuse') {
        const batch = this.#batch(step.batch)
        if (batch === undefined) return
        // Somebody who may, more often than not: or nothing would ever come of it.
        const who = [IAO310, ...PEOPLE, IAO310][step.who % (PEOPLE.length + 2)] as Actor
        const { root } = await batchRow(ops, batch.id)
        if (step.does === 'approve') {
          await approveBatch(ops, who, { batchId: batch.id, root })
          batch.approvers.add(who.id)
        } else {
          await refuseBatch(ops, who, { batchId: batch.id, root, reasons: 'No.' })
          batch.refused = true
        }
      } else if (step.does === 'hold') {
        const item = await this.#toHold(step.item)
        if (item === undefined) return
        const hold = await setArchiveHold(ops, IAO310, id, { on: 'item', target: item, reasons: 'A complaint.' })
        this.#holds.push({ id: hold.id, item, lifted: false })
      } else if (step.does === 'lift') {
        const hold = this.#holds.filter(({ lifted }) => !lifted)[step.hold]
        if (hold === undefined) return
        await liftArchiveHold(ops, IAO310, { archive: id, hold: hold.id, reasons: 'It is settled.' })
        hold.lifted = true
      } else if (step.does === 'match') {
        await matchAgain(ops, id)
        await sampledToTheEnd(ops, id)
      } else {
        const batch = this.#batch(step.batch)
        if (batch === undefined) return
        await destroyBatch(ops, batch.id, GOES_ON)
        await this.#look(batch)
      }
      this.#count(step.does)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      this.#count(`${step.does}: ${error.reason}`)
    }
  }

  /** What is gone from the disk is what was approved by others, of what nothing ties. */
  async holdsTrue(): Promise<void> {
    const { ops, id, truth } = this.#archive
    const rows = await ops.store.db.selectFrom('archive_items').select(['id', 'state']).execute()
    for (const row of rows) {
      const isGone = !existsSync(recordingPlace(ops, id, row.id))
      assert.equal(isGone, row.state === 'destroyed')
      assert.equal(isGone, this.#gone.has(row.id), 'it went in a destruction that was looked at')
      if (isGone) assert.deepEqual(truth.get(row.id)?.ties, [])
    }
  }

  /** Straight after a destruction: was it allowed, by what the observer knows? */
  async #look(batch: Seen): Promise<void> {
    const { ops, id: archive } = this.#archive
    const { id, proposer, approvers, refused } = batch
    const { state } = await batchRow(ops, id)
    if (batch.isOver) return
    batch.isOver = state !== 'proposed'
    this.#count(state)
    const items = await ops.store.db.selectFrom('batch_items').selectAll().where('batch_id', '=', id).execute()
    const gone = items.filter(({ item_id }) => !existsSync(recordingPlace(ops, archive, item_id)))
    if (state !== 'destroyed') return assert.deepEqual(gone, [])
    assert.equal(gone.length, items.length)
    for (const { item_id, follows } of items) {
      if (this.#gone.has(item_id)) continue
      const isHeld = this.#holds.some(({ item, lifted }) => !lifted && (item === item_id || item === follows))
      assert(!isHeld, 'what is held is not destroyed')
      this.#gone.add(item_id)
    }
    assert(approvers.size > 0 && !approvers.has(proposer) && !refused, 'two different people decided')
  }

  /** Something that is there: of what is approved, or as often as not of the newest batch, where a hold has most to stop. */
  async #toHold(at: number): Promise<string | undefined> {
    const { db } = this.#archive.ops.store
    const approved = this.#batches.findLast(({ approvers, isOver }) => approvers.size > 0 && !isOver)
    const newest = approved ?? (at % 2 === 0 ? this.#batches.at(-1) : undefined)
    const items =
      newest === undefined
        ? await db.selectFrom('archive_items').select('id').where('state', '=', 'held').orderBy('id').execute()
        : await db.selectFrom('batch_items').select('item_id as id').where('batch_id', '=', newest.id).execute()
    return items[(at * 7) % Math.max(1, items.length)]?.id
  }

  #batch(at: number): Seen | undefined {
    // The newest are the ones of which something may still become.
    return this.#batches.at(-1 - (at % Math.min(3, Math.max(1, this.#batches.length))))
  }

  #count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1
  }
}

import { hash } from 'node:crypto'
import {
  type CertifiedHand,
  type CertifiedPlace,
  mark,
  type RecordingsCertificate,
  recordingsCertificate,
} from '../../../recordings/index.ts'
import { signBytes } from '../../../signature/index.ts'
import { type Ops, SERVICE_ACTOR } from '../../ops.ts'
import { type Recorded, recordedOnce } from '../../recorded-once.ts'
import { withArchiveKeys } from '../details.ts'
import { type BatchRow, batchRow, decisionsOn, frozenBatch } from './frozen-batch.ts'
import type { Found } from './remove-batch.ts'
import { sampleResult } from './sample-result.ts'

/**
 * Logs and certifies a batch of which it is proved that nothing is left, and signs the certificate with the installation's key (law row E14). There is one
 * certificate: it is kept before the log speaks of it, and shown after. May be called again after an interruption at any step. Throws JournalError.
 */
export async function certifyBatch(ops: Ops, { id }: BatchRow): Promise<void> {
  const row = await batchRow(ops, id)
  const { archive_id: archive, root, items, bytes } = row
  const found = row.found as unknown as Required<Found>
  const destroyed = {
    archive,
    batch: id,
    root,
    items,
    bytes,
    generation: found.generation_after,
    epoch_before: found.epoch_before,
    epoch_after: found.epoch_after,
    files_absent: found.files_absent,
    opens_no_longer: true,
  }
  const logged = await recordedOnce(ops, { kind: 'batch.destroyed', actor: SERVICE_ACTOR, details: destroyed }, 'batch')
  const { db } = ops.store
  let { certificate } = row
  if (certificate === null) {
    const made = await make(ops, row, found, logged)
    const key = await ops.keyring.signingKey('installation')
    certificate = made.bytes
    await db
      .updateTable('batches')
      .set({ certificate, signature: signBytes(made.bytes, key) })
      .where('id', '=', id)
      .execute()
  }
  const certified = { archive, batch: id, root, certificate: hash('sha256', certificate, 'hex') }
  await recordedOnce(ops, { kind: 'batch.certified', actor: SERVICE_ACTOR, details: certified }, 'batch')
  await db
    .updateTable('batches')
    .set({ state: 'destroyed', destroyed_at: new Date(found.verified_at), failure: null })
    .where('id', '=', id)
    .where('state', '=', 'destroying')
    .execute()
}

async function make(
  ops: Ops,
  row: BatchRow,
  found: Required<Found>,
  { leaf }: Recorded,
): Promise<RecordingsCertificate> {
  const { db } = ops.store
  const { id, archive_id: archive, root, duration_ms, proposed_by, proposed_at } = row
  const { items } = await frozenBatch(db, row)
  const sample = row.sample_id === null ? undefined : await sampleResult(db, row.sample_id)
  const approvals = (await decisionsOn(db, id)).filter(({ says }) => says === 'approve')
  const { likely_copies_left = 0, length_unknown = 0 } = found.exceptions
  const generations = { before: found.generation_before, after: found.generation_after }
  const hand = (marks: Uint8Array, person: string, role: string, at: string): CertifiedHand => ({
    role,
    person: mark(marks, 'person', person),
    at,
  })
  const people = await withArchiveKeys(
    ops,
    { id: archive, generation: await generationOf(ops, archive) },
    async (keys) => ({
      proposed: hand(keys.marks, proposed_by, 'records_reviewer', proposed_at.toISOString()),
      approved: await Promise.all(approvals.map(async ({ by, at }) => hand(keys.marks, by, await roleOf(ops, by), at))),
    }),
  )
  return recordingsCertificate({
    archive,
    batch: id,
    root,
    items,
    duration_ms,
    duration_unknown: length_unknown,
    ...people,
    ...(sample !== undefined && {
      sample: {
        id: sample.id,
        looked: sample.looked,
        wrong: sample.wrong,
        at_most: Math.min(1, Math.ceil(sample.atMost * 10_000) / 10_000),
      },
    }),
    times: {
      matched: (row.matched_at as Date).toISOString(),
      keys_destroyed: (row.keys_destroyed_at as Date).toISOString(),
      verified: found.verified_at,
    },
    generations,
    epochs: { before: found.epoch_before, after: found.epoch_after },
    verified: {
      files_absent: found.files_absent,
      entries_without_key: found.entries_without_key,
      old_details: 'closed',
      inventory: 'absent',
      keys_tried: found.keys_tried,
      others_sealed_anew: found.survivors,
    },
    places: await placesOf(ops, archive),
    exceptions: { likely_copies_left },
    log: { origin: ops.logOrigin, index: leaf },
    at: ops.now().toISOString(),
  })
}

async function generationOf({ store: { db } }: Ops, archive: string): Promise<number> {
  return (await db.selectFrom('archives').select('generation').where('id', '=', archive).executeTakeFirstOrThrow())
    .generation
}

/** Places by kind and by what was found there, counted: what people call them stays here. */
async function placesOf({ store: { db } }: Ops, archive: string): Promise<CertifiedPlace[]> {
  const rows = await db
    .selectFrom('archive_places')
    .select(['kind', 'found', ({ fn }) => fn.countAll<number>().as('count')])
    .where('archive_id', '=', archive)
    .where('superseded_at', 'is', null)
    .groupBy(['kind', 'found'])
    .orderBy('kind')
    .orderBy('found')
    .execute()
  return rows.map(({ kind, found, count }) => ({ kind, found, count: Number(count) }))
}

async function roleOf({ store: { db } }: Ops, person: string): Promise<string> {
  const { roles } = await db.selectFrom('people').select('roles').where('id', '=', person).executeTakeFirstOrThrow()
  return roles.includes('information_asset_owner') ? 'information_asset_owner' : 'records_reviewer'
}

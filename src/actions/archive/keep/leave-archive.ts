import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Selectable } from 'kysely'
import type { PeelRecord } from '../../../records/index.ts'
import type { RecordingKeepsTable } from '../../../store/index.ts'
import { ContainerReader, onDisk } from '../../../vault/index.ts'
import { extractPath } from '../../extraction/extract-path.ts'
import { grantOf, underGrant } from '../../extraction/live-grant.ts'
import type { Ops } from '../../ops.ts'
import { recordedOnce } from '../../recorded-once.ts'
import { recordingPlace } from '../recording-file.ts'
import { lockArchive } from '../lock-archive.ts'
import { carryHold } from './carry-hold.ts'
import { keptPlace } from './kept-set.ts'

/** A recording is not in the extract that it should have been sealed into: the archive keeps its own. */
export class NotInExtract extends Error {
  override readonly name = 'NotInExtract'
}

/**
 * Destroys the archive's own copies of what was kept: after the extract was opened once more and every recording was found in it with its digest, and a hold
 * that forbids its destruction went with it (law row D9). First each row loses what is sealed in it, and the key of the recording with that; then the files
 * go. May be called again after any interruption. Throws NotInExtract.
 */
export async function leaveArchive(ops: Ops, keep: Selectable<RecordingKeepsTable>): Promise<void> {
  const { db } = ops.store
  const { id, archive_id: archive, item_ids: items, extraction_id, request_id } = keep
  const extraction = extraction_id as string
  const left = await db
    .selectFrom('archive_items')
    .select(['id', 'sha256', 'phone', 'state', 'codes'])
    .where('archive_id', '=', archive)
    .where('id', '=', ({ fn, val }) => fn.any(val(items)))
    .execute()
  if (left.some(({ state }) => state === 'held')) await mustBeInExtract(ops, extraction, archive, left)
  const grant = await grantOf(ops, request_id as string)
  await carryHold(ops, { extraction, grant, codes: left.flatMap(({ codes }) => codes) })
  const details = { archive, keep: id, items: items.length, set: keep.set_digest, extraction }
  await recordedOnce(ops, { kind: 'recording.kept', actor: keep.proposed_by, ...underGrant(grant), details }, 'keep')
  await db.transaction().execute(async (transaction) => {
    await lockArchive(transaction, archive)
    await transaction
      .updateTable('archive_items')
      .set({ state: 'kept', sealed: null, generation: null, deadline: null, waits_since: null })
      .where('archive_id', '=', archive)
      .where('id', '=', ({ fn, val }) => fn.any(val(items)))
      .execute()
  })
  const folders = new Set<string>()
  for (const item of items) {
    const place = recordingPlace(ops, archive, item)
    await rm(place, { force: true })
    folders.add(dirname(place))
  }
  for (const folder of folders) if (existsSync(folder)) onDisk(folder)
  await db.updateTable('recording_keeps').set({ done_at: ops.now() }).where('id', '=', id).execute()
}

async function mustBeInExtract(
  ops: Ops,
  extraction: string,
  archive: string,
  items: readonly { readonly id: string; readonly sha256: string; readonly phone: number | null }[],
): Promise<void> {
  if (!existsSync(extractPath(ops, extraction)) || !(await ops.keyring.has(extraction))) throw new NotInExtract()
  await ops.keyring.useExtractIdentity(extraction, async (identity) => {
    const reader = await ContainerReader.open(extractPath(ops, extraction), [identity])
    try {
      const payloads = new Set(reader.payloads().map(({ sha256 }) => Buffer.from(sha256).toString('hex')))
      const there = new Map<string, string>()
      for (const { json } of reader.records({ kind: 'call' })) {
        const { provenance, attachments } = JSON.parse(json) as PeelRecord
        const [sound] = attachments
        if (sound?.taken && sound.sha256 !== undefined && payloads.has(sound.sha256))
          there.set(provenance.file, sound.sha256)
      }
      if (items.some((item) => there.get(keptPlace(archive, item)) !== item.sha256)) throw new NotInExtract()
    } finally {
      reader.close()
    }
  })
}

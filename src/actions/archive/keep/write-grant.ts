import type { Kysely, Selectable } from 'kysely'
import type { Authorisation, Granted } from '../../../authorisation/index.ts'
import type { RecordingKeepsTable, Tables } from '../../../store/index.ts'
import type { Reasons } from '../../decision/reasons.ts'

/** A grant to keep recordings, signed and in the log, as the tables are to have it. */
export interface KeepGrant {
  readonly about: { readonly caseId: string }
  readonly row: Selectable<RecordingKeepsTable>
  readonly ids: { readonly request: string; readonly device: string; readonly extraction: string }
  readonly document: Authorisation
  readonly envelope: string
  readonly granted: Pick<Granted, 'digest'>
  readonly leaf: number
  readonly reasons: Reasons
  readonly by: string
  readonly now: Date
}

/** Writes the rows on which a holding hangs: what is kept as if it were a device, the request that nobody wrote, its decision, and an extraction that waits. */
export async function writeGrant(
  db: Kysely<Tables>,
  { about: { caseId }, row, ids, document, envelope, granted, leaf, reasons, by, now }: KeepGrant,
): Promise<void> {
  await db
    .insertInto('devices')
    .values({
      id: ids.device,
      case_id: caseId,
      exhibit: document.device.exhibit,
      device_kind: 'other',
      description: document.device.description,
      serial: row.set_digest,
      user_role: 'other',
      user_name: 'Whoever held the phones',
      created_at: now,
      from_archive: row.archive_id,
    })
    .execute()
  const { format: _f, reference: _r, version: _v, valid, requested_by: _q, authorised_by: _a, ...written } = document
  await db
    .insertInto('requests')
    .values({
      id: ids.request,
      case_id: caseId,
      device_id: ids.device,
      reference: document.reference,
      status: 'granted',
      document: JSON.stringify(written),
      // Never sent for decision as requests are: what is asked of phones is measured by those alone.
      requested_by: row.proposed_by,
      created_at: row.proposed_at,
    })
    .execute()
  await db
    .insertInto('decisions')
    .values({
      request_id: ids.request,
      outcome: 'granted',
      ...reasons,
      decided_by: by,
      decided_at: now,
      envelope,
      digest: granted.digest,
      valid_until: new Date(valid.until),
      leaf,
    })
    .execute()
  await db
    .insertInto('extractions')
    .values({
      id: ids.extraction,
      request_id: ids.request,
      source: JSON.stringify({ kind: 'recordings', keep: row.id }),
      queued_by: row.proposed_by,
      queued_at: now,
    })
    .execute()
}

/** What is kept has an exhibit number in its case: REC/1, REC/2 … */
export async function nextExhibit(db: Kysely<Tables>, caseId: string): Promise<string> {
  const rows = await db.selectFrom('devices').select('exhibit').where('case_id', '=', caseId).execute()
  const used = new Set(rows.map(({ exhibit }) => exhibit.toUpperCase()))
  for (let number = 1; ; number++) if (!used.has(`REC/${number}`)) return `REC/${number}`
}

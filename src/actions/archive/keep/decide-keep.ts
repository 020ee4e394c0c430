import { hash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { canonical } from '../../../records/index.ts'
import type { RecordingKeepsTable, Tables } from '../../../store/index.ts'
import { ActionError } from '../../action-error.ts'
import { allow, noteRefusal } from '../../allow.ts'
import { openOne } from '../../case/open-one.ts'
import { mustHaveReasons, type Reasons, reasonsDigest } from '../../decision/reasons.ts'
import { signAuthorisation } from '../../decision/signed-authorisation.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { personOf } from '../../request/document-of.ts'
import { LONGEST_TEXT } from '../../request/save-part.ts'
import { nextReference } from '../../request/start-request.ts'
import { lockArchive } from '../lock-archive.ts'
import { keepDocument } from './keep-document.ts'
import { copiesOf, keepableAgain } from './keepable.ts'
import { nextExhibit, writeGrant } from './write-grant.ts'
import { setDigest } from './kept-set.ts'
import { notKeepable } from './propose-keep.ts'

type Row = Selectable<RecordingKeepsTable>

/**
 * Approves that recordings are kept for a case: by an authorising officer of sufficient rank who did not propose it and is not the officer in the case, with a
 * reason for necessity and one for proportionality (law rows E14, H3, B4). Both sign an authorisation that names exactly this set; from then on it is an
 * extraction that waits, like any other. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `DECIDED`, `NOT_KEEPABLE`, `CASE_CLOSED`.
 */
export async function approveKeep(ops: Ops, actor: Actor, keepId: string, input: Reasons): Promise<void> {
  const about = await mustDecide(ops, actor, keepId)
  const reasons = mustHaveReasons(input)
  await openOne(ops, about.caseId)
  await ops.store.db.transaction().execute(async (db) => {
    const row = await undecided(db, keepId)
    await lockArchive(db, row.archive_id)
    const { codes, of } = await asProposed(db, row)
    const now = ops.now()
    const [request, device, extraction] = [newId(ops.random), newId(ops.random), newId(ops.random)]
    const reference = await nextReference(db, now)
    const exhibit = await nextExhibit(db, about.caseId)
    const proposer = await db
      .selectFrom('people')
      .selectAll()
      .where('id', '=', row.proposed_by)
      .executeTakeFirstOrThrow()
    const document = keepDocument({
      reference,
      exhibit,
      keep: row.id,
      archive: row.archive_id,
      set: row.set_digest,
      recordings: row.item_ids.length,
      of,
      codes,
      relevance: row.relevance,
      necessity: row.necessity,
      requestedBy: personOf(proposer),
      authorisedBy: { id: actor.id, name: actor.name, rank: actor.rank ?? '' },
      now,
    })
    const { envelope, granted } = await signAuthorisation(ops, document, [])
    const { leaf } = await ops.journal.record({
      kind: 'authorisation.granted',
      actor: actor.id,
      case: about,
      subject: [{ name: 'authorisation', digest: granted.digest }],
      details: {
        request,
        version: 1,
        authorisation: granted.digest,
        requested_by: row.proposed_by,
        narrowed: false,
        clauses: granted.scope.length,
        valid_from: document.valid.from,
        valid_until: document.valid.until,
        reasons: reasonsDigest(reasons),
      },
    })
    await ops.journal.record({
      kind: 'recording.keep_approved',
      actor: actor.id,
      case: about,
      authorisation: leaf,
      details: {
        archive: row.archive_id,
        keep: row.id,
        items: row.item_ids.length,
        set: row.set_digest,
        proposed_by: row.proposed_by,
        request,
      },
    })
    await writeGrant(db, {
      about,
      row,
      ids: { request, device, extraction },
      document,
      envelope,
      granted,
      leaf,
      reasons,
      by: actor.id,
      now,
    })
    await db
      .updateTable('recording_keeps')
      .set({ decided_by: actor.id, decided_at: now, approved: true, request_id: request, extraction_id: extraction })
      .where('id', '=', row.id)
      .execute()
  })
  await ops.enqueue('keep-recordings', { keep: keepId })
}

/** Refuses it, with a reason. The recordings stay in the archive, for whatever holds them there. Throws ActionError as `approveKeep`. */
export async function refuseKeep(
  ops: Ops,
  actor: Actor,
  keepId: string,
  { reason }: { reason: string },
): Promise<void> {
  const about = await mustDecide(ops, actor, keepId)
  const says = reason.trim()
  if (says === '' || says.length > LONGEST_TEXT)
    throw new ActionError('NOT_VALID', 'reason', 'Enter why they are not kept for the case')
  await ops.store.db.transaction().execute(async (db) => {
    const row = await undecided(db, keepId)
    await ops.journal.record({
      kind: 'recording.keep_refused',
      actor: actor.id,
      case: about,
      details: {
        archive: row.archive_id,
        keep: row.id,
        items: row.item_ids.length,
        set: row.set_digest,
        proposed_by: row.proposed_by,
        reasons: hash('sha256', canonical({ reason: says }), 'hex'),
      },
    })
    await db
      .updateTable('recording_keeps')
      .set({ decided_by: actor.id, decided_at: ops.now(), approved: false, refused_because: says })
      .where('id', '=', row.id)
      .execute()
  })
}

/** Asks the policy with who proposed it and whose case it is. */
async function mustDecide(ops: Ops, actor: Actor, keepId: string): Promise<{ caseId: string; pseudonym: string }> {
  const decided = await allow(ops, actor, 'recording.allow_keep', { of: 'keep', id: keepId })
  if (!decided.allowed) throw await noteRefusal(ops, actor, 'recording.allow_keep', decided)
  return { caseId: decided.caseId as string, pseudonym: decided.pseudonym as string }
}

async function undecided(db: Kysely<Tables>, keepId: string): Promise<Row> {
  const row = await db
    .selectFrom('recording_keeps')
    .selectAll()
    .where('id', '=', keepId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.approved !== null)
    throw new ActionError('NOT_NOW', 'DECIDED', 'somebody has decided on this already', 'look at what was decided')
  return row
}

/** Holds what is approved to what was proposed: the same recordings, with the same bytes, that may still be kept. Throws ActionError NOT_NOW `NOT_KEEPABLE`. */
async function asProposed(db: Kysely<Tables>, row: Row): Promise<{ codes: string[]; of: number }> {
  const found = await keepableAgain(db, row.archive_id, row.item_ids)
  const copies = await copiesOf(
    db,
    row.archive_id,
    found.map(({ id }) => id),
  )
  const all = [...found, ...copies.filter(({ id }) => row.item_ids.includes(id))]
  if (setDigest(row.archive_id, all) !== row.set_digest) throw notKeepable()
  const { n } = await db
    .selectFrom('archive_items')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('archive_id', '=', row.archive_id)
    .executeTakeFirstOrThrow()
  return { codes: found.flatMap(({ codes }) => codes), of: Number(n) }
}

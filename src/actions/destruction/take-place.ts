import { existsSync, renameSync, rmSync } from 'node:fs'
import { certificate, scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { onDisk } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import { extractPath } from '../extraction/extract-path.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { recordedOnce } from '../recorded-once.ts'
import { approverRole } from './destroy-extract.ts'
import { removeCatalogue } from '../review/kept-catalogue.ts'
import { type Resealed, resealedPath, successorOf } from './seal-anew.ts'

/** A part that is to go now, with what its log and its certificate say. */
export interface GoingPart {
  readonly id: string
  readonly extraction: string
  readonly resealed: Resealed
  readonly case: { readonly caseId: string; readonly pseudonym: string }
  /** index in the log of the grant */
  readonly leaf: number
  /** lower-case hex: the authorisation's digest */
  readonly authorisation: string
  readonly proposed: { readonly person: string; readonly at: Date }
  readonly approved: { readonly person: string; readonly at: Date }
}

/**
 * Lets the rest take the place of the whole. From the first step on there is no way back, and each may be interrupted and done again: the old key is
 * destroyed as the new one takes its name; it is proved that nothing opens the old container; that is removed, and the new one has its place; it is
 * logged, certified, and then so in the database. Throws ActionError NOT_NOW `STILL_OPENS`, KeyringError, JournalError.
 */
export async function takePlace(ops: Ops, part: GoingPart): Promise<void> {
  const { id, extraction, resealed } = part
  const destroyed = await ops.keyring.replaceExtractKey(extraction, successorOf(id))
  const place = extractPath(ops, extraction)
  const next = resealedPath(ops, extraction)
  if (existsSync(next)) {
    // What lies there is the old one, or what an interruption left of it.
    const check = await ops.keyring.checkNothingOpens({ containers: [place] })
    if (!check.ok)
      throw new ActionError('NOT_NOW', 'STILL_OPENS', 'something still opens this extract', 'look at the key room')
    await removeCatalogue(ops, extraction)
    rmSync(place, { recursive: true, force: true, maxRetries: 5 })
    renameSync(next, place)
  }
  // Before anybody says that it is done: a machine that loses its power must not lose the name.
  onDisk(ops.extractsFolder)

  const under = { case: part.case, authorisation: part.leaf }
  const details = {
    destruction: id,
    extract: extraction,
    records_removed: resealed.records_removed,
    root_before: resealed.root_before,
    root_after: resealed.root_after,
    epoch_after: destroyed.generationAfter,
  }
  const { leaf } = await recordedOnce(
    ops,
    { kind: 'extract.resealed', actor: SERVICE_ACTOR, ...under, details },
    'destruction',
  )
  const { json, digest } = certificate({
    extract: extraction,
    root: resealed.root_before,
    root_after: resealed.root_after,
    authorisation: part.authorisation,
    records: resealed.removed,
    files: resealed.files_removed,
    schedule: { version: STARTING_SCHEDULE.version, digest: scheduleDigest(STARTING_SCHEDULE) },
    reasons: ['excess'],
    proposed: { role: 'disclosure_officer', person: part.proposed.person, at: part.proposed.at.toISOString() },
    approved: {
      role: await approverRole(ops, part.approved.person),
      person: part.approved.person,
      at: part.approved.at.toISOString(),
    },
    method: 'rewritten_without',
    epochs: { before: destroyed.generationBefore, after: destroyed.generationAfter },
    copies: [{ id: 'service', found: 'gone' }],
    log: { origin: ops.logOrigin, index: leaf },
    at: ops.now().toISOString(),
  })
  await ops.journal.record({
    kind: 'destruction.certified',
    actor: SERVICE_ACTOR,
    ...under,
    details: { destruction: id, certificate: digest },
  })
  await ops.store.db
    .updateTable('destructions')
    .set({ done_at: ops.now(), certificate: json, records: [], sealing_at: null, failure: null })
    .where('id', '=', id)
    .execute()
}

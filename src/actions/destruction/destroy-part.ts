import type { Selectable } from 'kysely'
import { KeyringError } from '../../keyring/index.ts'
import type { DestructionsTable, Store } from '../../store/index.ts'
import { openTexts, sealText } from '../../vault/index.ts'
import { claimExtraction } from '../extraction/claim-extraction.ts'
import type { Result } from '../extraction/result.ts'
import { discardContainer } from '../extraction/extract-path.ts'
import { failureOf } from '../extraction/failure.ts'
import type { Tool } from '../extraction/take-extract.ts'
import { keepMeasure } from '../measure/measure.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { endOpening } from '../review/close-extract.ts'
import { prepareCatalogue } from '../review/kept-catalogue.ts'
import { type Part, type Resealed, resealedPath, sealAnew, successorOf } from './seal-anew.ts'
import { mustBeErasable } from './sealing.ts'
import { type GoingPart, takePlace } from './take-place.ts'

/** What became of it: `over`, done or not possible now; `again`, it waits to be taken up; `elsewhere`, another worker has it. */
export type DestroyedPart = 'over' | 'again' | 'elsewhere'

type Row = Selectable<DestructionsTable>

/**
 * Destroys a part of an extract that two people decided on (law rows B21, H14): the rest is sealed anew beside the old one, and takes its place, while the
 * old key is destroyed. Only one process at a time does so. May be ended at any moment and called again: until the database says what the new one is, the
 * old one stands and whatever was written is thrown away; from then on it goes forward. `ending` fires when the worker is to end. Throws what nobody
 * expected, after which it may be called again.
 */
export async function destroyPart(
  ops: Ops,
  id: string,
  { tool, ending }: { tool: Tool; ending: AbortSignal },
): Promise<DestroyedPart> {
  const { db } = ops.store
  const found = await db.selectFrom('destructions').select('extraction_id').where('id', '=', id).executeTakeFirst()
  if (found === undefined) return 'over'
  const lost = new AbortController()
  const claim = await claimExtraction(ops.store, found.extraction_id, () => lost.abort())
  if (claim === undefined) return 'elsewhere'
  try {
    const row = await db.selectFrom('destructions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    if (row.records === null || row.approved_by === null || row.done_at !== null) return 'over'
    if (ending.aborted) return 'again'
    const about = await goingPart(ops, row)
    let { resealed } = row as { resealed: Resealed | null }
    if (resealed === null) {
      const made = await tried(ops, row, about, { tool, stop: AbortSignal.any([ending, lost.signal]) })
      if (made === 'over' || made === 'again') return made
      resealed = made
    }
    await takePlace(ops, { ...about, resealed })
    await prepareCatalogue(ops, about.extraction, ending)
    return 'over'
  } finally {
    await claim.release()
  }
}

/** Everything from which there is a way back. Says what the new one is, once the database holds it. */
async function tried(
  ops: Ops,
  row: Row,
  about: About,
  given: { tool: Tool; stop: AbortSignal },
): Promise<Resealed | 'over' | 'again'> {
  try {
    await note(ops, row.id, { sealing_at: null, failure: null })
    const { result } = about
    const part: Part = { ...about, records: row.records ?? [], before: result as unknown as Result }
    const made = await sealAnew(ops, part, given)
    await shut(ops, row, about)
    await settle(ops, part, made)
    return made.resealed
  } catch (error) {
    await discardContainer(resealedPath(ops, row.extraction_id))
    if (given.stop.aborted) return 'again'
    const failure = inTheWay(error)
    if (failure === undefined) throw error
    await note(ops, row.id, { sealing_at: null, failure })
    return 'over'
  }
}

/** Nobody opens it from here on, and whoever has it open has it no more. */
async function shut(ops: Ops, { id, extraction_id: extraction }: Row, about: About): Promise<void> {
  await ops.store.db.transaction().execute(async (db) => {
    await mustBeErasable(db, extraction)
    await db.updateTable('destructions').set({ sealing_at: ops.now() }).where('id', '=', id).execute()
  })
  const live = await ops.store.db
    .selectFrom('openings')
    .selectAll()
    .where('extraction_id', '=', extraction)
    .where('closed_at', 'is', null)
    .execute()
  for (const one of live)
    await endOpening(
      ops,
      {
        id: one.id,
        extraction,
        personId: one.person_id,
        compartment: one.compartment,
        purpose: one.purpose,
        openedAt: one.opened_at,
        endsAt: one.ends_at,
        held: about,
      },
      SERVICE_ACTOR,
      'destruction',
    )
}

/** The last step back from which is a way: in one transaction notes, searches, tags and counts become those of the new one. */
async function settle(
  ops: Ops,
  { id, extraction, records }: Part,
  { resealed, result }: { resealed: Resealed; result: Result },
): Promise<void> {
  const recipient = await ops.keyring.recipientOf(successorOf(id))
  await ops.keyring.useExtractIdentity(extraction, (identity) =>
    ops.store.db.transaction().execute(async (db) => {
      await mustBeErasable(db, extraction)
      const ids = [...records]
      await keepMeasure(db, extraction, ids)
      for (const table of ['notes', 'tags'] as const)
        await db
          .deleteFrom(table)
          .where('extraction_id', '=', extraction)
          .where('record_id', '=', ({ fn, val }) => fn.any(val(ids)))
          .execute()
      // What people wrote is sealed to the key that goes: it is sealed anew, or it would go as well.
      await sealTexts(db, 'notes', extraction, { identity, recipient })
      await sealTexts(db, 'searches', extraction, { identity, recipient })
      await db
        .updateTable('extractions')
        .set({ result: JSON.stringify(result) })
        .where('id', '=', extraction)
        .execute()
      await db
        .updateTable('destructions')
        .set({ resealed: JSON.stringify(resealed) })
        .where('id', '=', id)
        .execute()
    }),
  )
}

async function sealTexts(
  db: Store['db'],
  table: 'notes' | 'searches',
  extraction: string,
  { identity, recipient }: { identity: string; recipient: string },
): Promise<void> {
  const rows = await db.selectFrom(table).select(['id', 'sealed']).where('extraction_id', '=', extraction).execute()
  const texts = await openTexts(
    rows.map(({ sealed }) => sealed),
    identity,
  )
  for (const [at, { id }] of rows.entries())
    await db
      .updateTable(table)
      .set({ sealed: await sealText(texts[at] ?? '', [recipient]) })
      .where('id', '=', id)
      .execute()
}

type About = Omit<GoingPart, 'resealed'> & { readonly requestId: string; readonly result: Record<string, unknown> }

async function goingPart({ store: { db } }: Ops, row: Row): Promise<About> {
  const about = await db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select(['requests.id as requestId', 'extractions.result', 'cases.id as caseId', 'cases.pseudonym'])
    .select(['decisions.leaf', 'decisions.digest'])
    .where('extractions.id', '=', row.extraction_id)
    .executeTakeFirstOrThrow()
  const at = row.approved_at ?? row.proposed_at
  return {
    id: row.id,
    extraction: row.extraction_id,
    requestId: about.requestId,
    result: about.result ?? {},
    case: { caseId: about.caseId, pseudonym: about.pseudonym },
    leaf: about.leaf ?? 0,
    authorisation: about.digest ?? '',
    proposed: { person: row.proposed_by, at: row.proposed_at },
    approved: { person: row.approved_by ?? '', at },
  }
}

async function note({ store: { db } }: Ops, id: string, what: { sealing_at: null; failure: string | null }) {
  await db.updateTable('destructions').set(what).where('id', '=', id).where('resealed', 'is', null).execute()
}

/** The code of what may stand in the way: a disk, the material, a hold, the key room. Undefined for anything else, which is ours to mend. */
function inTheWay(error: unknown): string | undefined {
  return failureOf(error) ?? (error instanceof KeyringError ? error.code : undefined)
}

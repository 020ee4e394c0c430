import { couldEver } from '../../access/index.ts'
import { notFound } from '../action-error.ts'
import { allow, mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { FindOutcome } from './decide-find.ts'
import type { FindKind } from './report-find.ts'

/** An opening for an immediate risk to life while a find waited: whoever decides is told of it. */
export interface OpenedForLife {
  readonly by: string
  readonly at: Date
}

/** Something else that came to light, with what was decided of it. */
export interface Find {
  readonly id: string
  readonly extraction: string
  readonly caseId: string
  readonly caseReference: string
  readonly exhibit: string
  readonly kind: FindKind
  readonly says: string
  readonly reasons: string
  readonly foundBy: { readonly id: string; readonly name: string }
  readonly foundAt: Date
  readonly openedForLife: readonly OpenedForLife[]
  /** absent while it waits */
  readonly decision?: {
    readonly outcome: FindOutcome
    readonly reasons: string
    readonly passedTo: string | undefined
    readonly by: string
    readonly at: Date
  }
}

/** Which finds there are, without what they are. */
export interface FindInShort {
  readonly id: string
  readonly extraction: string
  readonly kind: FindKind
  readonly foundAt: Date
  readonly waits: boolean
}

/** A find that waits for a decision. */
export interface WaitingFind extends FindInShort {
  readonly caseReference: string
  readonly exhibit: string
  /** how often it was opened since for an immediate risk to life */
  readonly openedForLife: number
}

/** Reads one find of an extraction. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readFind(
  ops: Ops,
  actor: Actor,
  { extraction, find }: { extraction: string; find: string },
): Promise<Find> {
  await mustAllow(ops, actor, 'find.see', { of: 'extraction', id: extraction })
  const row = isId(find) ? await rowsOf(ops).where('finds.id', '=', find).executeTakeFirst() : undefined
  if (row === undefined || row.extraction_id !== extraction) throw notFound()
  const { outcome, decision_reasons, passed_to, decider, decided_at } = row
  return {
    id: row.id,
    extraction,
    caseId: row.case_id,
    caseReference: row.reference,
    exhibit: row.exhibit,
    kind: row.kind,
    says: row.says,
    reasons: row.reasons,
    foundBy: { id: row.found_by, name: row.finder },
    foundAt: row.found_at,
    openedForLife: await openedForLife(ops, row),
    ...(outcome !== null &&
      decided_at !== null && {
        decision: {
          outcome,
          reasons: decision_reasons ?? '',
          passedTo: passed_to ?? undefined,
          by: decider ?? '',
          at: decided_at,
        },
      }),
  }
}

/** What came to light in an extract, for whoever may know of it; for anybody else nothing did. */
export async function findsIn(ops: Ops, actor: Actor, extraction: string): Promise<FindInShort[]> {
  if (!couldEver(actor, 'find.see')) return []
  if (!(await allow(ops, actor, 'find.see', { of: 'extraction', id: extraction })).allowed) return []
  const rows = await rowsOf(ops).where('finds.extraction_id', '=', extraction).orderBy('found_at').execute()
  return rows.map(inShort)
}

/** Finds that wait and that this person may decide, the first first. */
export async function findsToDecide(ops: Ops, actor: Actor): Promise<WaitingFind[]> {
  if (!couldEver(actor, 'find.decide')) return []
  const rows = await rowsOf(ops).where('decided_at', 'is', null).orderBy('found_at').limit(50).execute()
  const waiting = await Promise.all(
    rows.map(async (row) => {
      const subject = { of: 'extraction', id: row.extraction_id } as const
      const decided = await allow(ops, actor, 'find.decide', subject, { foundBy: row.found_by, stepUp: true })
      if (!decided.allowed) return []
      return [
        {
          ...inShort(row),
          caseReference: row.reference,
          exhibit: row.exhibit,
          openedForLife: (await openedForLife(ops, row)).length,
        },
      ]
    }),
  )
  return waiting.flat()
}

function rowsOf({ store: { db } }: Ops) {
  return db
    .selectFrom('finds')
    .innerJoin('people as finders', 'finders.id', 'finds.found_by')
    .leftJoin('people as deciders', 'deciders.id', 'finds.decided_by')
    .innerJoin('extractions', 'extractions.id', 'finds.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .selectAll('finds')
    .select(['finders.name as finder', 'deciders.name as decider'])
    .select(['cases.id as case_id', 'cases.reference', 'devices.exhibit'])
}

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

function inShort({ id, extraction_id, kind, found_at, decided_at }: Row): FindInShort {
  return { id, extraction: extraction_id, kind, foundAt: found_at, waits: decided_at === null }
}

async function openedForLife({ store: { db }, now }: Ops, row: Row): Promise<OpenedForLife[]> {
  const rows = await db
    .selectFrom('openings')
    .innerJoin('people', 'people.id', 'openings.person_id')
    .select(['people.name', 'openings.opened_at'])
    .where('extraction_id', '=', row.extraction_id)
    .where('purpose', '=', 'risk-to-life')
    .where('opened_at', '>=', row.found_at)
    .where('opened_at', '<=', row.decided_at ?? now())
    .orderBy('opened_at')
    .execute()
  return rows.map(({ name, opened_at }) => ({ by: name, at: opened_at }))
}

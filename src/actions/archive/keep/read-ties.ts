import { createHmac } from 'node:crypto'
import type { Reason, ReasonCode } from '../../../recordings/index.ts'
import { notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type ArchiveKeys, withArchiveKeys } from '../details.ts'
import { archiveOf, type Archive } from '../read-archive.ts'
import { type Keepable, keepable } from './keepable.ts'

/** Something that ties recordings: a case of the force's, an operation, or what somebody said or decided. */
export interface Tie {
  /** stands for it in addresses: a mark under the archive's key */
  readonly id: string
  readonly of: 'case' | 'operation' | 'other'
  /** the number of the occurrence, or the operation's id; absent of others */
  readonly target?: string
  readonly live: boolean
  readonly recordings: number
}

/** Which of the archive's recordings may be kept for one tie. */
export interface TiedRecordings {
  readonly archive: Archive
  readonly tie: Tie
  readonly recordings: readonly Omit<Keepable, 'sealed'>[]
  /** open cases that the person is a member of; `named`: the one whose reference the tie names */
  readonly cases: readonly {
    readonly id: string
    readonly reference: string
    readonly offence: string
    readonly named: boolean
  }[]
}

/** Reasons that name something for which a recording may be kept, and what that is. */
const NAMING: Readonly<Partial<Record<ReasonCode, Tie['of']>>> = {
  own_case: 'case',
  live_case: 'case',
  operation: 'operation',
}

/**
 * What ties the recordings of an archive that may be kept for a case, the most recordings first (law row E14). Who was called stands on the page of one
 * recording alone. Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function readTies(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ archive: Archive; ties: readonly Tie[] }> {
  await askFirst(ops, actor, 'recording.keep')
  const archive = await archiveOf(ops, archiveId)
  const found = await tied(ops, archive)
  const ties = [...found.values()].map(({ tie }) => tie)
  return { archive, ties: ties.sort((a, b) => b.recordings - a.recordings || (a.id < b.id ? -1 : 1)) }
}

/** One of them, with its recordings and the cases for which this person may propose them. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readTied(ops: Ops, actor: Actor, archiveId: string, tieId: string): Promise<TiedRecordings> {
  await askFirst(ops, actor, 'recording.keep')
  const archive = await archiveOf(ops, archiveId)
  const one = (await tied(ops, archive)).get(tieId)
  if (one === undefined) throw notFound()
  const cases = await ops.store.db
    .selectFrom('cases')
    .innerJoin('case_members', 'case_members.case_id', 'cases.id')
    .select(['cases.id', 'cases.reference', 'cases.offence'])
    .where('case_members.person_id', '=', actor.id)
    .where('cases.closed_at', 'is', null)
    .orderBy('cases.opened_at', 'desc')
    .execute()
  const { tie, rows } = one
  const named = tie.of === 'case' ? plain(tie.target ?? '') : undefined
  return {
    archive,
    tie,
    recordings: rows.map((row) => {
      const { sealed: _, ...shown } = row
      return shown
    }),
    cases: cases.map((about) => ({ ...about, named: plain(about.reference) === named })),
  }
}

async function tied(ops: Ops, archive: Archive): Promise<Map<string, { tie: Tie; rows: Keepable[] }>> {
  const found = new Map<string, { tie: Tie; rows: Keepable[] }>()
  const rows = await keepable(ops.store.db, archive.id)
  if (rows.length === 0) return found
  await withArchiveKeys(ops, archive, (keys) => {
    for (const row of rows)
      for (const { live, ...named } of namedBy(keys.openDetails(row.id, row.sealed).reasons ?? [])) {
        const id = markOf(keys, named)
        const before = found.get(id)
        if (before === undefined) found.set(id, { tie: { id, ...named, live, recordings: 1 }, rows: [row] })
        else {
          before.rows.push(row)
          before.tie = { ...before.tie, live: before.tie.live || live, recordings: before.rows.length }
        }
      }
  })
  return found
}

/** What the reasons of a recording name, each once; what they name nothing of is kept for whatever it was held for. */
function namedBy(reasons: readonly Reason[]): Pick<Tie, 'of' | 'target' | 'live'>[] {
  const found = new Map<string, Pick<Tie, 'of' | 'target' | 'live'>>()
  for (const { code, targets } of reasons) {
    const of = NAMING[code]
    if (of === undefined) continue
    for (const target of targets) {
      const key = `${of} ${target}`
      found.set(key, { of, target, live: code === 'live_case' || (found.get(key)?.live ?? false) })
    }
  }
  return found.size > 0 ? [...found.values()] : [{ of: 'other', live: false }]
}

function markOf({ marks }: ArchiveKeys, { of, target = '' }: Pick<Tie, 'of' | 'target'>): string {
  return createHmac('sha256', marks).update(`peel keep ${of}\0${target}`).digest('hex').slice(0, 32)
}

/** A reference without what people write differently in it. */
function plain(reference: string): string {
  return reference.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase()
}

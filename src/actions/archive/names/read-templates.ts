import { couldEver } from '../../../access/index.ts'
import { commonWords, type Direction, type NameTemplate, TemplateTrial } from '../../../recordings/index.ts'
import { notFound } from '../../action-error.ts'
import { allow, askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { templatesFrom } from '../kept-template.ts'
import { isId } from '../../subject.ts'
import { allNames, eachName, masked, noteShown, type ReadExample, unreadNames } from './all-names.ts'

/** How names of an archive are to be read, as somebody proposed it. */
export interface LearntTemplate {
  readonly id: string
  readonly archiveId: string
  readonly template: string
  readonly directions: readonly (readonly [word: string, means: Direction | null])[]
  readonly read: number
  readonly of: number
  readonly otherwise: number
  readonly state: 'proposed' | 'approved' | 'refused'
  readonly proposedBy: { readonly id: string; readonly name: string }
  readonly proposedAt: Date
  readonly decidedBy?: string
  readonly decidedAt?: Date
}

/** Everything that was proposed for an archive, or waits in any, the newest first. For whoever may see it: ask the policy first. */
export async function learntTemplates(
  { store: { db } }: Pick<Ops, 'store'>,
  which: { readonly archiveId: string } | 'waiting',
): Promise<LearntTemplate[]> {
  if (which !== 'waiting' && !isId(which.archiveId)) return []
  const rows = await db
    .selectFrom('name_templates')
    .innerJoin('people as proposer', 'proposer.id', 'name_templates.proposed_by')
    .leftJoin('people as decider', 'decider.id', 'name_templates.decided_by')
    .selectAll('name_templates')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name'])
    .$if(which === 'waiting', (query) => query.where('approved', 'is', null))
    .$if(which !== 'waiting', (query) => query.where('archive_id', '=', (which as { archiveId: string }).archiveId))
    .orderBy('proposed_at', 'desc')
    .orderBy('name_templates.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    archiveId: row.archive_id,
    template: String(row.template['template']),
    directions: Object.entries((row.template['directions'] ?? {}) as Record<string, Direction | null>),
    read: row.read,
    of: row.of,
    otherwise: row.otherwise,
    state: row.approved === null ? 'proposed' : row.approved ? 'approved' : 'refused',
    proposedBy: { id: row.proposed_by, name: row.proposer_name },
    proposedAt: row.proposed_at,
    ...(row.decided_at !== null && { decidedAt: row.decided_at, decidedBy: row.decider_name ?? '' }),
  }))
}

/** One of them. Throws ActionError NOT_FOUND. */
export async function learntTemplate(ops: Pick<Ops, 'store'>, archiveId: string, id: string): Promise<LearntTemplate> {
  const found = (await learntTemplates(ops, { archiveId })).find((one) => one.id === id)
  if (found === undefined) throw notFound()
  return found
}

/** One of them with names that it reads now, masked, for whoever decides; that they were shown is written down. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readLearnt(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  id: string,
): Promise<{
  readonly archiveTitle: string
  readonly learnt: LearntTemplate
  readonly examples: readonly ReadExample[]
  readonly decides: boolean
}> {
  await askFirst(ops, actor, 'recording.see')
  const { title } = await archiveRow(ops, archiveId)
  const learnt = await learntTemplate(ops, archiveId, id)
  const names = await allNames(ops, archiveId)
  const trial = new TemplateTrial(proposedTemplate(learnt))
  await eachName(names, ({ path, named }) => trial.add(path, named))
  const shown = new Set(trial.examples.map(({ path }) => path))
  await noteShown(
    ops,
    actor,
    archiveId,
    names.filter(({ path }) => shown.has(path)).map(({ itemId }) => itemId),
  )
  const common = commonWords(await unreadNames(ops, archiveId, names))
  const decides = await allow(ops, actor, 'archive.approve_template', undefined, { proposedBy: learnt.proposedBy.id })
  return {
    archiveTitle: title,
    learnt,
    examples: masked(trial.examples, common),
    decides: learnt.state === 'proposed' && decides.allowed,
  }
}

/** Templates that wait for somebody else than this person proposed them. */
export async function templatesWaiting(
  ops: Ops,
  actor: Actor,
): Promise<{ readonly learnt: LearntTemplate; readonly archiveTitle: string }[]> {
  if (!couldEver(actor, 'archive.approve_template')) return []
  const waiting = (await learntTemplates(ops, 'waiting')).filter(({ proposedBy }) => proposedBy.id !== actor.id)
  return Promise.all(
    waiting.map(async (learnt) => ({ learnt, archiveTitle: (await archiveRow(ops, learnt.archiveId)).title })),
  )
}

/** What was proposed, as names are read by it. */
export function proposedTemplate({ template, directions }: LearntTemplate): NameTemplate {
  const kept = { id: 'tried', template, ...(directions.length > 0 && { directions: Object.fromEntries(directions) }) }
  return templatesFrom([kept])[0] as NameTemplate
}

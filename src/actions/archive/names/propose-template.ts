import { ActionError } from '../../action-error.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { contentsOf, keptTemplate } from '../kept-template.ts'
import { type MarkedName, mayMark, tried } from './marked-name.ts'

/**
 * Proposes that names of an archive are read as one was marked (law row E14). Nothing is read so until somebody else approves it. Gives its id. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND; NOT_VALID `marks`, `directions`; NOT_NOW `READS_NONE`, `ALREADY_PROPOSED`.
 */
export async function proposeTemplate(ops: Ops, actor: Actor, input: MarkedName): Promise<string> {
  await mayMark(ops, actor)
  const { shown, template } = await tried(ops, actor, input)
  const { trial, words = [], faults } = shown
  if (trial === undefined || template === undefined)
    throw new ActionError('NOT_VALID', 'marks', faults[0]?.says ?? 'Mark the parts of the name')
  if (words.some(([word]) => !input.directions.has(word)))
    throw new ActionError('NOT_VALID', 'directions', 'Say what each word for the direction means')
  if (trial.read === 0)
    throw new ActionError('NOT_NOW', 'READS_NONE', 'no name of this archive is read by this', 'mark the name again')
  const id = newId(ops.random)
  const kept = keptTemplate(`learnt-${id.slice(0, 8)}`, template)
  const contents = contentsOf(kept)
  const before = await ops.store.db
    .selectFrom('name_templates')
    .select('template')
    .where('archive_id', '=', input.archiveId)
    .where((eb) => eb.or([eb('approved', 'is', null), eb('approved', '=', true)]))
    .execute()
  if (before.some((one) => contentsOf(one.template) === contents))
    throw new ActionError('NOT_NOW', 'ALREADY_PROPOSED', 'the same is proposed or approved already', 'look at the list')
  const { read, of, otherwise } = trial
  await ops.journal.record({
    kind: 'template.proposed',
    actor: actor.id,
    details: { archive: input.archiveId, template: id, contents, read, of, otherwise },
  })
  await ops.store.db
    .insertInto('name_templates')
    .values({
      id,
      archive_id: input.archiveId,
      template: JSON.stringify(kept),
      read,
      of,
      otherwise,
      proposed_by: actor.id,
      proposed_at: ops.now(),
    })
    .execute()
  return id
}

import { ActionError } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { contentsOf, keptTemplate } from '../kept-template.ts'
import { learntTemplate, proposedTemplate } from './read-templates.ts'

/**
 * Approves that names of an archive are read as proposed, or refuses it; never whoever proposed it (law row E14). Used when the archive is matched next.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `TEMPLATE_DECIDED`.
 */
export async function decideTemplate(
  ops: Ops,
  actor: Actor,
  { archiveId, id, outcome }: { readonly archiveId: string; readonly id: string; readonly outcome: string },
): Promise<void> {
  const found = await learntTemplate(ops, archiveId, id).catch(() => undefined)
  const proposedBy = found?.proposedBy.id ?? 'nobody'
  await askFirst(ops, actor, 'archive.approve_template', { proposedBy })
  const learnt = found ?? (await learntTemplate(ops, archiveId, id))
  if (outcome !== 'approved' && outcome !== 'refused')
    throw new ActionError('NOT_VALID', 'outcome', 'Select whether file names are read this way')
  const decided = () => new ActionError('NOT_NOW', 'TEMPLATE_DECIDED', 'it is decided already', 'look at the list')
  if (learnt.state !== 'proposed') throw decided()
  const approved = outcome === 'approved'
  await ops.journal.record({
    kind: 'template.decided',
    actor: actor.id,
    details: {
      archive: archiveId,
      template: id,
      contents: contentsOf(keptTemplate(id, proposedTemplate(learnt))),
      proposed_by: proposedBy,
      approved,
    },
  })
  const { numUpdatedRows } = await ops.store.db
    .updateTable('name_templates')
    .set({ approved, decided_by: actor.id, decided_at: ops.now() })
    .where('id', '=', id)
    .where('approved', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw decided()
}

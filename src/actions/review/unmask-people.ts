import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { under } from './held-extract.ts'
import { readersOf } from './open-readers.ts'
import { withOpenExtract, type ExtractPart } from './with-open-extract.ts'
import { READING_ACT } from './purposes.ts'

/**
 * Shows the people of a group conversation by name, for as long as the extract stays open for whoever asked (law row G11). Logged before. Throws
 * ActionError NOT_ALLOWED, NOT_NOW `NOT_OPEN`, NOT_VALID `CONVERSATION`.
 */
export async function unmaskPeople(
  ops: Ops,
  actor: Actor,
  input: ExtractPart & { readonly thread: number },
): Promise<void> {
  const { extraction, compartment = 'main', thread } = input
  await mustAllow(ops, actor, READING_ACT[compartment], { of: 'extraction', id: extraction })
  await withOpenExtract(ops, actor, { extraction, compartment }, async ({ opening, held, view }) => {
    const people = Number.isSafeInteger(thread) ? view.peopleIn(thread) : 0
    if (people === 0) throw new ActionError('NOT_VALID', 'CONVERSATION', 'there is no such conversation')
    await ops.journal.record({
      kind: 'item.unmasked',
      actor: actor.id,
      ...under(held),
      details: { extract: extraction, session: opening.id, people },
    })
    const { unmasked } = await readersOf(ops).use(extraction)
    unmasked.set(opening.id, new Set([...(unmasked.get(opening.id) ?? []), thread]))
  })
}

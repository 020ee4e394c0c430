import { type DecisionView, readDecision, type Reasons, reasonFaults } from '../../../actions/index.ts'
import { field, type FieldError } from '../../form.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Visit } from '../../route.ts'
import { captionOf } from '../request/question.ts'

/** Reads the two reasons of a form. */
export function typedReasons(visit: Visit): Reasons {
  return { necessity: field(visit, 'necessity'), proportionality: field(visit, 'proportionality') }
}

/** What is wrong with them, as the page says it. */
export function reasonErrors(reasons: Reasons): FieldError[] {
  return reasonFaults(reasons).map(({ field: name, says }) => ({ field: name, text: says.replace(/\.$/, '') }))
}

/** The request, where this person may decide it now; otherwise the address of the page that says what became of it. */
export async function decidable(visit: Visit): Promise<{ view: DecisionView } | { redirect: string }> {
  const id = visit.params['request'] as string
  const view = await readDecision(visit.service.ops, visit.actor, id)
  if (view.status === 'submitted') return { view }
  const decided = view.whole.decisions.some(({ decided_by }) => decided_by === visit.actor.id)
  return { redirect: pathTo(decided ? PATHS.decisionDone : PATHS.decision, { request: id }) }
}

/** What every page of an outcome shows. */
export function outcomeView(view: DecisionView): Readonly<Record<string, unknown>> {
  return {
    caption: captionOf(view),
    back: pathTo(PATHS.decision, { request: view.id }),
    warnings: view.warnings,
    asked: { necessity: view.document.necessity, proportionality: view.document.proportionality },
  }
}

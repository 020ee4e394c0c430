import { ActionError, type OneHeld, readOneHeld } from '../../../actions/index.ts'
import { errorsView, type FieldError } from '../../form.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Answer, Visit } from '../../route.ts'
import { taggedWords } from './words.ts'

export function extractionOf({ params }: Pick<Visit, 'params'>): string {
  return params['extraction'] ?? ''
}

/** A page with a form about one holding: its title, the way back, and what is wrong. Without a view it is no page now, and leads back. */
export async function holdingPage(
  visit: Visit,
  {
    page,
    title,
    view,
  }: { page: string; title: (held: OneHeld) => string; view: (held: OneHeld) => object | undefined },
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const held = await readOneHeld(visit.service.ops, visit.actor, extractionOf(visit))
  const back = pathTo(PATHS.holding, { extraction: held.extraction })
  const more = view(held)
  if (more === undefined) return { redirect: back }
  return {
    page,
    status: errors.length > 0 ? 422 : 200,
    view: { title: title(held), back, tagged: taggedWords(held), ...more, ...errorsView(errors) },
  }
}

/**
 * What a form about a holding does: shown again where an answer is missing, or where the action would not take one (`at` says at which field);
 * otherwise done, and on to what `act` names, by default the holding.
 */
export async function actOnHolding(
  visit: Visit,
  form: {
    readonly errors: readonly FieldError[]
    readonly act: () => Promise<string | void>
    readonly show: (errors: readonly FieldError[]) => Promise<Answer>
    readonly at?: (error: ActionError) => FieldError
  },
): Promise<Answer> {
  if (form.errors.length > 0) return form.show(form.errors)
  try {
    const next = await form.act()
    return { redirect: next ?? pathTo(PATHS.holding, { extraction: extractionOf(visit) }) }
  } catch (error) {
    if (form.at === undefined || !(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
    return form.show([form.at(error)])
  }
}

/** What stands against a field that nobody filled in; nothing where somebody did. */
export function missing(value: string | undefined, field: string, text: string): FieldError[] {
  return value === undefined || value === '' ? [{ field, text }] : []
}

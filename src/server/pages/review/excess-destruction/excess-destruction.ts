import { ActionError, proposeExcessDestruction, readBeforeOpening, readExcessState } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** What becomes of the excess that was decided to go: asked for by whoever decided, approved by a second person, and what came of it (law rows B21, H14). */
export const excessDestructionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.excessDestruction,
    who: 'extract.see_excess',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.excessDestruction,
    who: 'extract.decide_excess',
    about: 'extraction',
    logs: ['destruction.proposed'],
    handle: async (visit) => {
      const extraction = visit.params['extraction'] ?? ''
      const reason = field(visit, 'reason')
      if (reason.trim() === '') return show(visit, [{ field: 'reason', text: 'Enter why they are to be destroyed' }])
      try {
        await proposeExcessDestruction(visit.service.ops, visit.actor, { extraction, reason })
      } catch (error) {
        const text = error instanceof ActionError ? ERRORS[error.reason] : undefined
        if (text === undefined) throw error
        return show(visit, [{ field: 'reason', text }])
      }
      return { redirect: pathTo(PATHS.excessDestruction, { extraction }) }
    },
  },
]

const ERRORS: Readonly<Record<string, string>> = {
  HELD: 'A hold is set on this extract: nothing of it may be destroyed until it is lifted',
  EVIDENCE: 'This extract must be kept as evidence: what is in it may be restricted, not destroyed',
  PROPOSED: 'A destruction is proposed already: a second person decides on it first',
  NOTHING_DECIDED: 'Nothing is decided to go: decide on the records first',
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const [about, state] = await Promise.all([
    readBeforeOpening(service.ops, actor, extraction, 'excess'),
    readExcessState(service.ops, actor, extraction),
  ])
  return {
    page: 'pages/review/excess-destruction/excess-destruction.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Destroy what was taken in excess',
      back: pathTo(PATHS.excessOpen, { extraction }),
      about,
      state,
      destructions: state.destructions.map((one) => ({
        ...one,
        href: pathTo(PATHS.destruction, { destruction: one.id }),
        why: one.failure === undefined ? undefined : failureWords(one.failure),
      })),
      mayPropose: state.toPropose > 0 && state.destructions.every((one) => ['done', 'refused'].includes(one.state)),
      reason: field(visit, 'reason'),
      ...errorsView(errors),
    },
  }
}

/** Why a part could not be destroyed yet. */
export function failureWords(code: string): string {
  if (code === 'HELD') return 'A hold is set. It goes on by itself when that is lifted.'
  if (code === 'EVIDENCE') return 'It must be kept as evidence.'
  if (code === 'NO_SPACE') return 'There is no room on the disk. It goes on by itself when there is.'
  return 'The extract could not be sealed anew. Whoever runs the service must look; it is tried again.'
}

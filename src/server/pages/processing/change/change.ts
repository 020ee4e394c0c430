import {
  changeProcessingFacts,
  FORCE_FACTS,
  type ForceFacts,
  forceFactsFaults,
  readProcessingRecord,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** What only the force can say of itself: DPA 2018 ss.42, 61(2) (law rows C10, C22). */
export const changeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.processingChange,
    who: 'processing.change',
    logs: [],
    handle: async ({ service: { ops }, actor }) => {
      const { versions } = await readProcessingRecord(ops, actor)
      return page(versions[0]?.facts ?? {}, String(versions[0]?.version ?? 0), [])
    },
  },
  {
    method: 'POST',
    path: PATHS.processingChange,
    who: 'processing.change',
    logs: ['processing.changed'],
    handle: async (visit) => {
      const facts = factsOf(visit)
      const seen = field(visit, 'seen')
      const errors = errorsFrom(forceFactsFaults(facts))
      if (errors.length > 0) return page(facts, seen, errors)
      await changeProcessingFacts(visit.service.ops, visit.actor, { seen: Number(seen), facts })
      return { redirect: PATHS.processing }
    },
  },
]

function factsOf(visit: Visit): ForceFacts {
  return Object.fromEntries(FORCE_FACTS.map(({ id }) => [id, field(visit, id)]))
}

function page(facts: ForceFacts, seen: string, errors: readonly FieldError[]): Answer {
  return {
    page: 'pages/processing/change/change.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Change what the force says',
      back: PATHS.processing,
      backText: 'Record of processing',
      seen,
      questions: FORCE_FACTS.map((fact) => ({ ...fact, value: facts[fact.id] ?? '' })),
      ...errorsView(errors),
    },
  }
}

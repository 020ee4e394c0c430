import { whoMay } from '../../../../access/index.ts'
import {
  type Actor,
  cancelExtraction,
  readExtraction,
  readProgress,
  sexualHistoryIn,
} from '../../../../actions/index.ts'
import type { Act } from '../../../../access/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { failureWords, STATE_WORDS, STOP_WORDS } from '../words.ts'
import { showByHand } from '../by-hand/show-by-hand.ts'
import { readClauses } from '../start/scope-words.ts'
import { findLinks } from '../../find/finds-in.ts'
import { sexualHistoryAlert } from '../../review/sexual-history/words.ts'
import { measureWords } from '../measure/words.ts'
import { figuresOf } from './figures.ts'

/** One extraction: how far it has come, or what came of it. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.extraction,
    who: 'extraction.see',
    about: 'extraction',
    logs: [],
    handle: async (visit) => {
      const {
        service: { ops },
        actor,
        params,
      } = visit
      const one = await readExtraction(ops, actor, params['extraction'] ?? '')
      if (one.state === 'looking' || one.state === 'recorded')
        return showByHand(visit, one, { start: isFor(actor, 'extraction.start'), give: isFor(actor, 'receipt.give') })
      const parameters = { extraction: one.id }
      const base = {
        title: one.fromArchive === undefined ? `Extraction from ${one.exhibit}` : `Recordings kept as ${one.exhibit}`,
        back: PATHS.extractions,
        one,
        word: STATE_WORDS[one.state],
        stop: pathTo(PATHS.extractionStop, parameters),
      }
      if (one.state === 'queued' || one.state === 'running')
        return {
          page: 'pages/extraction/show/running.njk',
          view: {
            ...base,
            progress: pathTo(PATHS.extractionProgress, parameters),
            mayStop: isFor(actor, 'extraction.cancel'),
          },
        }
      if (one.result === undefined)
        return {
          page: 'pages/extraction/show/ended.njk',
          view: {
            ...base,
            why: one.failure === undefined ? [STOP_WORDS[one.stop ?? 'person'], ''] : failureWords(one.failure),
            start: pathTo(PATHS.extractionStart, { request: one.requestId }),
            again:
              one.fromArchive === undefined &&
              isFor(actor, 'extraction.start') &&
              ['failed', 'cancelled'].includes(one.state),
          },
        }
      const figures = figuresOf(one.result)
      const sexualHistory = await sexualHistoryIn(ops, actor, one.caseId)
      return {
        page: 'pages/extraction/show/result.njk',
        view: {
          ...base,
          result: one.result,
          figures,
          measure: { taken: figures.taken, ...one.measure, says: measureWords(figures.taken, one.measure) },
          finds: await findLinks(ops, actor, one.id),
          sexualHistory: sexualHistory
            .filter(({ extraction }) => extraction === one.id)
            .map((found) => ({ says: sexualHistoryAlert(found) })),
          scope: readClauses(one.scope),
          receipt: pathTo(PATHS.receipt, parameters),
          mayGive: one.fromArchive === undefined && isFor(actor, 'receipt.give'),
        },
      }
    },
  },
  {
    method: 'GET',
    path: PATHS.extractionProgress,
    who: 'extraction.see',
    about: 'extraction',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const { state, progress, stop } = await readProgress(ops, actor, params['extraction'] ?? '')
      const { file = 0, files = 0, taken = 0 } = progress
      return {
        body: JSON.stringify({ state, file, files, taken, stopping: stop !== undefined }),
        type: 'application/json; charset=utf-8',
      }
    },
  },
  {
    method: 'POST',
    path: PATHS.extractionStop,
    who: 'extraction.cancel',
    about: 'extraction',
    logs: ['extraction.cancelled', 'extraction.called_off'],
    handle: async ({ service: { ops }, actor, params }) => {
      const id = params['extraction'] ?? ''
      await cancelExtraction(ops, actor, id)
      return { redirect: pathTo(PATHS.extraction, { extraction: id }) }
    },
  },
]

/** Whether one of a person's roles has a part in an act: what a page offers. The act itself asks the policy. */
export function isFor(actor: Actor, act: Act): boolean {
  const { members, anyone } = whoMay(act)
  return actor.roles.some((role) => members.includes(role) || anyone.includes(role))
}

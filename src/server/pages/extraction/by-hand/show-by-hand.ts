import { type Extraction, readByHand } from '../../../../actions/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Visit } from '../../../route.ts'
import { readClauses } from '../start/scope-words.ts'
import { capital, STATE_WORDS, STOP_WORDS } from '../words.ts'
import { MADE_WORDS, METHOD_WORDS, PRESENT_WORDS } from './words.ts'

/** An extraction by hand: that somebody is looking, or what came of it. `may`: what whoever asks could do. */
export async function showByHand(
  { service: { ops }, actor }: Visit,
  one: Extraction,
  may: { readonly start: boolean; readonly give: boolean },
): Promise<Answer> {
  const { method, begun, begunBy, stop, record, recordedBy } = await readByHand(ops, actor, one.id)
  const parameters = { extraction: one.id }
  const view = {
    title: `${one.exhibit}, looked at by hand`,
    back: PATHS.extractions,
    one,
    word: STATE_WORDS[one.state],
    how: METHOD_WORDS[method].text,
    begun,
    begunBy,
    stopped: stop && STOP_WORDS[stop],
    scope: readClauses(one.scope),
    mayStart: may.start,
  }
  if (record === undefined)
    return {
      page: 'pages/extraction/by-hand/looking.njk',
      view: { ...view, record: pathTo(PATHS.extractionRecord, parameters) },
    }
  return {
    page: 'pages/extraction/by-hand/recorded.njk',
    view: {
      ...view,
      record,
      recordedBy,
      present: record.present.map((who) => PRESENT_WORDS[who]),
      made: MADE_WORDS[method],
      // Several clauses may ask for one kind: the clause tells them apart.
      seen: record.seen.map(({ clause, kind, count }) => ({ clause, kind: capital(KIND_WORDS[kind]), count })),
      total: record.seen.reduce((sum, { count }) => sum + count, 0),
      receipt: pathTo(PATHS.receipt, parameters),
      mayGive: may.give,
      start: pathTo(PATHS.extractionStart, { request: one.requestId }),
      breach: PATHS.breachReport,
    },
  }
}

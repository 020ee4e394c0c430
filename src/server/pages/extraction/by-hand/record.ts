import {
  type HandFault,
  handFaults,
  PRESENT,
  readByHand,
  type ReadByHand,
  readExtraction,
  recordByHand,
  type SaidByHand,
} from '../../../../actions/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { errorsView, field, fields, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { momentGiven, whenOf } from '../../device/when.ts'
import { readClauses } from '../start/scope-words.ts'
import { capital, STOP_WORDS } from '../words.ts'
import { MADE_WORDS, METHOD_WORDS, PRESENT_WORDS } from './words.ts'

/** What was seen, in numbers, by whoever looked. */
export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.extractionRecord,
    who: 'extraction.start',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.extractionRecord,
    who: 'extraction.start',
    about: 'extraction',
    logs: ['extraction.recorded_by_hand'],
    handle: async (visit) => {
      const { service, actor, params, now } = visit
      const id = params['extraction'] ?? ''
      const one = await readByHand(service.ops, actor, id)
      const moment = momentGiven(whenOf(visit), now)
      const said = saidIn(visit, one, 'at' in moment ? moment.at : now)
      const { method, begun: from, asked } = one
      const errors: FieldError[] = [
        ...('errors' in moment ? moment.errors : []),
        ...handFaults(said, { asked: asked.length, method, from, now }).map((fault) => errorOf(visit, one, fault)),
        ...(field(visit, 'beside') === '' ? [{ field: 'beside', text: 'Select whether anything else was seen' }] : []),
      ].sort((a, b) => placeOf(a) - placeOf(b))
      if (errors.length > 0) return show(visit, errors)
      await recordByHand(service.ops, actor, id, said)
      return { redirect: pathTo(PATHS.extraction, { extraction: id }) }
    },
  },
]

/** What the form says. A number that is none is NaN, and its field says so. */
function saidIn(visit: Visit, { asked, method }: ReadByHand, to: Date): SaidByHand {
  const number = (name: string) => (/^\d{1,7}$/.test(field(visit, name)) ? Number(field(visit, name)) : Number.NaN)
  const present = fields(visit, 'present')
  return {
    to,
    present: PRESENT.filter((who) => present.includes(who)),
    counts: asked.map((_, at) => number(`counts-${at}`)),
    excess: field(visit, 'beside') === 'yes' ? number('excess') : 0,
    pictures: method === 'screen' ? 0 : number('pictures'),
    keptAs: field(visit, 'keptAs'),
    nothingElse: field(visit, 'nothingElse') === 'yes',
  }
}

/** A fault at its field: the moment has several, and counts are told apart by what is counted. */
function errorOf(visit: Visit, { asked }: ReadByHand, { field: name, says }: HandFault): FieldError {
  if (name === 'to') return { field: field(visit, 'when') === 'earlier' ? 'when-day' : 'when', text: says }
  const want = asked[Number(/^counts-(\d+)$/.exec(name)?.[1])]
  return {
    field: name,
    text: want === undefined ? says : `${capital(KIND_WORDS[want.kind])} of ${want.clause}: ${says}`,
  }
}

/** The order of the questions on the page: errors are listed in it. */
const ORDER = ['when', 'present', 'counts', 'beside', 'excess', 'pictures', 'keptAs', 'nothingElse']

function placeOf({ field: name }: FieldError): number {
  return ORDER.indexOf(name.split('-')[0] ?? '')
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const id = params['extraction'] ?? ''
  const [one, { method, begun, stop, asked, record }] = await Promise.all([
    readExtraction(service.ops, actor, id),
    readByHand(service.ops, actor, id),
  ])
  const back = pathTo(PATHS.extraction, { extraction: id })
  if (record !== undefined) return { redirect: back }
  const clauses = readClauses(one.scope)
  const present = fields(visit, 'present')
  return {
    page: 'pages/extraction/by-hand/record.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `What was seen on ${one.exhibit}`,
      back,
      reference: one.reference,
      begun,
      how: METHOD_WORDS[method].text,
      stopped: stop && STOP_WORDS[stop],
      makes: method !== 'screen',
      made: MADE_WORDS[method],
      when: whenOf(visit),
      clauses: one.scope.map((clause, at) => ({
        id: clause.id,
        ...clauses[at],
        counts: asked.flatMap((want, index) =>
          want.clause === clause.id
            ? [
                {
                  name: `counts-${index}`,
                  text: capital(KIND_WORDS[want.kind]),
                  value: field(visit, `counts-${index}`),
                },
              ]
            : [],
        ),
      })),
      present: PRESENT.map((value) => ({ value, text: PRESENT_WORDS[value], checked: present.includes(value) })),
      values: Object.fromEntries(
        ['beside', 'excess', 'pictures', 'keptAs', 'nothingElse'].map((name) => [name, field(visit, name)]),
      ),
      ...errorsView(errors),
    },
  }
}

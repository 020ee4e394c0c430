import { ActionError, beginByHand, HAND_METHODS, readBeginByHand } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { scopeOf } from '../start/scope-words.ts'
import { capital } from '../words.ts'
import { METHOD_WORDS, NAMED_WORDS } from './words.ts'

/** The other way to extract: somebody looks at the device. What for, and whether they may, was decided before (law row B10). */
export const beginRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.extractionByHand,
    who: 'extraction.start',
    about: 'request',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.extractionByHand,
    who: 'extraction.start',
    about: 'request',
    logs: ['extraction.begun_by_hand'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const requestId = params['request'] ?? ''
      const { named } = await readBeginByHand(service.ops, actor, requestId)
      const method = HAND_METHODS.find((one) => one === field(visit, 'method'))
      const errors: FieldError[] = [
        ...(method === undefined ? [{ field: 'method', text: 'Select how you look at it' }] : []),
        ...named.flatMap((name) =>
          field(visit, name) === ''
            ? [{ field: name, text: `Enter the ${NAMED_WORDS[name].text.replace(/^[SE]/, lower)}` }]
            : [],
        ),
      ]
      if (method === undefined || errors.length > 0) return show(visit, errors)
      const [serial, imei, exhibit] = [field(visit, 'serial'), field(visit, 'imei'), field(visit, 'exhibit')]
      try {
        const id = await beginByHand(service.ops, actor, {
          requestId,
          method,
          device: { serial, imei: [imei], exhibit },
        })
        return { redirect: pathTo(PATHS.extraction, { extraction: id }) }
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        return show(visit, [{ field: named[0] ?? 'exhibit', text: `${capital(error.message)}: ${error.hint}` }])
      }
    },
  },
]

const lower = (letter: string) => letter.toLowerCase()

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const requestId = params['request'] ?? ''
  const { grant, named } = await readBeginByHand(service.ops, actor, requestId)
  return {
    page: 'pages/extraction/by-hand/begin.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Look at ${grant.device.exhibit} by hand`,
      back: pathTo(PATHS.extractionStart, { request: requestId }),
      reference: grant.request.reference,
      validUntil: grant.validUntil,
      scope: scopeOf(grant.envelope),
      methods: HAND_METHODS.map((value) => ({
        value,
        text: METHOD_WORDS[value].text,
        hint: { text: METHOD_WORDS[value].hint },
        checked: field(visit, 'method') === value,
      })),
      named: named.map((name) => ({ name, ...NAMED_WORDS[name], value: field(visit, name) })),
      ...errorsView(errors),
    },
  }
}

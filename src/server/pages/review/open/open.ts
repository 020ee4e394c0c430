import {
  ActionError,
  closeExtract,
  liveOpening,
  openExtract,
  PURPOSES,
  purposesFor,
  readBeforeOpening,
} from '../../../../actions/index.ts'
import type { Compartment } from '../../../../review/index.ts'
import { errorsView, field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { findLinks } from '../../find/finds-in.ts'
import { PLACES } from '../reading.ts'

const TITLES: Readonly<Record<Compartment, string>> = {
  main: 'Open an extract',
  privileged: 'Open what may be privileged',
  excess: 'Open what was taken in excess',
}

/** Where somebody says for what they open an extract, and where they close it. */
export const openRoutes: readonly Route[] = (['main', 'privileged', 'excess'] as const).flatMap((compartment) => {
  const who = ({ main: 'extract.open', privileged: 'extract.see_privileged', excess: 'extract.see_excess' } as const)[
    compartment
  ]
  return [
    {
      method: 'GET',
      path: PLACES[compartment].open,
      who,
      about: 'extraction',
      logs: [],
      handle: (visit) => show(visit, compartment),
    },
    {
      method: 'POST',
      path: PLACES[compartment].open,
      who,
      about: 'extraction',
      logs: ['extract.opened'],
      handle: (visit) => open(visit, compartment),
    },
    {
      method: 'POST',
      path: PLACES[compartment].close,
      // Whoever has it open may close it, whatever else they may by now.
      who: 'signed-in',
      logs: ['extract.closed'],
      handle: async ({ service, actor, params }) => {
        await closeExtract(service.ops, actor, { extraction: params['extraction'] ?? '', compartment })
        return { redirect: '/' }
      },
    },
  ] satisfies Route[]
})

async function show(visit: Visit, compartment: Compartment): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const live = await liveOpening(service.ops, actor, extraction, compartment)
  if (live !== undefined && visit.query['again'] === undefined)
    return { redirect: pathTo(PLACES[compartment].read, { extraction }) }
  return form(visit, compartment)
}

async function open(visit: Visit, compartment: Compartment): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const purpose = field(visit, 'purpose')
  try {
    await openExtract(service.ops, actor, { extraction, purpose, compartment })
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const text = ERRORS[error.reason]
    if (text === undefined) throw error
    return form(visit, compartment, purpose, text)
  }
  return { redirect: pathTo(PLACES[compartment].read, { extraction }) }
}

const ERRORS: Readonly<Record<string, string>> = {
  PURPOSE: 'Choose why you are opening it',
  RESTRICTED: 'This extract is restricted and may not be opened for that',
  FIND_WAITS:
    'Something else came to light, and it may not be opened for that until an authorising officer has decided',
  WITHDRAWN: 'The device user has withdrawn their agreement, and it may not be opened for that',
}

async function form(visit: Visit, compartment: Compartment, chosen = '', error?: string): Promise<Answer> {
  const { service, actor, params } = visit
  const about = await readBeforeOpening(service.ops, actor, params['extraction'] ?? '', compartment)
  const errors = error === undefined ? [] : [{ field: 'purpose', text: error }]
  return {
    page: 'pages/review/open/open.njk',
    status: error === undefined ? 200 : 422,
    view: {
      title: TITLES[compartment],
      about,
      back: '/',
      backText: 'Waiting for you',
      compartment,
      finds: about.stopped ? await findLinks(service.ops, actor, about.extraction) : [],
      purposes: purposesFor(actor, compartment)
        .filter(
          ({ restricted, withdrawn, despiteFind }) =>
            (!about.restricted || restricted) && (!about.withdrawn || withdrawn) && (!about.stopped || despiteFind),
        )
        .map(({ id, says, hint }) => ({ value: id, text: says, hint: { text: hint }, checked: id === chosen })),
      anyPurpose: PURPOSES.length,
      going: compartment === 'excess' ? pathTo(PATHS.excessDestruction, { extraction: about.extraction }) : undefined,
      ...errorsView(errors),
    },
  }
}

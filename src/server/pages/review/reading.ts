import { ActionError, type OpenExtract, withOpenExtract } from '../../../actions/index.ts'
import type { Compartment } from '../../../review/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Answer, Visit } from '../../route.ts'
import { doneWords } from './done-words.ts'

/** Where a compartment is opened, read and closed. */
export const PLACES = {
  main: { open: PATHS.extractOpen, read: PATHS.review, close: PATHS.extractClose, file: PATHS.reviewFile },
  privileged: {
    open: PATHS.privilegedOpen,
    read: PATHS.privileged,
    close: PATHS.privilegedClose,
    file: PATHS.privilegedFile,
  },
  excess: { open: PATHS.excessOpen, read: PATHS.excess, close: PATHS.excessClose, file: PATHS.excessFile },
} as const

const TABS = [
  ['Overview', PATHS.review],
  ['Conversations', PATHS.reviewConversations],
  ['Timeline', PATHS.reviewTimeline],
  ['Pictures', PATHS.reviewGallery],
  ['Map', PATHS.reviewMap],
  ['Calls', PATHS.reviewCalls],
  ['Contacts', PATHS.reviewContacts],
  ['Search', PATHS.reviewSearch],
] as const

/** A page of an open extract. Whoever has it not open, or no more, is led to where they say for what they open it. */
export async function reading(
  visit: Visit,
  compartment: Compartment,
  page: (open: OpenExtract) => Promise<Answer>,
): Promise<Answer> {
  const extraction = visit.params['extraction'] ?? ''
  try {
    return await withOpenExtract(visit.service.ops, visit.actor, { extraction, compartment }, page)
  } catch (error) {
    if (error instanceof ActionError && error.reason === 'NOT_OPEN')
      return { redirect: pathTo(PLACES[compartment].open, { extraction }) }
    if (error instanceof ActionError && error.reason === 'PREPARING' && visit.request.method === 'GET')
      return { page: 'pages/review/preparing.njk', view: { title: 'The extract is being made ready' } }
    throw error
  }
}

/** What every page of an open extract shows around what it is about. `path` is the line of the menu that it belongs to. */
export function frame(visit: Visit, { held, opening }: OpenExtract, path?: string) {
  const { extraction, compartment } = opening
  return {
    frame: {
      exhibit: held.exhibit,
      caseReference: held.caseReference,
      endsAt: opening.endsAt,
      close: pathTo(PLACES[compartment].close, { extraction }),
      compartment,
      tabs:
        compartment === 'main'
          ? TABS.map(([text, to]) => ({ text, href: pathTo(to, { extraction }), active: to === path }))
          : [],
      examined: pathTo(PATHS.reviewSearches, { extraction }),
      somethingElse: compartment === 'main' ? pathTo(PATHS.findReport, { extraction }) : undefined,
      tag: pathTo(PATHS.reviewTag, { extraction }),
      here: visit.request.url,
    },
    done: doneWords(visit.query),
    notDone: NOT_DONE[visit.query['done'] ?? ''],
  }
}

const NOT_DONE: Readonly<Record<string, string>> = {
  nothing: 'Nothing was tagged. Tick the records first, then choose a tag.',
}

import { ActionError, approveKeep, readKeep, reasonFaults, refuseKeep } from '../../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { keepTitle, named } from '../show/show.ts'
import { KEEP_WORDS, keepFacts } from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  approved: 'Your approval is recorded and signed. The recordings are being sealed for the case.',
  refused: 'Your refusal is recorded. The recordings stay in the archive.',
}
const NOTHING = { outcome: '', necessity: '', proportionality: '', reason: '' }

/** Where an authorising officer decides whether recordings are kept for a case; never whoever proposed it, nor the officer in the case (law rows E14, H3). */
export const decideKeepRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.keepDecide,
    who: 'recording.allow_keep',
    about: 'keep',
    logs: [],
    handle: (visit) => form(visit, NOTHING, []),
  },
  {
    method: 'POST',
    path: PATHS.keepDecide,
    who: 'recording.allow_keep',
    about: 'keep',
    logs: ['authorisation.granted', 'recording.keep_approved', 'recording.keep_refused'],
    handle: decide,
  },
]

async function decide(visit: Visit): Promise<Answer> {
  const { service, actor, params } = visit
  const { keep } = named(params)
  const given = {
    outcome: field(visit, 'outcome'),
    necessity: field(visit, 'necessity'),
    proportionality: field(visit, 'proportionality'),
    reason: field(visit, 'reason'),
  }
  const faults = faultsOf(given)
  if (faults.length > 0) return form(visit, given, faults)
  try {
    if (given.outcome === 'approve') await approveKeep(service.ops, actor, keep, given)
    else await refuseKeep(service.ops, actor, keep, given)
  } catch (error) {
    if (!(error instanceof ActionError) || !['NOT_KEEPABLE', 'CASE_CLOSED'].includes(error.reason)) throw error
    return form(visit, given, [
      { field: 'outcome', text: `${capital(error.message)}. Refuse it, and have it proposed anew` },
    ])
  }
  return {
    redirect: `${pathTo(PATHS.keepDecide, named(params))}?done=${given.outcome === 'approve' ? 'approved' : 'refused'}`,
  }
}

function faultsOf(given: typeof NOTHING): FieldError[] {
  switch (given.outcome) {
    case 'approve':
      return errorsFrom(reasonFaults(given))
    case 'refuse':
      return given.reason === '' ? [{ field: 'reason', text: 'Enter why they are not kept for the case' }] : []
    default:
      return [{ field: 'outcome', text: 'Select whether they are kept for the case' }]
  }
}

async function form(visit: Visit, given: typeof NOTHING, errors: readonly FieldError[]): Promise<Answer> {
  const { archive, keep: id } = named(visit.params)
  const keep = await readKeep(visit.service.ops, visit.actor, archive, id)
  return {
    page: 'pages/archive/keep/decide/decide.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: keep.state === 'proposed' ? `Decide: ${keepTitle(keep)}` : keepTitle(keep),
      caption: keep.archiveTitle,
      back: PATHS.home,
      backText: 'Waiting for you',
      done: DONE[visit.query['done'] ?? ''],
      keep,
      facts: keepFacts(keep),
      tag: KEEP_WORDS[keep.state],
      grant: keep.requestId && pathTo(PATHS.decision, { request: keep.requestId }),
      given,
      ...errorsView(errors),
    },
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

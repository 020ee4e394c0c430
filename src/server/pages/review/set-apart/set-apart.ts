import {
  ActionError,
  decideExcess,
  decidePrivilege,
  type OpenExtract,
  readDecided,
  showRecords,
} from '../../../../actions/index.ts'
import { errorsView, field, fields } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { withDone } from '../done-words.ts'
import { beside, cursorOf } from '../filter-fields.ts'
import { frame, PLACES, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'

const PER_PAGE = 25

const QUEUES = {
  privileged: {
    see: 'extract.see_privileged',
    decide: 'extract.decide_privileged',
    logs: 'item.privilege_decided',
    act: decidePrivilege,
    title: 'What may be privileged',
    lead: 'Set apart by whoever reviews this extract. Nobody but counsel sees it, or how much there is.',
    outcomes: [
      { value: 'privileged', text: 'Keep apart as privileged', warning: true },
      { value: 'not-privileged', text: 'Give back as not privileged' },
    ],
    empty: 'Nothing waits for a decision of yours. You can close the extract.',
  },
  excess: {
    see: 'extract.see_excess',
    decide: 'extract.decide_excess',
    logs: 'item.excess_decided',
    act: decideExcess,
    title: 'What was taken in excess',
    lead: 'Set apart because the authorisation did not ask for it. Nobody who reviews the extract sees it.',
    outcomes: [
      { value: 'destroy', text: 'Mark for destruction', warning: true },
      { value: 'restrict', text: 'Keep apart, restricted' },
    ],
    empty: 'Nothing is set apart as taken in excess. You can close the extract.',
  },
} as const

/** The queues of what was set apart, each for those alone whose part it is to decide (law rows G1, H10, B21). */
export const setApartRoutes: readonly Route[] = (['privileged', 'excess'] as const).flatMap((compartment) => {
  const { see, decide, logs } = QUEUES[compartment]
  return [
    {
      method: 'GET',
      path: PLACES[compartment].read,
      who: see,
      about: 'extraction',
      logs: ['item.viewed'],
      handle: (visit) => reading(visit, compartment, (open) => show(visit, open, compartment)),
    },
    {
      method: 'POST',
      path: PLACES[compartment].read,
      who: decide,
      about: 'extraction',
      logs: [logs],
      handle: (visit) => act(visit, compartment),
    },
  ] satisfies Route[]
})

async function show(
  visit: Visit,
  open: OpenExtract,
  compartment: 'privileged' | 'excess',
  errors: readonly { field: string; text: string }[] = [],
): Promise<Answer> {
  const { extraction } = open.opening
  const { title, lead, outcomes, empty } = QUEUES[compartment]
  const page = open.view.page({}, PER_PAGE, cursorOf(visit))
  await showRecords(visit.service.ops, visit.actor, open, 'timeline', page.items)
  const by = await readDecided(visit.service.ops, open)
  const names = new Names(open)
  const path = pathTo(PLACES[compartment].read, { extraction })
  return {
    page: 'pages/review/set-apart/set-apart.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      ...frame(visit, open),
      title,
      lead,
      outcomes,
      empty,
      isAllDecided: page.total > 0 && by.size >= page.total,
      total: page.total,
      records: page.items.map((item) => {
        const shown = shownRecord(open, item, { names, whole: true })
        const decided = DECIDED[by.get(item.record.id) ?? '']
        // What was decided takes the place of what it was decided about.
        return decided === undefined
          ? shown
          : {
              ...shown,
              tags: [{ text: decided, colour: 'grey' }, ...shown.tags.filter(({ id }) => id !== compartment)],
            }
      }),
      action: path,
      going: compartment === 'excess' ? pathTo(PATHS.excessDestruction, { extraction }) : undefined,
      links: beside(path, {}, page),
      ...errorsView(errors),
    },
  }
}

const ERRORS: Readonly<Record<string, string>> = {
  NOT_VALID: 'Tick at least one record, and say what you decide',
  PROPOSED: 'The destruction of some of these is proposed already: a second person decides on it first',
}

const DECIDED: Readonly<Record<string, string>> = {
  privileged: 'Decided: privileged',
  destroy: 'Decided: to be destroyed',
  restrict: 'Decided: restricted',
}

async function act(visit: Visit, compartment: 'privileged' | 'excess'): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const [records, outcome] = [[...new Set(fields(visit, 'record'))], field(visit, 'outcome')]
  try {
    await QUEUES[compartment].act(service.ops, actor, { extraction, records, outcome })
  } catch (error) {
    const text = error instanceof ActionError ? (ERRORS[error.reason] ?? ERRORS[error.code]) : undefined
    if (text === undefined) throw error
    return reading(visit, compartment, (open) => show(visit, open, compartment, [{ field: 'records', text }]))
  }
  const done = outcome === 'privileged' ? 'stays-privileged' : (outcome as 'not-privileged' | 'destroy' | 'restrict')
  return { redirect: withDone(pathTo(PLACES[compartment].read, { extraction }), done, records.length) }
}

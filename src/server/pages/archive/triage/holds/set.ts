import { holdFaults, type NewHold, notFound, readArchive, setArchiveHold } from '../../../../../actions/index.ts'
import { HELD_THINGS } from '../../../../../recordings/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { outcomeOf } from '../../../../not-taken.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { HELD_WORDS } from '../words.ts'

const ASKED: Readonly<Record<string, { readonly label: string; readonly hint?: string; readonly numeric?: true }>> = {
  device: {
    label: 'Which phone?',
    hint: 'The number that this archive gives it, for example 12 for phone 12',
    numeric: true,
  },
  holder: { label: 'Who held it?', hint: 'The collar or staff number, as the registers write it' },
  number: { label: 'Which number?', hint: 'On either side of the call, with its area or country code' },
  case: { label: 'Which case?', hint: 'Its reference, as the registers write it' },
}

/** Somebody sets a hold: at once nothing under it may be destroyed (law rows D9, E14). From a recording's page it is on that one. */
export const setHoldRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveHoldNew,
    who: 'archive.hold',
    logs: [],
    handle: async (visit) => page(visit, { on: '', target: '', reasons: '' }, [], visit.query['item']),
  },
  {
    method: 'POST',
    path: PATHS.archiveHoldNew,
    who: 'archive.hold',
    logs: ['archive.hold_set'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const archive = params['archive'] ?? ''
      const item = field(visit, 'item')
      const on = item === '' ? field(visit, 'on') : 'item'
      const hold: NewHold = { on, target: item === '' ? field(visit, on) : item, reasons: field(visit, 'reasons') }
      // Each thing has a field of its own: what is wrong with the target stands beside the one that was filled in.
      const fieldOf = (fault: string) => (fault === 'target' ? on : fault)
      const errors = errorsFrom(holdFaults(hold), fieldOf)
      if (errors.length > 0) return page(visit, hold, errors, item)
      const { came, not } = await outcomeOf(() => setArchiveHold(service.ops, actor, archive, hold), fieldOf)
      if (not !== undefined) return page(visit, hold, not.errors, item)
      if (item !== '') return { redirect: `${pathTo(PATHS.recording, { archive, item })}?done=held` }
      return { redirect: `${pathTo(PATHS.archiveHolds, { archive })}?set=${came.recordings}` }
    },
  },
]

async function page(
  { service, params }: Visit,
  values: NewHold,
  errors: readonly FieldError[],
  item = '',
): Promise<Answer> {
  const archive = params['archive'] ?? ''
  const about = await readArchive(service.ops, archive)
  if (about === undefined) throw notFound()
  const isOfItem = /^[0-9a-f]{32}$/.test(item)
  return {
    page: 'pages/archive/triage/holds/set.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: isOfItem ? 'Set a hold on this recording' : 'Set a hold on recordings',
      caption: about.title,
      back: isOfItem ? pathTo(PATHS.recording, { archive, item }) : pathTo(PATHS.archiveHolds, { archive }),
      item: isOfItem ? item : '',
      things: HELD_THINGS.filter((on) => on !== 'item').map((on) => ({
        value: on,
        text: HELD_WORDS[on],
        checked: values.on === on,
        asked: ASKED[on],
        target: values.on === on ? values.target : '',
      })),
      values,
      ...errorsView(errors),
    },
  }
}

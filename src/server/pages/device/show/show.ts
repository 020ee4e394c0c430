import { may, type Act } from '../../../../access/index.ts'
import { adjustmentsOf, allow, type DeviceView, lastSeal, readDevice } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { clockTag } from '../../case/words.ts'
import {
  ADJUSTMENT_WORDS,
  GAP_WORDS,
  KIND_WORDS,
  MOVE_WORDS,
  NOT_NOTED,
  PROVIDER_WORDS,
  RECIPIENT_WORDS,
  ROLE_WORDS,
  USER_IS_WORDS,
} from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  received: 'The device is received. Its 24 hours have begun.',
  moved: 'The move is recorded.',
  lent: 'It is recorded that a phone was lent.',
  'loan-returned': 'It is recorded that the phone that was lent came back.',
  returned: 'The device is returned.',
  role: 'The role is changed. What it was before stays on record.',
}

/** One device: whose it is, for how long it has been held, and where it was. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.device,
    who: 'case.see',
    about: 'device',
    logs: [],
    handle: async ({ service, actor, params, query }) => {
      const view = await readDevice(service.ops, actor, params['device'] ?? '')
      const { device, clock } = view
      const about = { of: 'device', id: device.id } as const
      // What somebody may not do is not offered.
      const memberOf = (await allow(service.ops, actor, 'device.move', about)).allowed
      const can = (act: Act) => may(actor, act, { memberOf, stepUp: true }).allowed
      const to = (path: string) => pathTo(path, { device: device.id })
      const held = clock.state !== 'returned'
      return {
        page: 'pages/device/show/show.njk',
        view: {
          title: `Device ${device.exhibit}`,
          back: pathTo(PATHS.case, { case: view.caseId }),
          backText: `Case ${view.caseReference}`,
          done: DONE[query['done'] ?? ''],
          clock,
          tag: clockTag(clock.state),
          facts: factsOf(view),
          entries: entriesOf(view),
          loan: view.events.findLast(({ kind }) => kind === 'loan_given')?.about,
          links: {
            ...(held && can('device.move') && { move: to(PATHS.deviceMove) }),
            ...(held && !clock.loan && can('device.move') && { lend: to(PATHS.deviceLend) }),
            ...(clock.loan && can('device.move') && { loanReturned: to(PATHS.deviceLoanReturned) }),
            ...(held && can('device.return') && { giveBack: to(PATHS.deviceReturn) }),
            ...(!view.caseClosed && can('request.write') && { write: pathTo(PATHS.requestNew, { case: view.caseId }) }),
            ...(!view.caseClosed && can('device.receive') && { role: to(PATHS.deviceRole) }),
          },
        },
      }
    },
  },
]

function factsOf({ device, events, clock }: DeviceView): { key: string; value: string; change?: 'role' }[] {
  const adjustments = adjustmentsOf(device.adjustments).map((word) => ADJUSTMENT_WORDS[word])
  const lines: [key: string, value: string | null, change?: 'role'][] = [
    ...(clock.state === 'returned'
      ? []
      : ([
          ['Where it is now', events.findLast(({ kind }) => kind === 'received' || kind === 'moved')?.place ?? null],
          ['Seal', lastSeal(events) ?? NOT_NOTED],
        ] satisfies [string, string | null][])),
    ['Kind of device', KIND_WORDS[device.device_kind]],
    ['What it looks like', device.description],
    ['Serial number', device.serial || NOT_NOTED],
    ['IMEI', device.imei || NOT_NOTED],
    ['Device user', device.user_name],
    ['Others who use it', device.other_users],
    ['Who they are in the case', ROLE_WORDS[device.user_role as keyof typeof ROLE_WORDS] ?? device.user_role, 'role'],
    ['Age, and whether they can decide', USER_IS_WORDS[device.user_is]],
    ['Assessment of capacity', device.capacity_assessment],
    ['Owner', device.owner_name ?? 'Not known'],
    ['Handed over by', [PROVIDER_WORDS[device.provided_by], device.provider_name].filter(Boolean).join(': ')],
    ['Condition when received', device.condition],
    ['What helps them', [...adjustments, device.adjustments_note].filter(Boolean).join('. ')],
  ]
  return lines
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value, change]) => ({ key, value: value ?? '', ...(change && { change }) }))
}

/** The custody record, the newest first, each entry in a sentence. */
function entriesOf({ events, names, gaps }: DeviceView) {
  return events.toReversed().map((event) => ({
    says: says(event),
    who: names[event.person_id] ?? event.person_id,
    at: event.happened_at,
    place: event.place,
    sealFound: event.seal_found,
    seal: event.seal,
    condition: event.kind === 'received' ? null : event.condition,
    gaps: gaps.filter(({ entry }) => entry === event.id).map(({ code }) => GAP_WORDS[code]),
  }))
}

function says({ kind, about }: DeviceView['events'][number]): string {
  const word = about ?? ''
  if (kind === 'received') return `Received from ${lower(PROVIDER_WORDS[word as keyof typeof PROVIDER_WORDS])}`
  if (kind === 'moved') return `Moved ${lower(MOVE_WORDS[word as keyof typeof MOVE_WORDS])}`
  if (kind === 'loan_given') return `Phone lent: ${word}`
  if (kind === 'loan_returned') return `Phone that was lent came back: ${word}`
  return `Returned to ${lower(RECIPIENT_WORDS[word as keyof typeof RECIPIENT_WORDS])}`
}

function lower(text: string | undefined): string {
  return text === undefined ? '' : `${text[0]?.toLowerCase()}${text.slice(1)}`
}

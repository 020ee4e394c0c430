import {
  ActionError,
  type DeviceAnswers,
  dropDraft,
  PROVIDERS,
  readCase,
  readDraft,
  receiveDevice,
  saveDraft,
} from '../../../../actions/index.ts'
import { errorsView, field, fields, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { momentGiven, whenOf } from '../when.ts'
import { ADJUSTMENT_WORDS, choices, KIND_WORDS, PROVIDER_WORDS, ROLE_WORDS, USER_IS_WORDS } from '../words.ts'
import { summary } from './summary.ts'
import { firstOpen, list, type Step, STEPS, text } from './steps.ts'

/** Receives a device: a page a question, kept in a draft, then all answers on one page. */
export const newRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.deviceNew,
    who: 'device.receive',
    about: 'case',
    logs: [],
    handle: async (visit) => {
      const answers = await readDraft(visit.service.ops, visit.actor, caseOf(visit))
      const open = firstOpen(answers)
      if (open !== undefined) return { redirect: stepPath(visit, open.id) }
      return checkPage(visit, answers, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.deviceNew,
    who: 'device.receive',
    about: 'case',
    logs: ['device.received'],
    handle: async (visit) => {
      const { ops } = visit.service
      const answers = await readDraft(ops, visit.actor, caseOf(visit))
      const open = firstOpen(answers)
      if (open !== undefined) return { redirect: stepPath(visit, open.id) }
      try {
        const id = await receiveDevice(ops, visit.actor, deviceOf(caseOf(visit), answers))
        await dropDraft(ops, visit.actor, caseOf(visit))
        return { redirect: `${pathTo(PATHS.device, { device: id })}?done=received` }
      } catch (error) {
        if (error instanceof ActionError && error.reason === 'EXHIBIT_TAKEN')
          return checkPage(visit, answers, [
            { field: 'change-phone', text: 'This case has an exhibit with this mark. Change it' },
          ])
        throw error
      }
    },
  },
  {
    method: 'GET',
    path: PATHS.deviceNewStep,
    who: 'device.receive',
    about: 'case',
    logs: [],
    handle: async (visit) => {
      const step = stepOf(visit)
      if (step === undefined) return { redirect: pathTo(PATHS.deviceNew, { case: caseOf(visit) }) }
      return stepPage(visit, step, await readDraft(visit.service.ops, visit.actor, caseOf(visit)), [])
    },
  },
  {
    method: 'POST',
    path: PATHS.deviceNewStep,
    who: 'device.receive',
    about: 'case',
    logs: [],
    handle: async (visit) => {
      const step = stepOf(visit)
      if (step === undefined) return { redirect: pathTo(PATHS.deviceNew, { case: caseOf(visit) }) }
      const { ops } = visit.service
      const before = await readDraft(ops, visit.actor, caseOf(visit))
      const { given, errors: fromWhen } = answersOf(visit, step)
      const errors = [...fromWhen, ...step.faults({ ...before, ...given })]
      if (errors.length > 0) return stepPage(visit, step, { ...before, ...given }, firstOfEach(errors))
      await saveDraft(ops, visit.actor, caseOf(visit), { ...given, [`${step.id}-answered`]: 'yes' })
      return { redirect: pathTo(PATHS.deviceNew, { case: caseOf(visit) }) }
    },
  },
]

const caseOf = ({ params }: Visit): string => params['case'] ?? ''
const stepOf = ({ params }: Visit): Step | undefined => STEPS.find(({ id }) => id === params['step'])
const stepPath = (visit: Visit, step: string): string => pathTo(PATHS.deviceNewStep, { case: caseOf(visit), step })

/** What a page sent, under the names of its questions. */
function answersOf(visit: Visit, step: Step): { given: Record<string, string | string[]>; errors: FieldError[] } {
  const given: Record<string, string | string[]> = {}
  for (const name of step.fields) given[name] = field(visit, name)
  for (const name of step.lists ?? []) given[name] = fields(visit, name)
  if (step.id !== 'receipt') return { given, errors: [] }
  const when = whenOf(visit)
  const moment = momentGiven(when, visit.now)
  for (const [name, value] of Object.entries(when)) given[name === 'when' ? 'when' : `when-${name}`] = value
  given['receivedAt'] = 'at' in moment ? moment.at.toISOString() : ''
  return { given, errors: 'errors' in moment ? [...moment.errors] : [] }
}

function firstOfEach(errors: readonly FieldError[]): FieldError[] {
  const fieldsSeen = new Set<string>()
  const group = (name: string) => (name.startsWith('when') ? 'when' : name)
  return errors.filter(({ field: name }) => !fieldsSeen.has(group(name)) && fieldsSeen.add(group(name)))
}

async function stepPage(
  visit: Visit,
  step: Step,
  answers: DeviceAnswers,
  errors: readonly FieldError[],
): Promise<Answer> {
  const at = STEPS.indexOf(step)
  const before = STEPS[at - 1]
  const owner = text(answers, 'owns') === 'other'
  const providers = choices(PROVIDER_WORDS, text(answers, 'providedBy')).filter(
    ({ value }) => owner || value !== 'owner',
  )
  return {
    page: 'pages/device/new/step.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: step.question,
      back: before === undefined ? pathTo(PATHS.case, { case: caseOf(visit) }) : stepPath(visit, before.id),
      step: step.id,
      caption: `Receive a device: question ${at + 1} of ${STEPS.length}`,
      answers,
      when: {
        when: text(answers, 'when'),
        day: text(answers, 'when-day'),
        month: text(answers, 'when-month'),
        year: text(answers, 'when-year'),
        time: text(answers, 'when-time'),
      },
      kinds: choices(KIND_WORDS, text(answers, 'kind')),
      roles: choices(ROLE_WORDS, text(answers, 'userRole')),
      ages: choices(USER_IS_WORDS, text(answers, 'userIs')),
      providers,
      adjustments: choices(ADJUSTMENT_WORDS, list(answers, 'adjustments')),
      ...errorsView(errors),
    },
  }
}

async function checkPage(visit: Visit, answers: DeviceAnswers, errors: readonly FieldError[]): Promise<Answer> {
  const { case: row } = await readCase(visit.service.ops, visit.actor, caseOf(visit))
  return {
    page: 'pages/device/new/check.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: 'Check your answers',
      caption: `Receive a device into case ${row.reference}`,
      back: stepPath(visit, 'receipt'),
      lines: summary(answers).map(({ step, ...line }) => ({ ...line, step, href: stepPath(visit, step) })),
      ...errorsView(errors),
    },
  }
}

function deviceOf(caseId: string, answers: DeviceAnswers): Parameters<typeof receiveDevice>[2] {
  const of = (name: string) => text(answers, name)
  const providedBy = of('providedBy')
  return {
    caseId,
    kind: of('kind'),
    exhibit: of('exhibit'),
    description: of('description'),
    serial: of('serial'),
    imei: of('imei'),
    userName: of('userName'),
    otherUsers: of('otherUsers'),
    userRole: of('userRole'),
    userIs: of('userIs'),
    capacityAssessment: of('capacityAssessment'),
    ...(of('owns') === 'other' && { ownerName: of('ownerName') }),
    ...(of('owns') === 'user' && { ownerName: of('userName') }),
    providedBy,
    ...(providedBy !== PROVIDERS[0] && providedBy !== 'owner' && { providerName: of('providerName') }),
    condition: of('condition'),
    seal: of('seal'),
    adjustments: list(answers, 'adjustments'),
    adjustmentsNote: of('adjustmentsNote'),
    place: of('place'),
    receivedAt: new Date(of('receivedAt')),
  }
}

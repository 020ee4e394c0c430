import {
  type Answers,
  type AgreementFault,
  agreementFaults,
  dropAnswers,
  isOfTheForce,
  notFound,
  readAgreement,
  readAnswers,
  recordAgreement,
  saveAnswers,
} from '../../../../actions/index.ts'
import type { Agreeing } from '../../../../notice/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { AGREEING_WORDS, captionOf } from '../../notice/words.ts'
import { AGREEMENT_STEPS, agreementFrom, type AgreementStep, FIELD_OF, FIELDS_OF, STEP_OF, stepsFor } from '../given.ts'

const TITLES: Readonly<Record<AgreementStep, string>> = {
  who: 'Who agreed?',
  manner: 'How did they agree?',
  views: 'What does the child think?',
  pressure: 'Nobody may be pressed to agree',
  check: 'Check before you record it',
}

/** An agreement, one question a page; the last of them records it. */
export const stepRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementStep,
    who: 'agreement.record',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const id = requestOf(visit)
      const answers = await readAnswers(visit.service.ops, visit.actor, 'agreement', id)
      if (stepOf(visit) !== 'check') return page(visit, answers, [])
      const earlier = earliest(await faultsOf(visit, answers))
      return earlier === undefined || earlier === 'check'
        ? page(visit, answers, [])
        : { redirect: pathTo(PATHS.agreementStep, { request: id, step: earlier }) }
    },
  },
  {
    method: 'POST',
    path: PATHS.agreementStep,
    who: 'agreement.record',
    about: 'request',
    logs: ['agreement.recorded'],
    handle: async (visit) => {
      const { ops } = visit.service
      const id = requestOf(visit)
      const step = stepOf(visit)
      const typed = Object.fromEntries(FIELDS_OF[step].map((name) => [name, field(visit, name)]))
      const answers = { ...(await readAnswers(ops, visit.actor, 'agreement', id)), ...typed }
      const faults = await faultsOf(visit, answers)
      const here = faults.filter((fault) => STEP_OF[fault.field as keyof typeof STEP_OF] === step)
      const { whole } = await readAgreement(ops, visit.actor, id)
      const by = whole.notice?.served_on as Agreeing
      const place = ({ field: name }: FieldError) => FIELDS_OF[step].indexOf(name)
      const errors = [...choiceErrors(step, typed, by), ...here.map(asError)].sort((a, b) => place(a) - place(b))
      if (errors.length > 0) return page(visit, answers, errors)
      if (step !== 'check') {
        await saveAnswers(ops, visit.actor, 'agreement', id, typed)
        return { redirect: pathTo(PATHS.agreementStep, { request: id, step: await nextStep(visit, step) }) }
      }
      // Something on an earlier page no longer stands: that page says what.
      const earlier = earliest(faults)
      if (earlier !== undefined) return { redirect: pathTo(PATHS.agreementStep, { request: id, step: earlier }) }
      await recordAgreement(ops, visit.actor, agreementFrom(id, by, answers))
      await dropAnswers(ops, 'agreement', id)
      return { redirect: pathTo(PATHS.agreementDone, { request: id }) }
    },
  },
]

function stepOf({ params }: Visit): AgreementStep {
  const step = AGREEMENT_STEPS.find((one) => one === params['step'])
  if (step === undefined) throw notFound()
  return step
}

async function nextStep(visit: Visit, step: AgreementStep): Promise<AgreementStep> {
  const { whole } = await readAgreement(visit.service.ops, visit.actor, requestOf(visit))
  const steps = stepsFor(whole.device.user_is)
  return steps[steps.indexOf(step) + 1] ?? 'check'
}

async function faultsOf(visit: Visit, answers: Answers): Promise<AgreementFault[]> {
  const { ops } = visit.service
  const id = requestOf(visit)
  const { whole } = await readAgreement(ops, visit.actor, id)
  const given = agreementFrom(id, whole.notice?.served_on as Agreeing, answers)
  const authorisedPerson = given.authorisedPerson || (await isOfTheForce(ops.store, given.name))
  return agreementFaults(whole, { ...given, authorisedPerson }, ops.now())
}

/** The first page on which something is missing. */
function earliest(faults: readonly AgreementFault[]): AgreementStep | undefined {
  const pages = new Set(faults.map(({ field: name }) => STEP_OF[name as keyof typeof STEP_OF]))
  return AGREEMENT_STEPS.find((step) => pages.has(step))
}

/** What must be chosen, and has no first choice. */
function choiceErrors(step: AgreementStep, typed: Readonly<Record<string, string>>, by: Agreeing): FieldError[] {
  if (step === 'who' && by !== 'user' && by !== 'parent-or-guardian' && typed['authorised'] === '')
    return [{ field: 'authorised', text: 'Select whether they work for the police or could use this power' }]
  if (step !== 'manner') return []
  const errors: FieldError[] = []
  if (!['written', 'electronic', 'oral'].includes(typed['confirmed'] ?? ''))
    errors.push({ field: 'confirmed', text: 'Select how they agreed' })
  if (!['now', 'earlier'].includes(typed['when'] ?? '')) errors.push({ field: 'when', text: 'Select when they agreed' })
  return errors
}

function asError({ field: name, says }: AgreementFault): FieldError {
  return { field: FIELD_OF[name] ?? name, text: says.replace(/\.$/, '') }
}

async function page(visit: Visit, answers: Answers, errors: readonly FieldError[]): Promise<Answer> {
  const id = requestOf(visit)
  const step = stepOf(visit)
  const { whole, ladder } = await readAgreement(visit.service.ops, visit.actor, id)
  const { request, notice, device } = whole
  if (request.status !== 'notice_served' || notice === undefined)
    return { redirect: pathTo(PATHS.agreementAnswer, { request: id }) }
  const steps = stepsFor(device.user_is)
  const before = steps[steps.indexOf(step) - 1]
  const by = notice.served_on as Agreeing
  const given = agreementFrom(id, by, answers)
  return {
    page: `pages/agreement/step/${step}.njk`,
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: TITLES[step],
      caption: captionOf(whole),
      back:
        before === undefined
          ? pathTo(PATHS.agreementAnswer, { request: id })
          : pathTo(PATHS.agreementStep, { request: id, step: before }),
      by,
      byWords: AGREEING_WORDS[by],
      bySays: ladder.find((one) => one.by === by)?.says,
      userName: device.user_name,
      servedAt: notice.served_at,
      noticePdf: pathTo(PATHS.noticePaper, { request: id, paper: 'served.pdf' }),
      values: answers,
      given,
      change: Object.fromEntries(steps.map((one) => [one, pathTo(PATHS.agreementStep, { request: id, step: one })])),
      ...errorsView(errors),
    },
  }
}

import type { Dpia } from './dpia.ts'
import { type Head, QUESTION_IDS, QUESTIONS, type QuestionId, type Step } from './questions.ts'
import { type Risk, residualFaults } from './risk.ts'

/** One thing that an assessment lacks. */
export interface Missing {
  /** where it belongs: `answers.aims`, `risks[0].likelihood` */
  readonly field: string
  readonly step: Step
  /** of Data Protection Act 2018 s.64(3); absent for what the template asks and the section does not */
  readonly head?: Head
  /** one sentence for whoever writes it */
  readonly says: string
}

/**
 * What the assessment itself lacks, before anybody advises on it or approves it (steps 1 to 6), in the order of the template.
 * Empty: it is complete. Words that say nothing, as `n/a`, count as none: why something does not apply is an answer.
 */
export function missingFrom(dpia: Dpia): Missing[] {
  const { controller, dpo, prepared_by, apps, kept_under_review_by, review_on } = dpia
  return [
    ...need(isBlank(controller.name), 'controller.name', 1, 'Say whose assessment this is.'),
    ...need(isBlank(controller.contact), 'controller.contact', 1, 'Say whom to ask about it.'),
    ...need(dpo === undefined, 'dpo', 1, 'Name the data protection officer.'),
    ...need(prepared_by === undefined, 'prepared_by', 1, 'Name who wrote it.'),
    ...need(apps.length === 0, 'apps', 1, 'Say which app it is about.'),
    ...QUESTION_IDS.flatMap((id) => missingAnswer(id, dpia.answers[id])),
    ...need(dpia.risks.length === 0, 'risks', 5, 'Name the risks to people: every app has some.', 'b'),
    ...dpia.risks.flatMap((risk, at) => missingFromRisk(risk, `risks[${at}]`, dpia)),
    ...dpia.measures.flatMap(({ says }, at) =>
      need(isBlank(says), `measures[${at}].says`, 6, 'Say what is done.', 'c'),
    ),
    ...need(kept_under_review_by === undefined, 'kept_under_review_by', 7, 'Name who keeps it under review.'),
    ...need(review_on === undefined, 'review_on', 7, 'Say on which day it is looked at again.'),
  ]
}

function missingAnswer(id: QuestionId, answer: string | undefined): Missing[] {
  const { step, head, asks } = QUESTIONS[id]
  const says =
    answer === undefined || answer.trim() === '' ? `Answer: ${asks}` : `Answer, or say why it does not apply: ${asks}`
  return need(isBlank(answer), `answers.${id}`, step, says, head)
}

function missingFromRisk(risk: Risk, at: string, { measures }: Dpia): Missing[] {
  const titles = new Set(measures.map(({ title }) => title))
  const unknown = risk.measures.some((title) => !titles.has(title))
  return [
    ...need(isBlank(risk.says), `${at}.says`, 5, 'Say where the risk comes from and what it would do to people.', 'b'),
    ...need(risk.impacts.length === 0, `${at}.impacts`, 5, 'Say what it would do to people.', 'b'),
    ...need(risk.sources.length === 0, `${at}.sources`, 5, 'Say who or what could cause it.', 'b'),
    ...need(risk.likelihood === undefined, `${at}.likelihood`, 5, 'Say how likely it is.', 'b'),
    ...need(risk.severity === undefined, `${at}.severity`, 5, 'Say how bad it would be.', 'b'),
    ...need(
      risk.measures.length === 0 && risk.effect !== 'accepted',
      `${at}.measures`,
      6,
      'Name the measures against it, or say that it is accepted as it is.',
      'c',
    ),
    ...need(unknown, `${at}.measures`, 6, 'Describe every measure that is named here.', 'c'),
    ...need(risk.effect === undefined, `${at}.effect`, 6, 'Say what the measures do to it.', 'c'),
    ...need(risk.residual === undefined, `${at}.residual`, 6, 'Say how great it is with the measures.', 'c'),
    ...need(risk.approved !== true, `${at}.approved`, 6, 'Have the measures approved.', 'c'),
    ...residualFaults(risk).map((says): Missing => ({ field: `${at}.residual`, step: 6, head: 'c', says })),
  ]
}

function need(lacks: boolean, field: string, step: Step, says: string, head?: Head): Missing[] {
  return lacks ? [{ field, step, ...(head === undefined ? {} : { head }), says }] : []
}

// What people write to get past a box.
const SAYS_NOTHING =
  /^(?:n\s*[/.]?\s*a\.?|not applicable|none|nil|no|yes|tb[acd]|to do|todo|pending|see above|as above|x+)$/i

/** Whether a text says nothing. */
export function isBlank(text: string | undefined): boolean {
  const said = (text ?? '').trim().replace(/[.!\s]+$/, '')
  return !/[\p{L}\p{N}]/u.test(said) || SAYS_NOTHING.test(said)
}

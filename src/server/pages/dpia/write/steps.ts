import { type DpiaFile, LONGEST_LINE } from '../../../../actions/index.ts'
import { type Dpia, HEADS, type Person, QUESTION_IDS, QUESTIONS, type QuestionId } from '../../../../apps/index.ts'
import { isDay } from '../../../../retention/index.ts'
import type { FieldError } from '../../../form.ts'
import type { Answers, Question } from '../../../questions.ts'

/** The steps that are written on a page of their own; risks and measures are lists. */
export const WRITTEN_STEPS = ['1', '2', '3', '4', '7'] as const
export type WrittenStep = (typeof WRITTEN_STEPS)[number]

/** What a step asks: the ICO's template, under the heads of Data Protection Act 2018 s.64(3). */
export function questionsOfStep(step: WrittenStep, { apps, officers, reviewers }: DpiaFile): readonly Question[] {
  const people = (all: DpiaFile['officers']) => all.map(({ id, name }) => ({ value: id, text: name }))
  const first: readonly Question[] =
    step !== '1'
      ? []
      : [
          { ask: 'line', name: 'title', label: 'What is it about?' },
          { ask: 'line', name: 'controller', label: 'Whose assessment is it?' },
          { ask: 'line', name: 'contact', label: 'Whom to ask about it' },
          { ask: 'one', name: 'dpo', label: 'Who is the data protection officer?', of: people(officers) },
          {
            ask: 'several',
            name: 'apps',
            label: 'Which apps is it about?',
            ...(apps.length === 0 && { hint: 'Nobody has asked for an app yet.' }),
            of: apps.map(({ id, title }) => ({ value: id, text: title })),
          },
        ]
  const last: readonly Question[] =
    step !== '7'
      ? []
      : [
          { ask: 'one', name: 'keeps', label: 'Who keeps it under review?', of: people(reviewers) },
          {
            ask: 'day',
            name: 'review',
            label: 'On which day is it looked at again?',
            hint: 'Within two years after it is approved. For example, 27 3 2027',
          },
        ]
  return [
    ...first,
    ...idsOf(step).map(
      (id): Question => ({
        ask: 'text',
        name: id,
        label: QUESTIONS[id].asks,
        rows: 3,
        ...(QUESTIONS[id].head !== 'a' && {
          hint: `Section 64(3)(${QUESTIONS[id].head}): ${HEADS[QUESTIONS[id].head]}.`,
        }),
      }),
    ),
    ...last,
  ]
}

function idsOf(step: WrittenStep): readonly QuestionId[] {
  return QUESTION_IDS.filter((id) => String(QUESTIONS[id].step) === step)
}

/** What is answered already. */
export function answersOfStep({
  title,
  controller,
  dpo,
  apps,
  answers,
  kept_under_review_by,
  review_on,
}: Dpia): Answers {
  return {
    ...answers,
    title,
    controller: controller.name,
    contact: controller.contact,
    dpo: dpo?.id,
    apps,
    keeps: kept_under_review_by?.id,
    review: review_on,
  }
}

/** What is wrong with answers: a draft may lack anything but its title, and a day must be one. */
export function faultsOfStep(step: WrittenStep, given: Answers): FieldError[] {
  const text = (name: string) => String(given[name] ?? '')
  const lines = step === '1' ? ['title', 'controller', 'contact'] : []
  return [
    ...(step === '1' && text('title') === '' ? [{ field: 'title', text: 'Enter what it is about' }] : []),
    ...lines.flatMap((name) =>
      text(name).length > LONGEST_LINE ? [{ field: name, text: `Use ${LONGEST_LINE} characters or fewer` }] : [],
    ),
    ...(step === '7' && text('review') !== '' && !isDay(text('review'))
      ? [{ field: 'review', text: 'Enter a day that there is' }]
      : []),
    ...idsOf(step).flatMap((id) =>
      text(id).length > LONGEST_ANSWER ? [{ field: id, text: 'Use 20,000 characters or fewer' }] : [],
    ),
  ]
}

const LONGEST_ANSWER = 20_000

/** The document with a step's answers; `person` finds whom a staff number names. */
export function withStep(
  dpia: Dpia,
  step: WrittenStep,
  given: Answers,
  person: (id: string) => Person | undefined,
): Dpia {
  const text = (name: string) => String(given[name] ?? '')
  const answers = { ...dpia.answers }
  for (const id of idsOf(step)) {
    if (text(id) === '') delete answers[id]
    else answers[id] = text(id)
  }
  if (step === '1') {
    const dpo = person(text('dpo'))
    const { dpo: _, ...rest } = dpia
    const apps = Array.isArray(given['apps']) ? (given['apps'] as string[]) : []
    const controller = { name: text('controller'), contact: text('contact') }
    return { ...rest, title: text('title'), controller, apps, answers, ...(dpo && { dpo }) }
  }
  if (step === '7') {
    const { kept_under_review_by: _, review_on: __, ...rest } = dpia
    const keeps = person(text('keeps'))
    return {
      ...rest,
      ...(keeps && { kept_under_review_by: keeps }),
      ...(text('review') !== '' && { review_on: text('review') }),
    }
  }
  return { ...dpia, answers }
}

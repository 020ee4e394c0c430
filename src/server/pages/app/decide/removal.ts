import type { Disposal } from '../../../../apps/index.ts'
import { field, type FieldError, fields } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import { linesOf, YES_NO } from '../../../questions.ts'
import type { Visit } from '../../../route.ts'
import type { AskPage } from './ask-pages.ts'

const DATA = [
  { value: 'none_held', text: 'There was none' },
  { value: 'destroyed', text: 'It was destroyed' },
  { value: 'handed_over', text: 'It was handed over' },
] as const

/** That an app is gone from every phone, with what became of its data (law row E12; DPA 2018 ss.39, 59(6)). */
export const removalAsk: AskPage = {
  path: PATHS.appRemoval,
  title: 'Show that it is gone',
  intro: ['Say where you looked and what became of its data. Somebody else confirms it.'],
  questions: () => [
    {
      ask: 'line',
      name: 'held',
      label: 'How many phones held it?',
      classes: 'govuk-input--width-5',
      inputmode: 'numeric',
    },
    {
      ask: 'line',
      name: 'without',
      label: 'How many of them no longer do?',
      classes: 'govuk-input--width-5',
      inputmode: 'numeric',
    },
    {
      ask: 'text',
      name: 'gone',
      rows: 3,
      label: 'Where else did it keep data, and is it gone from there?',
      hint: 'Places, one on each line, for example: the supplier’s server.',
    },
    { ask: 'text', name: 'notReached', rows: 2, label: 'Places where nobody could look', hint: 'One on each line.' },
    { ask: 'one', name: 'data', label: 'What became of the data?', of: DATA },
    {
      ask: 'text',
      name: 'proofs',
      rows: 3,
      label: 'Proofs',
      hint: 'SHA-256 of each certificate of destruction, or of what was signed for, one on each line.',
    },
    { ask: 'one', name: 'plan', inline: true, label: 'Was the exit plan followed?', of: YES_NO },
  ],
  read: async (visit) => {
    const errors: FieldError[] = []
    const held = whole(visit, 'held', 'Enter how many phones held it', errors)
    const without = whole(visit, 'without', 'Enter how many of them no longer do', errors)
    const data = DATA.find(({ value }) => value === field(visit, 'data'))?.value
    if (data === undefined) errors.push({ field: 'data', text: 'Choose what became of the data' })
    const [plan] = fields(visit, 'plan')
    if (plan !== 'yes' && plan !== 'no') errors.push({ field: 'plan', text: 'Choose whether the plan was followed' })
    const proofs = linesOf(field(visit, 'proofs')).map((one) => one.toLowerCase())
    if (proofs.some((one) => !/^[0-9a-f]{64}$/.test(one)))
      errors.push({ field: 'proofs', text: 'Each proof is 64 digits and letters from a to f' })
    const gone = linesOf(field(visit, 'gone'))
    if (gone.length === 0) errors.push({ field: 'gone', text: 'Enter where you looked, at least one place' })
    const disposal: Disposal = {
      phones_held: held,
      phones_without: without,
      places: [
        ...gone.map((place) => ({ place, found: 'gone' }) as const),
        ...linesOf(field(visit, 'notReached')).map((place) => ({ place, found: 'not_reached' }) as const),
      ],
      data: data ?? 'none_held',
      proofs,
      exit_plan_followed: plan === 'yes',
    }
    return { asks: { act: 'remove', disposal }, errors }
  },
}

function whole(visit: Visit, name: string, text: string, errors: FieldError[]): number {
  const typed = field(visit, name)
  if (!/^\d{1,7}$/.test(typed)) errors.push({ field: name, text })
  return Number(typed)
}

import type { ArchiveAccount } from '../../../../actions/index.ts'
import { REASONS } from '../../../../recordings/index.ts'
import { FINDING_WORDS, PLACE_KIND_WORDS } from '../places/words.ts'
import { boundWords } from '../sample/bound-words.ts'
import { MILESTONE_WORDS } from '../timeline/words.ts'
import { dayWords, monthWords } from './day-words.ts'
import { howMuch, outcome } from './figure-lines.ts'
import { CLASS_WORDS } from './words.ts'

/** Said alike of what is too small and of what is hidden beside it: which of the two it is would tell something, too. */
export const NOT_TOLD = 'not shown'
/** Characters of a figure, or of the word that stands for one. */
const SHORT = 12

/** A line of the account: a figure, or words. */
export interface Line {
  readonly id: string
  readonly what: string
  readonly value: number | string
  /** how it was made */
  readonly how?: string
}

/** Bars, each with its figures: what is drawn stands in the table too. */
export interface Bars {
  /** the first column is drawn */
  readonly head: readonly [label: string, drawn: string, ...more: string[]]
  readonly bars: readonly {
    readonly id: string
    readonly label: string
    readonly values: readonly (number | undefined)[]
  }[]
}

export interface Part {
  readonly id: string
  readonly title: string
  /** what stands over its lines; `Figure` and `How many` where it does not say */
  readonly columns?: readonly [what: string, value: string]
  readonly lines?: readonly Line[]
  readonly bars?: Bars
  /** where there is nothing to tell */
  readonly nothing?: string
}

/** The account of an archive as a page, a table and a paper all tell it (law row E17): every figure, and how it was made. */
export function partsOf(account: ArchiveAccount): Part[] {
  return [
    howMuch(account),
    months(account),
    classes(account),
    reasons(account),
    { id: 'outcome', title: 'What became of it', lines: outcome(account) },
    {
      id: 'sample',
      title: 'Second look at a sample',
      columns: ['What was looked at', 'Result'],
      lines: [sample(account)],
    },
    places(account),
    timeline(account),
  ]
}

function months({ found }: ArchiveAccount): Part {
  return {
    id: 'months',
    title: 'Month by month',
    nothing: 'The archive has not been matched yet.',
    bars: {
      head: ['Month', 'Recordings', 'Hours', 'Other numbers'],
      bars: (found?.months ?? []).map(({ month, files, hours, parties }) => ({
        id: month ?? 'unknown',
        label: month === undefined ? 'Not known' : monthWords(month),
        values: [files, hours, parties],
      })),
    },
  }
}

function classes({ held }: ArchiveAccount): Part {
  const unmatched = held.unmatched > 0 ? [{ id: 'unmatched', label: 'Not matched yet', values: [held.unmatched] }] : []
  return {
    id: 'classes',
    title: 'What is held now',
    bars: {
      head: ['Class', 'Recordings'],
      bars: [
        ...held.classes.map(({ class: one, files }) => ({
          id: `class_${one.toLowerCase()}`,
          label: `${one}: ${CLASS_WORDS[one]}`,
          values: [files],
        })),
        ...unmatched,
      ],
    },
  }
}

function reasons({ held }: ArchiveAccount): Part {
  return {
    id: 'reasons',
    title: 'Why, as the last matching found it',
    columns: ['Reason', 'Recordings'],
    nothing: 'The archive has not been matched yet.',
    lines: inOrder(held.reasons).map(({ code, files }) => {
      const [, rule, says] = REASONS[code]
      return { id: code, what: rule === undefined ? says : `${rule}: ${says}`, value: files ?? NOT_TOLD }
    }),
  }
}

/** As the rules stand: those that tie first. */
function inOrder(reasons: ArchiveAccount['held']['reasons']): ArchiveAccount['held']['reasons'] {
  const order = Object.keys(REASONS)
  return reasons.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code))
}

function sample({ sample: drawn }: ArchiveAccount): Line {
  const what = 'A sample of the recordings that are tied to nothing, checked again in the registers'
  if (drawn === undefined) return { id: 'sample', what, value: 'None was drawn since the last matching' }
  const value =
    drawn.state === 'finished' ? boundWords(drawn) : `${drawn.looked} of ${drawn.items} have been looked at so far`
  return {
    id: 'sample',
    what,
    value,
    how: 'Drawn by chance, from a seed that stands in the log. Where not all were looked at, the upper bound is that of Clopper and Pearson.',
  }
}

function places({ places: all }: ArchiveAccount): Part {
  return {
    id: 'places',
    title: 'Places where copies were, or may be',
    columns: ['Place', 'What was found'],
    lines: all.map(({ kind, title, now }, at) => ({
      id: `place_${at + 1}`,
      what: title,
      value: FINDING_WORDS[now.found].text,
      how: [`${PLACE_KIND_WORDS[kind]}.`, ...(now.evidence === '' ? [] : [now.evidence])].join(' '),
    })),
    nothing: 'No place has been added yet.',
  }
}

function timeline({ milestones }: ArchiveAccount): Part {
  return {
    id: 'timeline',
    title: 'What happened, and who was told',
    columns: ['Day', 'What happened'],
    lines: milestones.map(({ kind, day, says }, at) => ({
      id: `day_${at + 1}`,
      what: dayWords(day),
      value: MILESTONE_WORDS[kind],
      ...(says !== '' && { how: says }),
    })),
    nothing: 'Nothing is written down yet.',
  }
}

/** Whether what a line tells is a figure or the word for none, and so stands with the figures. */
export function isShort({ value }: Line): boolean {
  return typeof value === 'number' || value.length <= SHORT
}

import type { ArchiveAccount } from '../../../../actions/index.ts'
import { HOW_COUNTED, REASONS } from '../../../../recordings/index.ts'
import { FIGURES_BY_HAND } from '../../../../actions/index.ts'
import { FINDING_WORDS, PLACE_KIND_WORDS } from '../places/words.ts'
import { boundWords } from '../sample/bound-words.ts'
import { MILESTONE_WORDS } from '../timeline/words.ts'
import { BY_HAND_WORDS, CLASS_WORDS } from './words.ts'

/** Said alike of what is too small and of what is hidden beside it: which of the two it is would tell something, too. */
export const NOT_TOLD = 'not shown'
/** Said of a figure that nobody has given. */
export const NOT_GIVEN = 'not given'

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
    { id: 'sample', title: 'The second look', lines: [sample(account)] },
    places(account),
    timeline(account),
  ]
}

function howMuch({ found, byHand }: ArchiveAccount): Part {
  const hand = FIGURES_BY_HAND.filter((one) => one === 'downloads' || one === 'installs').map((one) =>
    given(byHand, one),
  )
  if (found === undefined) return { id: 'found', title: 'What was found', lines: hand }
  const { total, distinctFiles, devicesWithAudio, likelyCopies } = found
  const counted = (id: string, what: string, value: number, how?: string): Line => ({
    id,
    what,
    value,
    ...(how !== undefined && { how }),
  })
  return {
    id: 'found',
    title: 'What was found',
    lines: [
      ...hand,
      counted('phones_with_audio', 'Phones with sound on them', devicesWithAudio, HOW_COUNTED['devicesWithAudio']),
      counted('files', 'Recordings', total.files, HOW_COUNTED['files']),
      counted('distinct_files', 'Recordings without exact copies', distinctFiles, HOW_COUNTED['distinctFiles']),
      counted('hours', 'Hours of sound', total.hours, HOW_COUNTED['hours']),
      counted('length_unknown', 'Recordings of unknown length', total.lengthUnknown, HOW_COUNTED['lengthUnknown']),
      counted(
        'damaged',
        'Damaged recordings',
        total.damaged,
        'Files whose sound ends early or cannot be read to its end.',
      ),
      counted('parties', 'Numbers on the other side, each counted once', total.parties, HOW_COUNTED['parties']),
      counted('likely_copies', 'Groups of what are likely copies of one call', likelyCopies),
    ],
  }
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
        label: month ?? 'Not known',
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

function outcome({ found, kept, destroyed, byHand }: ArchiveAccount): Line[] {
  return [
    ...(found === undefined
      ? []
      : [
          {
            id: 'cases',
            what: 'Cases that recordings may be evidence in',
            value: found.held.cases,
            how: HOW_COUNTED['held'] ?? '',
          },
          { id: 'operations', what: 'Operations that recordings were made in', value: found.held.operations },
        ]),
    given(byHand, 'trials'),
    { id: 'kept', what: 'Recordings taken out for a case', value: kept },
    {
      id: 'destroyed',
      what: 'Recordings destroyed',
      value: destroyed.reduce((sum, { items }) => sum + items, 0),
      how: 'By certificate: each is checked with openssl alone.',
    },
    ...destroyed.map(({ id, items, hours, at }) => ({
      id: `destroyed_${id}`,
      what: `Certificate ${id}, ${dayWords(at.toISOString())}`,
      value: `${items.toLocaleString('en-GB')} recordings, ${hours.toLocaleString('en-GB')} hours`,
    })),
    given(byHand, 'people_told'),
  ]
}

function sample({ sample: drawn }: ArchiveAccount): Line {
  const what = 'A sample of what nothing ties, looked at again in the registers'
  if (drawn === undefined) return { id: 'sample', what, value: 'None was drawn of this matching' }
  const value =
    drawn.state === 'finished' ? boundWords(drawn) : `${drawn.looked} of ${drawn.items} were looked at so far`
  return {
    id: 'sample',
    what,
    value,
    how: 'Drawn by a seed that stands in the log; the bound is that of Clopper and Pearson.',
  }
}

function places({ places: all }: ArchiveAccount): Part {
  return {
    id: 'places',
    title: 'Where copies were looked for',
    lines: all.map(({ kind, title, now }, at) => ({
      id: `place_${at + 1}`,
      what: title,
      value: FINDING_WORDS[now.found].text,
      how: [`${PLACE_KIND_WORDS[kind]}.`, ...(now.evidence === '' ? [] : [now.evidence])].join(' '),
    })),
    nothing: 'No place is named yet.',
  }
}

function timeline({ milestones }: ArchiveAccount): Part {
  return {
    id: 'timeline',
    title: 'What happened, and who was told',
    lines: milestones.map(({ kind, day, says }, at) => ({
      id: `day_${at + 1}`,
      what: dayWords(day),
      value: MILESTONE_WORDS[kind],
      ...(says !== '' && { how: says }),
    })),
    nothing: 'Nothing is written down yet.',
  }
}

function given(byHand: ArchiveAccount['byHand'], figure: keyof ArchiveAccount['byHand']): Line {
  const { says } = BY_HAND_WORDS[figure]
  const found = byHand[figure]
  if (found === undefined) return { id: figure, what: says, value: NOT_GIVEN }
  return {
    id: figure,
    what: says,
    value: found.value,
    how: `Given by hand by ${found.by}, ${dayWords(found.at.toISOString())}: ${found.source}`,
  }
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

function dayWords(at: string): string {
  return day.format(new Date(at))
}

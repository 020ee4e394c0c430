import { type ArchiveAccount, FIGURES_BY_HAND } from '../../../../actions/index.ts'
import { HOW_COUNTED } from '../../../../recordings/index.ts'
import { dayWords } from './day-words.ts'
import type { Line, Part } from './parts.ts'
import { BY_HAND_WORDS } from './words.ts'

/** Said of a figure that nobody has given. */
const NOT_GIVEN = 'not given'

/** What is there at all: what was counted elsewhere stands apart from what the files tell. */
export function howMuch({ found, byHand }: ArchiveAccount): Part {
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
      counted(
        'distinct_files',
        'Different recordings, with exact copies counted once',
        distinctFiles,
        HOW_COUNTED['distinctFiles'],
      ),
      counted('hours', 'Hours of sound', total.hours, HOW_COUNTED['hours']),
      counted('length_unknown', 'Recordings of unknown length', total.lengthUnknown, HOW_COUNTED['lengthUnknown']),
      counted(
        'damaged',
        'Damaged recordings',
        total.damaged,
        'Files whose sound ends early or cannot be read to its end.',
      ),
      counted('parties', 'Numbers on the other side, each counted once', total.parties, HOW_COUNTED['parties']),
      counted('likely_copies', 'Groups of recordings that are likely copies of the same call', likelyCopies),
    ],
  }
}

/** What became of it: evidence, what was kept, what was destroyed under which certificate, and who was told. */
export function outcome({ found, kept, destroyed, byHand }: ArchiveAccount): Line[] {
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
      how: 'As the certificates say. Each can be checked without this service.',
    },
    ...destroyed.map(({ id, items, hours, at }) => ({
      id: `destroyed_${id}`,
      what: `Certificate ${id}, ${dayWords(at.toISOString())}`,
      value: `${items.toLocaleString('en-GB')} recordings, ${hours.toLocaleString('en-GB')} hours`,
    })),
    given(byHand, 'people_told'),
  ]
}

function given(byHand: ArchiveAccount['byHand'], figure: keyof ArchiveAccount['byHand']): Line {
  const { says } = BY_HAND_WORDS[figure]
  const found = byHand[figure]
  if (found === undefined) return { id: figure, what: says, value: NOT_GIVEN }
  return {
    id: figure,
    what: says,
    value: found.value,
    how: `Given by hand on ${dayWords(found.at.toISOString())}: ${found.source}`,
  }
}

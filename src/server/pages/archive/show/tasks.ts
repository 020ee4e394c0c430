import { type Act, couldEver } from '../../../../access/index.ts'
import { type Actor, isClosed, type Standing } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'

/** One line of a list of tasks, as the design system takes it. */
export interface Task {
  readonly title: { readonly text: string }
  readonly href?: string
  readonly hint?: { readonly text: string }
  readonly status: { readonly text: string } | { readonly tag: { readonly text: string; readonly classes: string } }
}

const number = new Intl.NumberFormat('en-GB')

/** How an archive comes to be known: taken in, given registers, matched. */
export function tasksToMatch({ archive, registers, newSince }: Standing): Task[] {
  const isIn = archive.state !== 'taking_in'
  const unread = registers.filter(({ mapped }) => !mapped).length
  return [
    {
      title: { text: 'Take in every file' },
      status: isIn
        ? done()
        : archive.failure === undefined
          ? tag(archive.progress.step === undefined ? 'Waiting' : 'In progress', 'blue')
          : tag('Stopped', 'red'),
      ...(archive.summary && {
        hint: { text: `${number.format(archive.summary.recordings.number)} recordings, each with an encrypted copy` },
      }),
    },
    {
      title: { text: 'Give the registers that could tie a recording to something' },
      href: pathTo(PATHS.archiveRegisters, { archive: archive.id }),
      status:
        unread > 0
          ? tag(`${unread} without columns`, 'yellow')
          : registers.length === 0
            ? tag('None given', 'blue')
            : { text: `${registers.length} given` },
    },
    {
      title: { text: 'Match recordings with the registers' },
      status: !isIn
        ? { text: 'Cannot start yet' }
        : archive.state === 'matching'
          ? archive.failure === undefined
            ? tag('In progress', 'blue')
            : tag('Stopped', 'red')
          : archive.matching === 0
            ? tag('Not done', 'blue')
            : newSince
              ? tag('To be done again', 'yellow')
              : done(),
    },
  ]
}

/** What is done with recordings that were matched: each with its own pages. Areas add their line here. */
const AFTERWARDS: readonly {
  readonly text: string
  readonly path: string
  readonly act: Act
  readonly hint?: string
  /** what it is called once the archive is closed; absent of what is over then */
  readonly afterAll?: string
}[] = [
  {
    text: 'Teach the service to read file names',
    path: PATHS.archiveNames,
    act: 'recording.see',
    hint: 'For file names that do not yet tell when the call was. What it learns counts from the next matching.',
  },
  { text: 'See recordings by class and reason', path: PATHS.archiveRecordings, act: 'archive.see' },
  {
    text: 'Decide on what is protected or unresolved',
    path: PATHS.archiveWaiting,
    act: 'archive.see',
    hint: 'Only the disclosure officer decides on these.',
  },
  { text: 'Set and lift holds', path: PATHS.archiveHolds, act: 'archive.see' },
  {
    text: 'Keep recordings for a case',
    path: PATHS.archiveKeeps,
    act: 'archive.see',
    afterAll: 'Recordings that were kept for a case',
  },
  {
    text: 'Check a sample before destruction',
    path: PATHS.archiveSample,
    act: 'archive.see',
    hint: 'Some of the recordings that nothing ties, drawn by chance and looked up again. Nobody listens.',
  },
  {
    text: 'Propose and decide destruction',
    path: PATHS.archiveBatches,
    act: 'archive.see',
    hint: 'One person proposes, and somebody else approves.',
    afterAll: 'Recordings that were destroyed, with certificates',
  },
  { text: 'Say where copies were', path: PATHS.archivePlaces, act: 'archive.see', afterAll: 'Where copies were' },
  {
    text: 'Say what happened and who was told',
    path: PATHS.archiveTimeline,
    act: 'archive.see',
    afterAll: 'What happened and who was told',
  },
  {
    text: 'Close the archive',
    path: PATHS.archiveClose,
    act: 'archive.see',
    hint: 'Once every recording is kept for a case or destroyed. One person proposes, and somebody else approves.',
  },
  {
    text: 'Figures for the regulator',
    path: PATHS.archiveStatistics,
    act: 'archive.see',
    afterAll: 'Figures for the regulator',
  },
]

/** Links to what comes after matching, for one person; of an archive that is closed, to what stays. */
export function linksAfterwards(
  actor: Actor,
  archive: Pick<Standing['archive'], 'id' | 'state'>,
): { text: string; href: string; hint?: string }[] {
  const isOver = isClosed(archive)
  return AFTERWARDS.filter(({ act, afterAll }) => couldEver(actor, act) && (!isOver || afterAll !== undefined)).map(
    ({ text, path, hint, afterAll }) => ({
      text: isOver ? (afterAll ?? text) : text,
      href: pathTo(path, { archive: archive.id }),
      ...(!isOver && hint !== undefined && { hint }),
    }),
  )
}

function done(): Task['status'] {
  return { text: 'Done' }
}

function tag(text: string, colour: string): Task['status'] {
  return { tag: { text, classes: `govuk-tag--${colour}` } }
}

import { couldEver } from '../../../../access/index.ts'
import {
  checkCollected,
  isClosed,
  readStanding,
  type Standing,
  startMatching,
  tryArchiveAgain,
} from '../../../../actions/index.ts'
import { CLASSES } from '../../../../recordings/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { bytesWords } from '../recording-words.ts'
import { CLASS_WORDS } from '../statistics/words.ts'
import { ARCHIVE_FAILURE_WORDS, ARCHIVE_STATE_WORDS, FAILED_TAG } from '../words.ts'
import { linksAfterwards, tasksToMatch } from './tasks.ts'

/** One archive: where it stands, and what comes next. */
export const showRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archive, who: 'archive.see', logs: [], handle: show },
  {
    method: 'POST',
    path: PATHS.archiveMatch,
    who: 'archive.manage',
    formOn: PATHS.archive,
    logs: ['archive.matching_asked'],
    handle: (visit) => act(visit, (id) => startMatching(visit.service.ops, visit.actor, id)),
  },
  {
    method: 'POST',
    path: PATHS.archiveTryAgain,
    who: 'archive.manage',
    formOn: PATHS.archive,
    logs: ['archive.tried_again'],
    handle: (visit) => act(visit, (id) => tryArchiveAgain(visit.service.ops, visit.actor, id)),
  },
  {
    method: 'POST',
    path: PATHS.archiveCollected,
    who: 'archive.manage',
    formOn: PATHS.archive,
    logs: ['archive.collected_checked'],
    handle: (visit) => act(visit, (id) => checkCollected(visit.service.ops, visit.actor, id)),
  },
]

async function act({ params }: Visit, work: (id: string) => Promise<unknown>): Promise<Answer> {
  const id = params['archive'] ?? ''
  await work(id)
  return { redirect: pathTo(PATHS.archive, { archive: id }) }
}

async function show({ service: { ops }, actor, params }: Visit): Promise<Answer> {
  const standing = await readStanding(ops, params['archive'] ?? '')
  const { archive, collected } = standing
  const parameters = { archive: archive.id }
  const isAtWork = archive.failure === undefined && ['taking_in', 'matching', 'closing'].includes(archive.state)
  const isOpen = !isClosed(archive)
  const manages = couldEver(actor, 'archive.manage')
  const mayMatch = ['taken_in', 'matched'].includes(archive.state)
  return {
    page: 'pages/archive/show/show.njk',
    view: {
      title: archive.title,
      back: PATHS.archives,
      archive,
      isAtWork,
      tag: archive.failure === undefined ? ARCHIVE_STATE_WORDS[archive.state] : FAILED_TAG,
      why: archive.failure && ARCHIVE_FAILURE_WORDS[archive.failure],
      progress: progressOf(standing),
      tasks: isOpen ? tasksToMatch(standing) : [],
      newSince: isOpen && standing.newSince,
      closedAt: archive.closedAt,
      classes:
        archive.counts &&
        CLASSES.map((one) => ({ one, says: CLASS_WORDS[one], files: archive.counts?.classes[one] ?? 0 })),
      figures: archive.summary && figuresOf(archive.summary),
      collected,
      afterwards: archive.matching > 0 ? linksAfterwards(actor, archive) : [],
      links: {
        match: manages && mayMatch ? pathTo(PATHS.archiveMatch, parameters) : undefined,
        tryAgain: manages && archive.failure !== undefined ? pathTo(PATHS.archiveTryAgain, parameters) : undefined,
        check:
          manages && (mayMatch || archive.state === 'closed') ? pathTo(PATHS.archiveCollected, parameters) : undefined,
        registers: pathTo(PATHS.archiveRegisters, parameters),
        close: pathTo(PATHS.archiveClose, parameters),
      },
      hasRegisters: standing.registers.some(({ mapped }) => mapped),
    },
  }
}

function progressOf({ archive: { state, progress } }: Standing): { says: string; done: number; files: number } {
  const { step, files = 0, done = 0 } = progress
  if (state === 'closing') return { says: 'The key of the archive is being destroyed', done: 0, files: 0 }
  if (state === 'matching') return { says: 'Recordings are being compared with the registers', done: 0, files: 0 }
  if (step === undefined)
    return { says: 'It waits for other work of the service to end, then begins', done: 0, files: 0 }
  return { says: step === 'looking' ? 'files listed' : 'recordings copied and encrypted', done, files }
}

function figuresOf({ files, recordings: all, listed, problems }: NonNullable<Standing['archive']['summary']>) {
  return {
    files,
    recordings: all.number,
    phones: all.devices,
    hours: Math.round(all.hours * 10) / 10,
    size: bytesWords(all.bytes),
    named: all.named,
    duplicates: all.duplicates,
    damaged: all.states.damaged,
    notRecognised: all.states.not_recognised,
    missing: listed.missing,
    problems,
  }
}

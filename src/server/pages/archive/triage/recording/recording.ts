import { couldEver } from '../../../../../access/index.ts'
import { seeRecording, type SeenRecording, staysBy } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Route, Visit } from '../../../../route.ts'
import { reasonWords } from '../../recording-words.ts'
import { HELD_WORDS, tagOf } from '../words.ts'
import { factLines, reasonLines } from './known.ts'

const DONE: Readonly<Record<string, string>> = {
  held: 'It is held. It is not destroyed until somebody lifts the hold.',
  released:
    'It is released. It can now be proposed for destruction, and is destroyed only if somebody else approves that.',
}

/** One recording: whose call it is, why it is proposed for what, and what was decided (law rows E14, E15). Every look at it is in the log. */
export const recordingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.recording,
    who: 'recording.see',
    logs: ['recording.seen'],
    handle: async (visit) => {
      const { service, actor, params, query } = visit
      const archive = params['archive'] ?? ''
      const seen = await seeRecording(service.ops, actor, { archive, recording: params['item'] ?? '' })
      return {
        page: 'pages/archive/triage/recording/recording.njk',
        view: {
          title: 'A recording',
          back: pathTo(PATHS.archiveRecordings, { archive }),
          backText: 'Recordings by class and reason',
          done: DONE[query['done'] ?? ''],
          seen,
          tag: tagOf(seen.class, seen.codes),
          facts: seen.known && factLines(seen.known),
          reasons: seen.known
            ? [...reasonLines(archive, seen.known.reasons), ...sinceMatching(seen)]
            : withoutTargets(seen.codes),
          holds: (seen.known?.holds ?? []).map((hold) => ({ ...hold, says: HELD_WORDS[hold.on] })),
          isHeldElsewhere: seen.codes.includes('hold') && seen.known?.holds.length === 0,
          copies: seen.copies.map((id) => hrefOf(archive, id)),
          likelyCopies: (seen.known?.likelyCopies ?? []).map((id) => hrefOf(archive, id)),
          master: seen.follows === null ? undefined : hrefOf(archive, seen.follows),
          decisions: seen.decisions.map((one) => ({ ...one, codes: reasonWords(one.codes) })),
          links: linksOf(visit, seen),
        },
      }
    },
  },
]

/** What came to it after it was matched last: a hold, a release. */
function sinceMatching({ codes, known }: SeenRecording) {
  return withoutTargets(codes.filter((code) => known?.reasons.every((reason) => reason.code !== code)))
}

function withoutTargets(codes: readonly string[]) {
  return reasonWords(codes).map((says) => ({ says, targets: [] }))
}

function linksOf({ actor }: Visit, seen: SeenRecording) {
  const { archive, id, state, hidden } = seen
  const at = { archive: archive.id, item: id }
  const isHere = state === 'held'
  return {
    decide:
      isHere && isOpen(seen) && couldEver(actor, 'recording.decide') ? pathTo(PATHS.recordingDecide, at) : undefined,
    hold:
      isHere && !hidden && couldEver(actor, 'archive.hold')
        ? `${pathTo(PATHS.archiveHoldNew, at)}?item=${id}`
        : undefined,
    listen: isHere && couldEver(actor, 'recording.ask_listen') ? pathTo(PATHS.recordingListen, at) : undefined,
  }
}

/** Whether there is something to decide: what nothing keeps, or what no decision lets go, can only be held, and that has a link of its own. */
function isOpen({ class: found, codes, deadline, follows }: SeenRecording): boolean {
  if (found === null || follows !== null) return false
  const isFree = codes.some((code) => code === 'no_tie' || code === 'released')
  return deadline !== null || (!isFree && staysBy(codes).length === 0)
}

function hrefOf(archive: string, item: string): string {
  return pathTo(PATHS.recording, { archive, item })
}

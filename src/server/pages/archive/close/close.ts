import { decideClosing, proposeClosing, readClosing, type StandsAgainst } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo, toProve } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { ARCHIVE_STATE_WORDS } from '../words.ts'
import { AGAINST_WORDS } from './words.ts'

/** The end of an archive: what stands against it, the proposal of one person, the decision of another, and that it is done (law row E14). */
export const closeRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveClose, who: 'archive.see', logs: [], handle: (visit) => show(visit, []) },
  {
    method: 'POST',
    path: PATHS.archiveClose,
    who: 'archive.propose_closing',
    logs: ['archive.closing_proposed'],
    handle: async (visit) => {
      if (field(visit, 'sure') !== 'yes')
        return show(visit, [{ field: 'sure', text: 'Tick that nothing of this archive is needed any more' }])
      await proposeClosing(visit.service.ops, visit.actor, archiveOf(visit))
      return { redirect: `${address(visit)}?done=proposed` }
    },
  },
  {
    method: 'POST',
    path: PATHS.archiveCloseDecide,
    formOn: PATHS.archiveClose,
    // Who proposed it, and so may not, the act itself finds out.
    who: 'archive.see',
    stepUp: true,
    logs: ['archive.closing_decided'],
    handle: async (visit) => {
      const outcome = field(visit, 'outcome')
      if (outcome !== 'approved' && outcome !== 'refused')
        return show(visit, [{ field: 'outcome', text: 'Select whether the archive is to be closed' }])
      await decideClosing(visit.service.ops, visit.actor, { archiveId: archiveOf(visit), outcome })
      return { redirect: `${address(visit)}?done=${outcome}` }
    },
  },
]

const DONE: Readonly<Record<string, string>> = {
  proposed:
    'The closing is proposed. Nothing changes until somebody else approves it. They see it on their start page.',
  approved: 'Your approval is recorded. The archive is being closed.',
  refused: 'The closing is refused. The archive stays open.',
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, query } = visit
  const read = await readClosing(service.ops, actor, archiveOf(visit))
  const { archive, closing, proposes, decides } = read
  // A form is where what was typed can be lost: whoever may decide proves who they are before they see it.
  if (decides && !actor.stepUp) return { redirect: toProve(address(visit)) }
  return {
    page: 'pages/archive/close/close.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: archive.state === 'closed' ? 'This archive is closed' : 'Close this archive',
      caption: archive.title,
      back: pathTo(PATHS.archive, { archive: archive.id }),
      backText: archive.title,
      done: archive.state === 'closed' ? undefined : DONE[query['done'] ?? ''],
      archive,
      tag: ARCHIVE_STATE_WORDS[archive.state],
      against: read.against.map(againstRow(archive.id)),
      copies: read.copies,
      closing,
      isOwn: closing?.proposedBy.id === actor.id,
      proposes,
      decides,
      places: pathTo(PATHS.archivePlaces, { archive: archive.id }),
      batches: pathTo(PATHS.archiveBatches, { archive: archive.id }),
      decide: pathTo(PATHS.archiveCloseDecide, { archive: archive.id }),
      ...errorsView(errors),
    },
  }
}

function againstRow(archive: string) {
  return ({ code, number }: StandsAgainst) => {
    const { says, path } = AGAINST_WORDS[code]
    return { says: says(number), href: pathTo(path, { archive }) }
  }
}

function address(visit: Visit): string {
  return pathTo(PATHS.archiveClose, { archive: archiveOf(visit) })
}

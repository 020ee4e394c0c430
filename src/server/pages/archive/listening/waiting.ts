import { listeningsWaiting } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'

/** Wishes to listen that others have, for whoever may allow them; and what somebody may listen to now. */
export const waitingListenings: WaitingList = async (ops, actor) =>
  (await listeningsWaiting(ops, actor)).map(({ listening, archiveTitle, waits }) => ({
    text: waits === 'decide' ? 'Decide whether a recording is listened to' : 'Listen to the recording you asked for',
    hint: waits === 'decide' ? `${archiveTitle}. Asked by ${listening.askedBy.name}.` : archiveTitle,
    href: pathTo(PATHS.listening, { archive: listening.archiveId, listening: listening.id }),
    since: waits === 'decide' ? listening.askedAt : (listening.decidedAt ?? listening.askedAt),
    ...(waits === 'listen' && {
      sinceWhat: 'Allowed on',
      ...(listening.endsAt !== undefined && { due: listening.endsAt }),
    }),
  }))

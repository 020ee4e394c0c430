import { type Actor, type Ops, waitingAgreements } from '../../../actions/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { Waiting } from '../home/waiting.ts'

const NEXT = {
  serve: { path: PATHS.noticeChoose, text: 'Serve the notice', hint: 'Nobody can agree before they have had it.' },
  record: {
    path: PATHS.agreementAnswer,
    text: 'Record the answer',
    hint: 'The notice was served. A yes and a no are both an answer.',
  },
  'tell-guardian': {
    path: PATHS.agreementGuardian,
    text: 'Tell a parent, guardian or care authority',
    hint: 'A responsible adult agreed. Somebody nearer must be told, or it must be said why not.',
  },
} as const

/** Notices to serve, answers to record, guardians to tell. */
export async function agreementsWaiting(ops: Ops, actor: Actor): Promise<Waiting[]> {
  return (await waitingAgreements(ops, actor)).map(({ id, reference, exhibit, next, since }) => ({
    text: `${NEXT[next].text}: ${reference}, exhibit ${exhibit}`,
    hint: NEXT[next].hint,
    href: pathTo(NEXT[next].path, { request: id }),
    since,
  }))
}

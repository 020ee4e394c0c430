import { closingAsked, heldLong, nothingAskedFor } from '../../../actions/index.ts'
import { couldEver } from '../../../access/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import type { WaitingList } from '../home/waiting.ts'

/** Devices whose users have been without a phone for almost a day, or longer. */
export const devicesHeldLong: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'device.return')) return []
  return (await heldLong(ops, actor)).map(({ id, exhibit, reference, clock }) => ({
    text:
      clock.state === 'overdue'
        ? `${exhibit} has been held for ${clock.hoursHeld} hours`
        : `${exhibit} is due back soon: it has been held for ${clock.hoursHeld} hours`,
    hint: `Case ${reference}. Return it, or lend a phone.`,
    href: pathTo(PATHS.device, { device: id }),
    since: clock.receivedAt as Date,
    sinceWhat: 'Held since',
    ...(clock.state === 'due_soon' && { due: clock.dueAt as Date }),
  }))
}

/** Cases in which nothing was asked for yet: ask, or say that no phone is needed. */
export const casesWithNothingAsked: WaitingList = async (ops, actor) => {
  if (!couldEver(actor, 'request.write')) return []
  return (await nothingAskedFor(ops, actor)).map(({ id, reference, offence, openedAt }) => ({
    text: `Nothing is asked for in case ${reference}`,
    hint: offence,
    href: pathTo(PATHS.case, { case: id }),
    since: openedAt,
  }))
}

/** Cases that end soon after a refusal, where somebody else has to say why. */
export const casesToClose: WaitingList = async (ops, actor) => {
  if (!actor.roles.includes('authorising_officer')) return []
  return (await closingAsked(ops, actor)).map(({ id, reference, askedAt }) => ({
    text: `Case ${reference} is to be closed after a refusal`,
    hint: 'You are asked whether it ends, and why.',
    href: pathTo(PATHS.caseClose, { case: id }),
    since: askedAt,
  }))
}

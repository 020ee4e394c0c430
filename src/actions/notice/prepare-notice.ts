import { restsOnAgreement } from '../../authorisation/index.ts'
import {
  type Agreeing,
  type Audience,
  type Language,
  makeNotice,
  NoticeError,
  type NoticeRequest,
  type Paper,
} from '../../notice/index.ts'
import { applySchedule, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { newExtract } from '../retention/new-extract.ts'
import { draftOf, userIs, type WholeRequest } from '../whole-request.ts'

/** How a notice is to read. */
export interface NoticeChoices {
  /** who is asked: the user, or who may agree for them */
  readonly to: Agreeing
  readonly language: Language
  /** the reason again, as one would say it to this reader */
  readonly reasonInPlainWords?: string
  /** the day on which the device is to be back, `2026-12-01` */
  readonly returnBy?: string
}

/** Whether a request's power rests on agreement: without one there is no notice under section 39, and nobody is asked. */
export function asksForAgreement({ written: { document } }: Pick<WholeRequest, 'written'>): boolean {
  return restsOnAgreement(document.power)
}

/** What keeps a notice from being made, in words for whoever writes the request; empty where nothing does. */
export function missingForNotice({ written: { document, beliefs } }: Pick<WholeRequest, 'written'>): string[] {
  const lines = document.lines_of_enquiry ?? []
  return [
    ...(document.power === undefined ? ['the legal power'] : []),
    ...(document.purpose === undefined ? ['what the information is for'] : []),
    ...(lines.length === 0 ? ['a line of enquiry: the notice must say why'] : []),
    ...((document.scope ?? []).length === 0 ? ['the scope: the notice must say what is sought'] : []),
    // After the notice nothing of it can be changed any more.
    ...(beliefs.look_again ? ['whether what was written still stands, now that less is asked for'] : []),
  ]
}

/**
 * Makes the notice of a request as it would be served now, from its scope and nothing else. Throws ActionError NOT_VALID where one of the five
 * parts would be empty (PCSC Act 2022 s.39(3); law row B16).
 */
export function prepareNotice(ops: Ops, whole: WholeRequest, choices: NoticeChoices, audience?: Audience): Paper {
  const missing = missingForNotice(whole)
  if (missing.length > 0)
    throw new ActionError('NOT_VALID', 'NOTICE_INCOMPLETE', `the request does not say yet: ${missing.join('; ')}`)
  const { request } = whole
  try {
    return makeNotice({ ...draftOf(whole), reference: request.reference, version: request.version } as NoticeRequest, {
      force: ops.force,
      language: choices.language,
      audience: audience ?? audienceOf(choices.to, whole),
      standsIn: choices.to === 'responsible-adult',
      device: whole.device.device_kind,
      reviewBy: firstReview(whole, ops.now()),
      reasonInPlainWords: choices.reasonInPlainWords,
      returnBy: choices.returnBy,
    })
  } catch (error) {
    if (!(error instanceof NoticeError)) throw error
    throw new ActionError('NOT_VALID', error.code, error.message, error.hint, { cause: error })
  }
}

/** To whom the words are said. */
export function audienceOf(to: Agreeing, whole: Pick<WholeRequest, 'device'>): Audience {
  if (to === 'user') return 'user'
  return userIs(whole) === 'child' ? 'adult-for-child' : 'adult-for-adult'
}

/** The day by which an extract made today would be looked at for the first time. */
function firstReview({ request, device, case: about }: WholeRequest, now: Date): string {
  return applySchedule(newExtract(request.id, about, device, now), STARTING_SCHEDULE, now).reviewOn
}

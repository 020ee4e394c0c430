import { hash } from 'node:crypto'
import type { Agreement } from '../../authorisation/index.ts'
import { noticeEqualsScope, type Paper } from '../../notice/index.ts'
import { canonical } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { userIs, wholeRequest, type WholeRequest } from '../whole-request.ts'
import { type Agreed, isOfTheForce, mayAgree } from './who-may-agree.ts'

/** Agreement as it was given, and how it came about. */
export interface RecordedAgreement extends Agreed {
  readonly requestId: string
  readonly name: string
  readonly confirmed: 'written' | 'electronic' | 'oral'
  /** when it was confirmed; absent: now */
  readonly at?: Date
  /** the officer's declaration: PCSC Act 2022 s.39(2) */
  readonly noUnduePressure: boolean
  /** that the notice was read, or read out, before the answer: s.39(3) */
  readonly noticeRead: boolean
  readonly ownWords?: string
  /** s.38(4): of a child, always; or why they could not be ascertained */
  readonly viewsOfChild?: string
  /** s.38(3)(b), (8)(f): where a responsible adult agrees */
  readonly whyNoOtherPerson?: string
  /** s.39(5): why it could not be written */
  readonly whyOral?: string
  /** s.39(6), (7): that a copy was given */
  readonly copyGiven: boolean
}

/** One condition of an agreement that does not hold: the field it is about, what is so, and where the law says it. */
export interface AgreementFault {
  readonly field: keyof RecordedAgreement
  readonly reason: string
  readonly says: string
}

/**
 * Everything that stands against an agreement as it is to be recorded: PCSC Act 2022 ss.38 and 39 (law rows B11, B12, B14, B15, B17). Empty where it is
 * one. `now` ends the time in which it can have been given.
 */
export function agreementFaults(whole: WholeRequest, input: RecordedAgreement, now: Date): AgreementFault[] {
  const { notice } = whole
  const faults: AgreementFault[] = []
  const against = (field: keyof RecordedAgreement, reason: string, says: string) => faults.push({ field, reason, says })
  const blank = (text: string | undefined) => (text ?? '').trim() === ''
  const verdict = mayAgree(whole, input)
  if (!verdict.may)
    for (const { code, says } of verdict.reasons) against(AGAINST[code] ?? 'by', code.toUpperCase(), says)
  if (notice !== undefined && notice.served_on !== input.by)
    against(
      'by',
      'NOTICE_SERVED_ON_ANOTHER',
      'The notice was served on somebody else: whoever agrees must have had it.',
    )
  if (blank(input.name)) against('name', 'NO_NAME', 'Enter the name of the person who agreed.')
  if (!input.noticeRead)
    against(
      'noticeRead',
      'NOTICE_NOT_READ',
      'They can only agree after they have read the notice, or had it read to them.',
    )
  if (!input.noUnduePressure)
    against(
      'noUnduePressure',
      'PRESSURE_NOT_EXCLUDED',
      'Without this there is no agreement: nobody may be pressed to agree.',
    )
  const at = input.at ?? now
  if (Number.isNaN(at.getTime()) || at > now) against('at', 'IN_THE_FUTURE', 'They cannot have agreed later than now.')
  else if (notice !== undefined && at <= notice.served_at)
    against('at', 'BEFORE_NOTICE', 'They must have had the notice before they agreed.')
  if (userIs(whole) === 'child' && blank(input.viewsOfChild))
    against('viewsOfChild', 'NO_VIEWS_OF_CHILD', 'Enter what the child thinks, or why they could not be asked.')
  if (input.by === 'responsible-adult' && blank(input.whyNoOtherPerson))
    against('whyNoOtherPerson', 'NO_REASON_FOR_FALLBACK', 'Enter why nobody nearer could be reached.')
  if (input.confirmed === 'oral' && blank(input.whyOral))
    against('whyOral', 'NO_REASON_FOR_ORAL', 'Enter why they could not answer in writing.')
  if (input.confirmed === 'oral' && blank(input.ownWords))
    against('ownWords', 'NO_RECORD_OF_WORDS', 'Enter what they said: this is the written record of it.')
  if (!input.copyGiven) against('copyGiven', 'NO_COPY', 'Give them a copy of what was recorded, then confirm it here.')
  return faults
}

const AGAINST: Readonly<Record<string, keyof RecordedAgreement>> = {
  age_not_asked: 'age',
  under_18: 'age',
  authorised_person: 'authorisedPerson',
  document_not_seen: 'authority',
  registration_not_seen: 'authority',
}

/**
 * Records that somebody agreed, after the notice and without pressure. Throws ActionError NOT_VALID with the first reason against it, NOT_ALLOWED
 * where a responsible adult is one of those who may use the power (law row H2), NOT_NOW.
 */
export async function recordAgreement(
  ops: Ops,
  actor: Actor,
  input: RecordedAgreement,
): Promise<{ agreementId: string }> {
  const known: RecordedAgreement = {
    ...input,
    authorisedPerson: input.authorisedPerson || (await isOfTheForce(ops.store, input.name)),
  }
  const about = await mustAllow(
    ops,
    actor,
    'agreement.record',
    { of: 'request', id: input.requestId },
    known.by === 'responsible-adult' ? { responsibleAdult: { authorisedPerson: known.authorisedPerson } } : {},
  )
  await openOne(ops, about.caseId)
  return inTurn(ops, input.requestId, ['notice_served'], async (request) => {
    const whole = await wholeRequest(ops.store, request.id)
    const { notice } = whole
    if (notice === undefined)
      throw new ActionError('NOT_NOW', 'NO_NOTICE', 'no notice was served yet', 'serve the notice first')
    // PCSC Act 2022 s.39(3)(a): they agree to what the notice says, and to nothing else (law row B29).
    if (!noticeEqualsScope(notice.document as unknown as Paper, whole.written.document.scope ?? []).equal)
      throw new ActionError(
        'NOT_VALID',
        'NOTICE_OF_ANOTHER_SCOPE',
        'the scope was changed after the notice',
        'serve a new notice',
      )
    const now = ops.now()
    const fault = agreementFaults(whole, known, now)[0]
    if (fault) throw new ActionError('NOT_VALID', fault.reason, fault.says)
    const row = {
      request_id: request.id,
      outcome: 'agreed' as const,
      given_by: known.by,
      given_by_name: known.name.trim(),
      authority: given(known.authority),
      confirmed: known.confirmed,
      happened_at: known.at ?? now,
      taken_by: actor.id,
      no_undue_pressure: true,
      own_words: given(known.ownWords),
      views_of_child: given(known.viewsOfChild),
      why_no_other_person: known.by === 'responsible-adult' ? given(known.whyNoOtherPerson) : null,
      why_oral: known.confirmed === 'oral' ? given(known.whyOral) : null,
      copy_given_at: now,
    }
    const digest = digestOf(row)
    await ops.journal.record({
      kind: 'agreement.recorded',
      actor: actor.id,
      case: about,
      subject: [{ name: 'agreement', digest }],
      details: {
        request: request.id,
        version: request.version,
        notice: notice.digest,
        agreement: digest,
        by: known.by as Agreement['by'],
        user_is: userIs(whole),
        manner: known.confirmed,
        copy_given: true,
        ...(userIs(whole) === 'child' && { views_recorded: true }),
      },
    })
    return ops.store.db.transaction().execute(async (db) => {
      const { id } = await db.insertInto('agreements').values(row).returning('id').executeTakeFirstOrThrow()
      await db.updateTable('requests').set({ status: 'agreed' }).where('id', '=', request.id).execute()
      return { agreementId: id }
    })
  })
}

/** Text that somebody gave; nothing where it is blank. */
export function given(text: string | undefined): string | null {
  const trimmed = (text ?? '').trim()
  return trimmed === '' ? null : trimmed
}

/** Names a row by what it says: SHA-256, lower-case hex, over its canonical form. */
export function digestOf(row: object): string {
  return hash('sha256', canonical(JSON.parse(JSON.stringify(row))), 'hex')
}

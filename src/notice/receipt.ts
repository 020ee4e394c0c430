import { RECORD_KINDS, type RecordKind, writtenDay } from '../records/index.ts'
import { KIND_WORDS } from '../scope/index.ts'
import { NoticeError } from './errors.ts'
import { type LetterOptions, letter } from './letters.ts'
import type { Paper } from './paper.ts'
import { qrSvg } from './qr.ts'
import { Speaker } from './say.ts'

/** What was taken, in numbers alone, as the signed manifest of the extract says it. */
export interface TakenInNumbers {
  readonly records: Readonly<Partial<Record<RecordKind, number>>>
  /** pictures and other files that belong to the records and were taken with them */
  readonly attachments: number
  /** how many of the records were taken as context of others; absent = none */
  readonly context?: number
  /** how many of these were destroyed since, because they should not have been taken */
  readonly destroyed?: number
  /** records of the kinds asked for that were left on the device */
  readonly left: number
  readonly files: { readonly opened: number; readonly not_opened: number }
  /** lower-case hex: the Merkle root over the records taken */
  readonly root: string
}

export interface ReceiptOptions extends LetterOptions {
  readonly taken: TakenInNumbers
  /** what is to be found out, in words for this reader; as in the notice, and no more a fact than there */
  readonly why: string
  /** whether it rests on an agreement that can still be withdrawn; absent = it does */
  readonly mayWithdraw?: boolean
  /** what retention decided for the extract: days, `2026-06-20` */
  readonly reviewOn: string
  readonly earliestDestruction?: string
  /** the person's own code for the page about it: capital letters, digits and dashes, made by whoever calls */
  readonly code: string
  /** an https address (this machine aside) without the code: it would stay in the history of whatever opens it */
  readonly link: string
}

/**
 * The receipt for the device user: what was taken, in numbers; why; when it is looked at again and destroyed; whom to ask; how
 * to change one's mind or complain (law rows A4, C11, D17; Data Protection Act 2018 s.44). Throws NoticeError BAD_CODE,
 * BAD_LINK, PART_EMPTY, NO_CONTACT.
 */
export function receipt(options: ReceiptOptions): Paper {
  const { taken, code, link } = options
  mustBeSafe(options)
  const kinds = RECORD_KINDS.filter((kind) => (taken.records[kind] ?? 0) > 0)
  const items = kinds.map((kind) => `${KIND_WORDS[kind]}: ${number(taken.records[kind] ?? 0)}`)
  const values = { link, code, review: writtenDay(options.reviewOn) }
  const paper = letter('receipt', 'receipt_title', options, values, (writer) => [
    writer.part('taken', 'Data Protection Act 2018 s.44(2)', 'receipt_taken_heading', [
      items.length === 0
        ? writer.p('receipt_nothing')
        : writer.p('receipt_taken', {}, [
            ...items,
            ...(taken.attachments > 0
              ? [writer.say('receipt_attachments', { files: number(taken.attachments) }).text]
              : []),
          ]),
      ...(taken.context ? [writer.p('receipt_context', { context: number(taken.context) })] : []),
      ...(taken.destroyed ? [writer.p('receipt_destroyed', { destroyed: number(taken.destroyed) })] : []),
      ...(taken.left > 0 ? [writer.p('receipt_left', { left: number(taken.left) })] : []),
      writer.p('receipt_files', { opened: number(taken.files.opened), not_opened: number(taken.files.not_opened) }),
      writer.p(taken.destroyed ? 'receipt_root_now' : 'receipt_root', { root: taken.root }),
    ]),
    writer.part('why', undefined, 'receipt_why_heading', [writer.p('reason_lines'), { text: options.why }]),
    writer.part('keep', 'Data Protection Act 2018 s.44(2)(b)', 'receipt_keep_heading', [
      writer.p('receipt_review'),
      options.earliestDestruction === undefined
        ? writer.p('receipt_destroy_open')
        : writer.p('receipt_destroy', { destroy: writtenDay(options.earliestDestruction) }),
    ]),
    ...(options.mayWithdraw === false
      ? []
      : [writer.part('change', undefined, 'receipt_change_heading', [writer.p('receipt_change')])]),
    writer.part('code', undefined, 'receipt_code_heading', [writer.p('receipt_code')]),
  ])
  return withCode(paper, options)
}

/** Refuses a code or a link of another form: both go on paper, and the link into a square. Throws NoticeError BAD_CODE, BAD_LINK. */
export function mustBeSafe({ code, link }: Pick<ReceiptOptions, 'code' | 'link'>): void {
  if (!/^[A-Z0-9]{4}(-[A-Z0-9]{4}){1,5}$/.test(code))
    throw new NoticeError(
      'BAD_CODE',
      'the code is not of its form',
      'give groups of four capital letters or digits with dashes between',
    )
  if (
    !/^(https:\/\/[A-Za-z0-9.-]+|http:\/\/(127\.0\.0\.1|localhost))(:\d+)?(\/[A-Za-z0-9._/-]*)?$/.test(link) ||
    link.length > 200
  )
    throw new NoticeError(
      'BAD_LINK',
      'the link is not a plain https address',
      'give one without a query, a fragment or a name in it',
    )
}

/** The same paper with the square that leads to its page. */
export function withCode(paper: Paper, { code, link }: Pick<ReceiptOptions, 'code' | 'link'>): Paper {
  const alt = new Speaker(paper.language).word('receipt_code_alt', { link })
  return { ...paper, code: { text: code, link, svg: qrSvg(link), alt } }
}

/** A number as people read it. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

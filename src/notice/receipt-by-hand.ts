import { RECORD_KINDS, type RecordKind, writtenDay } from '../records/index.ts'
import { KIND_WORDS } from '../scope/index.ts'
import { letter } from './letters.ts'
import type { Paper } from './paper.ts'
import { mustBeSafe, number, type ReceiptOptions, withCode } from './receipt.ts'

/** What came of a device that was looked at by hand, in numbers alone. */
export interface SeenInNumbers {
  readonly records: Readonly<Partial<Record<RecordKind, number>>>
  /** things seen that were not looked for */
  readonly others: number
  /** pictures and copies that were made of what was looked for */
  readonly pictures: number
  /** the number under which those are kept */
  readonly exhibit?: string
}

/**
 * The receipt for whoever's device was looked at by hand: what was seen, in numbers; what is kept of it; why; whom to ask (law rows A4, B10, C11).
 * Throws as `receipt` does.
 */
export function receiptByHand(
  options: Omit<ReceiptOptions, 'taken' | 'reviewOn' | 'earliestDestruction'> & {
    readonly seen: SeenInNumbers
    readonly reviewOn?: string
  },
): Paper {
  const { seen, code, link, reviewOn } = options
  mustBeSafe(options)
  const items = RECORD_KINDS.flatMap((kind) => {
    const count = seen.records[kind] ?? 0
    return count > 0 ? [`${KIND_WORDS[kind]}: ${number(count)}`] : []
  })
  const paper = letter('receipt', 'hand_title', options, { link, code }, (writer) => {
    const others =
      seen.others === 1
        ? writer.say('hand_others_one').text
        : writer.say('hand_others_many', { count: number(seen.others) }).text
    return [
      writer.part('taken', 'Data Protection Act 2018 s.44(2)', 'hand_seen_heading', [
        items.length === 0 ? writer.p('hand_nothing') : writer.p('hand_seen', {}, items),
        seen.others === 0 ? writer.p('hand_no_others') : writer.p('hand_others', { others }),
      ]),
      writer.part('why', undefined, 'receipt_why_heading', [writer.p('reason_lines'), { text: options.why }]),
      writer.part('keep', 'Data Protection Act 2018 s.44(2)(b)', 'hand_keep_heading', [
        ...(seen.pictures === 0
          ? [writer.p('hand_keep_nothing')]
          : [writer.p('hand_keep', { pictures: number(seen.pictures), exhibit: seen.exhibit ?? '' })]),
        ...(reviewOn === undefined
          ? []
          : [writer.p('receipt_review', { review: writtenDay(reviewOn) }), writer.p('receipt_destroy_open')]),
      ]),
      ...(options.mayWithdraw === false
        ? []
        : [writer.part('change', undefined, 'receipt_change_heading', [writer.p('receipt_change')])]),
      writer.part('code', undefined, 'receipt_code_heading', [writer.p('receipt_code')]),
    ]
  })
  return withCode(paper, options)
}

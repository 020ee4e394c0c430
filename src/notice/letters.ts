import { writtenDay } from '../records/index.ts'
import { type Force, forceValues } from './force.ts'
import { PHONE } from './make-notice.ts'
import type { Audience, Paper, PaperKind, Part } from './paper.ts'
import { type DeviceKind, type Language, Speaker, type Values } from './say.ts'
import type { WordKey } from './words/en.ts'
import { blanksOf, factsOf, refuseEmpty, Writer } from './writer.ts'

/** What every letter needs. */
export interface LetterOptions {
  readonly force: Force
  /** absent = English */
  readonly language?: Language
  /** absent = the user */
  readonly audience?: Audience
  /** what was handed over; absent = a phone */
  readonly device?: DeviceKind
  /** the number under which the force finds the request */
  readonly reference: string
  /** the day on which it happened, `2026-03-20` */
  readonly on: string
}

/** A copy of the device that is there to be read: handed in to the service, which destroys it, or lying on another machine of the force, whose it is. */
export type CopyToRead = 'handed-in' | 'kiosk'

/** When, seen from the extraction, somebody changed their mind: three different things follow (law row B23). */
export type WithdrawalStage = 'before' | 'during' | 'after'

/**
 * The letter after a change of mind. Before the extraction nothing was taken; during it, it stopped, and what was taken is
 * locked and decided on; after it, what may be relevant must be kept (CPIA Code of Practice para 5) and the rest goes.
 * `decideBy`: the day by which that is decided; `kept: false`: nothing of it is kept; `copies`: what else there is. The letter is written as it is
 * recorded: it says what is being done, not that it is done. Extraction Code under PCSC Act 2022 s.42, from memory: not quoted.
 */
export function withdrawalLetter(
  options: LetterOptions & { readonly copies?: readonly CopyToRead[] } & (
      | { readonly stage: 'before' }
      | { readonly stage: 'during'; readonly kept: false }
      | { readonly stage: 'during' | 'after'; readonly decideBy: string }
    ),
): Paper {
  const { stage, copies = [] } = options
  return letter(`withdrawn-${stage}`, 'withdrawn_title', options, {}, (writer) => [
    writer.part('what', undefined, 'withdrawn_what_heading', [
      writer.p('withdrawn_told'),
      writer.p(`withdrawn_${stage}`),
      writer.p('letter_thanks'),
    ]),
    writer.part('data', 'Data Protection Act 2018 ss.39, 47', 'withdrawn_data_heading', [
      ...(stage === 'before' && copies.length > 0
        ? []
        : [writer.p('kept' in options ? 'withdrawn_during_nothing' : `withdrawn_${stage}_data`)]),
      ...('decideBy' in options ? [writer.p('withdrawn_decide', { decide: writtenDay(options.decideBy) })] : []),
      ...(copies.includes('handed-in') ? [writer.p('withdrawn_copy_handed_in')] : []),
      ...(copies.includes('kiosk') ? [writer.p('withdrawn_copy_kiosk')] : []),
    ]),
    writer.part('next', 'PCSC Act 2022 s.39(3)(e)', 'withdrawn_next_heading', [
      writer.p('letter_not_against'),
      writer.p('withdrawn_return'),
    ]),
  ])
}

/** The letter after a no: a normal outcome, which ends no enquiry and counts against nobody (s.39(3)(d), (e); law row B24). */
export function refusalLetter(options: LetterOptions): Paper {
  return letter('refused', 'refused_title', options, {}, (writer) => [
    writer.part('what', 'PCSC Act 2022 s.39(3)(d)', 'refused_what_heading', [
      writer.p('refused_told'),
      writer.p('refused_free'),
      writer.p('letter_thanks'),
    ]),
    writer.part('next', 'PCSC Act 2022 s.39(3)(e)', 'refused_next_heading', [
      writer.p('letter_not_against'),
      writer.p('refused_return'),
      writer.p('refused_other'),
    ]),
  ])
}

/**
 * The written record of an answer that was given aloud, for the person to keep (PCSC Act 2022 s.39(5) to (7); law row B17).
 * Without `words`, room is left to write them by hand.
 */
export function oralRecord(
  options: LetterOptions & { readonly answer: 'yes' | 'no'; readonly words?: string; readonly whyNotWritten?: string },
): Paper {
  const { answer, words, whyNotWritten } = options
  return letter('oral-record', 'oral_title', options, {}, (writer) => {
    return [
      {
        ...writer.part('why', 'PCSC Act 2022 s.39(5)', 'oral_why_heading', [
          writer.p('oral_why', {}, whyNotWritten === undefined ? undefined : [whyNotWritten]),
          writer.p('oral_read'),
        ]),
        ...(whyNotWritten === undefined ? blanksOf(writer.speaker, ['oral_blank_reason']) : {}),
      },
      {
        ...writer.part('said', 'PCSC Act 2022 s.39(6)', 'oral_said_heading', [
          writer.p(answer === 'yes' ? 'oral_answer_yes' : 'oral_answer_no'),
          ...(words === undefined ? [] : [writer.p('oral_said', {}, [words])]),
        ]),
        ...blanksOf(writer.speaker, [
          ...(words === undefined ? (['oral_blank_words'] as const) : []),
          'answer_served',
          'answer_when',
          'answer_officer',
        ]),
      },
    ]
  })
}

/**
 * Tells a parent, guardian or care authority that the power was used after another adult had agreed (PCSC Act 2022 s.38(5);
 * law row B13). `adult`: who that was, by their relation and not their name unless the force decides otherwise.
 */
export function parentLetter(options: LetterOptions & { readonly adult: string; readonly child?: boolean }): Paper {
  const child = options.child ?? true
  const audience = child ? 'adult-for-child' : 'adult-for-adult'
  return letter(
    'parent-told',
    child ? 'parent_title' : 'parent_title_adult',
    { ...options, audience },
    { adult: options.adult },
    (writer) => [
      writer.part('what', 'PCSC Act 2022 s.38(5)', 'parent_what_heading', [
        writer.p('parent_what'),
        writer.p('parent_adult'),
        ...(child ? [writer.p('parent_views')] : []),
      ]),
      writer.part('next', undefined, 'parent_next_heading', [writer.p('parent_next')]),
    ],
  )
}

/** A letter: its own parts, then rights and whom to ask, which are the same in all. */
export function letter(
  kind: PaperKind,
  titleKey: WordKey,
  { force, language = 'en', audience = 'user', device, reference, on }: LetterOptions,
  values: Values,
  parts: (writer: Writer) => readonly Part[],
): Paper {
  const speaker = new Speaker(language, device)
  const writer = new Writer(speaker, {
    ...forceValues(force),
    phone: { word: PHONE[audience] },
    reference,
    date: writtenDay(on),
    ...values,
  })
  const title = writer.say(titleKey)
  const all = [
    ...parts(writer),
    writer.part('rights', 'Data Protection Act 2018 ss.44 to 48', 'rights_heading', [
      writer.p('rights_ask'),
      writer.p('rights_complain'),
    ]),
    writer.part('contact', undefined, 'contact_heading', [writer.p('contact_text'), writer.p('contact_reference')]),
  ]
  refuseEmpty(all)
  return {
    format: 'peel-paper/1',
    kind,
    language,
    audience,
    title: title.text,
    ...(title.lang ? { title_lang: title.lang } : {}),
    from: force.name,
    ...factsOf(speaker, [
      ['fact_reference', reference],
      ['fact_date', writtenDay(on)],
    ]),
    parts: all,
    untranslated: speaker.untranslated,
  }
}

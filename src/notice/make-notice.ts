import { type Authorisation, type Purpose, powerOf, restsOnAgreement } from '../authorisation/index.ts'
import { writtenDay } from '../records/index.ts'
import { NoticeError } from './errors.ts'
import { type Force, forceValues } from './force.ts'
import type { Audience, Paper, Part } from './paper.ts'
import { type DeviceKind, type Language, Speaker } from './say.ts'
import { scopeDigest, soughtPart } from './sought.ts'
import { blanksOf, factsOf, refuseEmpty, Writer } from './writer.ts'
import type { WordKey } from './words/en.ts'

/** What a notice is made from: an authorisation as it is drafted, before anybody agreed or signed. */
export type NoticeRequest = Pick<
  Authorisation,
  'reference' | 'version' | 'power' | 'purpose' | 'device' | 'lines_of_enquiry' | 'scope'
> &
  Partial<Pick<Authorisation, 'alternatives' | 'excess_information' | 'confidential_information' | 'instrument'>>

export interface NoticeOptions {
  readonly force: Force
  /** absent = English */
  readonly language?: Language
  /** absent = the user, an adult who decides */
  readonly audience?: Audience
  /** a responsible adult answers, because nobody nearer can be reached: they are asked why */
  readonly standsIn?: boolean
  /** what is handed over; absent = a phone */
  readonly device?: DeviceKind
  /** the day of the first review, `2026-12-01`: what `applySchedule` gives for the extract to come */
  readonly reviewBy: string
  /** when the device is to be back, where that can be said */
  readonly returnBy?: string
  /** the reason again, as one would say it to this reader */
  readonly reasonInPlainWords?: string
}

/** The provisions that a notice under section 39 cannot do without, by part. */
export const NOTICE_PARTS: Readonly<Record<string, string>> = {
  sought: 'PCSC Act 2022 s.39(3)(a)',
  reason: 'PCSC Act 2022 s.39(3)(b)',
  handling: 'PCSC Act 2022 s.39(3)(c)',
  refuse: 'PCSC Act 2022 s.39(3)(d)',
  enquiry: 'PCSC Act 2022 s.39(3)(e)',
}

/**
 * Makes the digital processing notice of a request. Where the power rests on agreement (section 37): the notice that must come
 * before it, with the five parts of s.39(3) and room for the answer (kind `notice`, form DPNa). Otherwise: information about
 * what is taken, which asks for no agreement (kind `information`, form DPNc).
 *
 * The national forms DPNa, DPNb and DPNc (National Police Chiefs' Council, 2021) were not seen: only that DPNa is a template to
 * capture and information for victims and witnesses, DPNb their questions, DPNc the same for suspects' devices, as "the minimum
 * recommended level of information"; nor was the later issue that follows s.39, nor the easy-read version. The fields here are
 * those that the Act and the Data Protection Act 2018 s.44 ask for, with what the Code's subjects suggest. A force compares
 * them with the forms in use before it serves one.
 *
 * Throws NoticeError SCOPE_EMPTY, PART_EMPTY, NO_CONTACT (law row B16: nothing is printed with a part empty).
 */
export function makeNotice(request: NoticeRequest, options: NoticeOptions): Paper {
  if (request.scope.length === 0)
    throw new NoticeError(
      'SCOPE_EMPTY',
      'the scope is empty: there is nothing to ask for',
      'add what is sought to the scope',
    )
  const kind = restsOnAgreement(request.power) ? 'notice' : 'information'
  const audience = options.audience ?? 'user'
  const speaker = new Speaker(options.language ?? 'en', options.device)
  const words = new Writer(speaker, {
    ...forceValues(options.force),
    phone: { word: PHONE[audience] },
    reference: request.reference,
    review: writtenDay(options.reviewBy),
    digest: scopeDigest(request.scope),
  })
  const title = words.say(kind === 'notice' ? 'notice_title' : 'information_title')
  const parts =
    kind === 'notice'
      ? [
          words.part('intro', undefined, 'about_heading', [words.p(INTRO[audience]), words.p('help')]),
          soughtPart(request.scope, kind, speaker),
          reason(request, kind, options, words),
          handling(request, kind, options, words),
          words.part('refuse', NOTICE_PARTS['refuse'], 'refuse_heading', [
            words.p(REFUSE[audience]),
            ...(audience === 'child' ? [] : [words.p('refuse_part')]),
            words.p('refuse_back'),
            words.p('refuse_change'),
          ]),
          words.part('enquiry', NOTICE_PARTS['enquiry'], 'enquiry_heading', [
            words.p('enquiry_goes_on'),
            words.p('enquiry_other'),
          ]),
          rights(words),
          contact(words),
          answer(audience, options.standsIn ?? false, words),
          check(words),
        ]
      : [
          words.part('intro', undefined, 'about_heading', [words.p('intro_information'), words.p('help')]),
          words.part('power', 'Data Protection Act 2018 s.44(2)(a)', 'power_heading', [
            words.p('power_text', {}, [powerOf(request.power).section]),
            ...(request.instrument ? [words.p('power_instrument', { instrument: request.instrument.reference })] : []),
          ]),
          soughtPart(request.scope, kind, speaker),
          reason(request, kind, options, words),
          handling(request, kind, options, words),
          rights(words),
          contact(words),
          check(words),
        ]
  refuseEmpty(parts)
  return {
    format: 'peel-paper/1',
    kind,
    form: kind === 'notice' ? 'DPNa' : 'DPNc',
    language: speaker.language,
    audience,
    title: title.text,
    ...(title.lang ? { title_lang: title.lang } : {}),
    from: options.force.name,
    ...factsOf(speaker, [
      ['fact_reference', request.reference],
      ['fact_version', String(request.version)],
      ['fact_phone', request.device.description],
      ['fact_exhibit', request.device.exhibit],
      [factOfRole(request.device.user_role, audience), speaker.word(ROLE[request.device.user_role])],
      ['fact_law', powerOf(request.power).section],
    ]),
    parts,
    scope_digest: scopeDigest(request.scope),
    untranslated: speaker.untranslated,
  }
}

/** How each reader hears of the device. */
export const PHONE: Readonly<Record<Audience, WordKey>> = {
  user: 'phone_user',
  child: 'phone_child',
  'adult-for-child': 'phone_adult_for_child',
  'adult-for-adult': 'phone_adult_for_adult',
}

const INTRO: Readonly<Record<Audience, WordKey>> = {
  user: 'intro_user',
  child: 'intro_child',
  'adult-for-child': 'intro_adult_for_child',
  'adult-for-adult': 'intro_adult_for_adult',
}

const REFUSE: Readonly<Record<Audience, WordKey>> = {
  user: 'refuse_user',
  child: 'refuse_child',
  'adult-for-child': 'refuse_adult',
  'adult-for-adult': 'refuse_adult',
}

const ROLE: Readonly<Record<Authorisation['device']['user_role'], WordKey>> = {
  victim: 'role_victim',
  witness: 'role_witness',
  suspect: 'role_suspect',
  convicted: 'role_convicted',
  'missing-person': 'role_missing',
  deceased: 'role_deceased',
  other: 'role_other',
}

/** The reader has a part in the case; who is missing or dead does not read it, and is named as the one whose device it is. */
function factOfRole(role: Authorisation['device']['user_role'], audience: Audience): WordKey {
  if (role === 'missing-person' || role === 'deceased') return 'fact_person'
  return audience === 'adult-for-child'
    ? 'fact_part_child'
    : audience === 'adult-for-adult'
      ? 'fact_part_adult'
      : 'fact_part'
}

/** How documents name what else was thought of, in words for whoever is asked; what is not here stands as it was written. */
const MEANS: ReadonlyMap<string, WordKey> = new Map([
  ['asking somebody, or records already held', 'means_asking'],
  ['a look at the phone together with its user', 'means_looking'],
  ['screenshots by the user', 'means_screenshots'],
  ['the suspect’s or another person’s device', 'means_other_device'],
  ['the provider of the service', 'means_provider'],
  ['a narrower extraction', 'means_narrower'],
])

const OUTCOME: ReadonlyMap<string, WordKey> = new Map([
  ['not practicable', 'outcome_not_practicable'],
  ['not reasonably practicable', 'outcome_not_reasonably'],
  ['not available', 'outcome_not_available'],
  ['does not avoid the risk', 'outcome_keeps_risk'],
  ['tried without result', 'outcome_no_result'],
])

const PURPOSE: Readonly<Record<Purpose, WordKey>> = {
  crime: 'purpose_crime',
  'missing-person': 'purpose_missing',
  'protect-child-or-at-risk-adult': 'purpose_protect',
  'death-investigation': 'purpose_death',
}

type Kind = 'notice' | 'information'

/** Section 39 asks for its parts only where there is agreement; elsewhere the duty to inform is that of data protection. */
function lawOf(part: 'reason' | 'handling', kind: Kind): string {
  return (kind === 'notice' ? NOTICE_PARTS[part] : undefined) ?? 'Data Protection Act 2018 s.44'
}

/** Why (b): the purpose, what is to be found out, why this device can show it, and what else was thought of. */
function reason(request: NoticeRequest, kind: Kind, { reasonInPlainWords }: NoticeOptions, words: Writer): Part {
  const lines = request.lines_of_enquiry
  const plain = (text: string, keys: ReadonlyMap<string, WordKey>) => {
    const key = keys.get(text)
    return key === undefined ? text : words.say(key).text
  }
  const alternatives = (request.alternatives ?? []).map(
    ({ means, outcome }) => `${plain(means, MEANS)}: ${plain(outcome, OUTCOME)}`,
  )
  return words.part('reason', lawOf('reason', kind), 'reason_heading', [
    words.p(PURPOSE[request.purpose]),
    ...(reasonInPlainWords ? [words.p('reason_plain', { reason: reasonInPlainWords })] : []),
    words.p(
      'reason_lines',
      {},
      lines.map(({ proposition }) => proposition),
    ),
    words.p(
      'reason_device',
      {},
      lines.map(({ why_this_device }) => why_this_device),
    ),
    ...(alternatives.length > 0 ? [words.p('reason_alternatives', {}, alternatives)] : []),
  ])
}

/** How it is dealt with (c). Promises nothing that the retention schedule or the law of disclosure could break. */
function handling(request: NoticeRequest, kind: Kind, { returnBy }: NoticeOptions, words: Writer): Part {
  return words.part('handling', lawOf('handling', kind), 'handling_heading', [
    words.p('handling_copy'),
    words.p('handling_look'),
    ...(request.excess_information?.risk ? [words.p('handling_excess')] : []),
    ...(request.confidential_information?.risk ? [words.p('handling_private')] : []),
    words.p('handling_court'),
    words.p('handling_danger'),
    words.p('handling_review'),
    returnBy === undefined
      ? words.p('handling_return_open')
      : words.p('handling_return', { return: writtenDay(returnBy) }),
  ])
}

function rights(words: Writer): Part {
  return words.part('rights', 'Data Protection Act 2018 ss.44 to 48', 'rights_heading', [
    words.p('rights_ask'),
    words.p('rights_complain'),
  ])
}

function contact(words: Writer): Part {
  return words.part('contact', 'Data Protection Act 2018 s.44(1)', 'contact_heading', [
    words.p('contact_text'),
    words.p('contact_reference'),
  ])
}

/** The list in one number, for whoever compares two papers or a paper with what was authorised. */
function check(words: Writer): Part {
  return words.part('check', undefined, 'check_heading', [words.p('check_text')])
}

/** Room for the answer (PCSC Act 2022 s.39(4)); a child gives views and no answer (s.38(4)). */
function answer(audience: Audience, standsIn: boolean, words: Writer): Part {
  if (audience === 'child')
    return {
      ...words.part('answer', 'PCSC Act 2022 s.38(4)', 'answer_heading', [words.p('answer_child')]),
      ...blanksOf(words.speaker, ['answer_my_views', 'answer_when']),
    }
  return {
    ...words.part('answer', 'PCSC Act 2022 s.39(4)', 'answer_heading', [words.p('answer_user')]),
    ...blanksOf(words.speaker, [
      'answer_served',
      ['answer_read'],
      ['answer_given'],
      ['answer_not_pushed'],
      ['answer_yes', 'answer_no'],
      'answer_part',
      ...(audience === 'adult-for-child' ? (['answer_views'] as const) : []),
      ...(audience === 'user' ? [] : (['answer_relation'] as const)),
      ...(standsIn ? (['answer_fallback'] as const) : []),
      'answer_help',
      'answer_name',
      'answer_signature',
      'answer_when',
      'answer_officer',
    ]),
  }
}

import { type Answers, type RecordedAgreement } from '../../../actions/index.ts'
import type { Agreeing } from '../../../notice/index.ts'
import { readBritishTime } from '../../british-time.ts'

/** The pages of an agreement, in their order. */
export const AGREEMENT_STEPS = ['who', 'manner', 'views', 'pressure', 'check'] as const
export type AgreementStep = (typeof AGREEMENT_STEPS)[number]

/** What each page asks, by the names of its fields. */
export const FIELDS_OF: Readonly<Record<AgreementStep, readonly string[]>> = {
  who: ['name', 'age', 'authority', 'authorised', 'whyNoOtherPerson'],
  manner: ['confirmed', 'whyOral', 'when', 'day', 'month', 'year', 'time'],
  views: ['viewsOfChild'],
  pressure: ['noticeRead', 'noUnduePressure', 'ownWords'],
  check: ['copyGiven'],
}

/** Which page asks for a member of an agreement. */
export const STEP_OF: Readonly<Record<keyof Omit<RecordedAgreement, 'requestId'>, AgreementStep>> = {
  by: 'who',
  name: 'who',
  age: 'who',
  authority: 'who',
  authorisedPerson: 'who',
  whyNoOtherPerson: 'who',
  confirmed: 'manner',
  whyOral: 'manner',
  at: 'manner',
  viewsOfChild: 'views',
  noticeRead: 'pressure',
  noUnduePressure: 'pressure',
  ownWords: 'pressure',
  copyGiven: 'check',
}

/** The field by which a page asks for it, where it has another name. */
export const FIELD_OF: Readonly<Record<string, string>> = { authorisedPerson: 'authorised', at: 'day', by: 'name' }

/** The pages that one agreement has: a child's views are asked of children alone. */
export function stepsFor(userIs: 'adult' | 'child' | 'adult-without-capacity'): readonly AgreementStep[] {
  return AGREEMENT_STEPS.filter((step) => step !== 'views' || userIs === 'child')
}

/** Reads what was answered page by page as an agreement. What was not answered is as little as it can be. */
export function agreementFrom(requestId: string, by: Agreeing, answers: Answers): RecordedAgreement {
  const of = (name: string) => {
    const value = answers[name]
    return typeof value === 'string' ? value : ''
  }
  const age = /^\d{1,3}$/.test(of('age')) ? Number(of('age')) : undefined
  const confirmed = of('confirmed')
  return {
    requestId,
    by,
    name: of('name'),
    ...(age !== undefined && { age }),
    authority: of('authority'),
    authorisedPerson: of('authorised') === 'yes',
    whyNoOtherPerson: of('whyNoOtherPerson'),
    confirmed: confirmed === 'electronic' || confirmed === 'oral' ? confirmed : 'written',
    whyOral: of('whyOral'),
    ...(of('when') === 'earlier' && {
      at:
        readBritishTime({ day: of('day'), month: of('month'), year: of('year'), time: of('time') }) ??
        new Date(Number.NaN),
    }),
    viewsOfChild: of('viewsOfChild'),
    noticeRead: of('noticeRead') === 'yes',
    noUnduePressure: of('noUnduePressure') === 'yes',
    ownWords: of('ownWords'),
    copyGiven: of('copyGiven') === 'yes',
  }
}

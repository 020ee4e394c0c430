import { adjustmentsOf, type DeviceAnswers } from '../../../../actions/index.ts'
import { ADJUSTMENT_WORDS, KIND_WORDS, NOT_NOTED, PROVIDER_WORDS, ROLE_WORDS, USER_IS_WORDS } from '../words.ts'
import { list, text } from './steps.ts'

/** One line of the page on which answers are checked. */
export interface SummaryLine {
  readonly step: string
  readonly key: string
  readonly value?: string
  /** what stands where nothing was entered; absent = that there is none */
  readonly unsaid?: string
  /** shown as a date and time */
  readonly moment?: string
}

/** All answers, in the order of the questions, as whoever gave them reads them again. */
export function summary(answers: DeviceAnswers): SummaryLine[] {
  const of = (name: string) => text(answers, name)
  const words = <W extends string>(list: Readonly<Record<W, string>>, name: string) => list[of(name) as W] ?? ''
  const adjustments = adjustmentsOf(list(answers, 'adjustments').join(',')).map((word) => ADJUSTMENT_WORDS[word])
  const owner = { user: of('userName'), other: of('ownerName'), unknown: 'Not known' }[of('owns')] ?? ''
  const provider = of('providerName')
  const lines: SummaryLine[] = [
    { step: 'phone', key: 'Kind of device', value: words(KIND_WORDS, 'kind') },
    { step: 'phone', key: 'Exhibit', value: of('exhibit') },
    { step: 'phone', key: 'What it looks like', value: of('description') },
    { step: 'phone', key: 'Serial number', value: of('serial'), unsaid: NOT_NOTED },
    { step: 'phone', key: 'IMEI', value: of('imei'), unsaid: NOT_NOTED },
    { step: 'user', key: 'Who uses it', value: of('userName') },
    { step: 'user', key: 'Others who use it', value: of('otherUsers') },
    { step: 'role', key: 'Who they are in the case', value: words(ROLE_WORDS, 'userRole') },
    { step: 'age', key: 'Age, and whether they can decide', value: words(USER_IS_WORDS, 'userIs') },
    ...(of('userIs') === 'adult-without-capacity'
      ? [{ step: 'age', key: 'Assessment of capacity', value: of('capacityAssessment') }]
      : []),
    { step: 'owner', key: 'Owner', value: owner },
    {
      step: 'provider',
      key: 'Handed over by',
      value: ['user', 'owner'].includes(of('providedBy'))
        ? words(PROVIDER_WORDS, 'providedBy')
        : `${words(PROVIDER_WORDS, 'providedBy')}: ${provider}`,
    },
    { step: 'condition', key: 'Condition', value: of('condition') },
    { step: 'condition', key: 'Seal', value: of('seal') },
    {
      step: 'needs',
      key: 'What helps them',
      value: [...adjustments, of('adjustmentsNote')].filter(Boolean).join('. '),
    },
    { step: 'receipt', key: 'Handed over', moment: of('receivedAt') },
    { step: 'receipt', key: 'Where it is now', value: of('place') },
  ]
  return lines
}

import type { Authorisation, PowerId } from '../../../../authorisation/index.ts'
import { powerOf, restsOnAgreement } from '../../../../authorisation/index.ts'
import { localTime } from '../../../../records/index.ts'
import { readBritishTime } from '../../../british-time.ts'
import { PATHS } from '../../../paths.ts'
import type { FieldError } from '../../../form.ts'
import { type Question, questionRoutes, textErrors, type Typed } from '../question.ts'
import { CONDITION_CHOICES, INSTRUMENT_CHOICES, POWER_CHOICES } from '../words.ts'

const INSTRUMENT_POWERS = POWER_CHOICES.map(({ value }) => value).filter((id) => powerOf(id).ground === 'instrument')

/** The right power, and why it is: PCSC Act 2022 s.37(12) (law rows B9, B18, B19). */
const power: Question = {
  path: PATHS.requestPower,
  page: 'pages/request/power/power.njk',
  title: 'Which legal power do you rely on?',
  stated: true,
  ones: [
    'power',
    'why',
    'condition',
    'facts-user-died',
    'facts-at-risk',
    'facts-missing',
    'coroner-reference',
    'coroner-area',
    ...INSTRUMENT_POWERS.flatMap((id) => [
      `kind-${id}`,
      `reference-${id}`,
      `issued-${id}`,
      `issued-by-${id}`,
      `expires-${id}`,
    ]),
    'enactment',
  ],
  values: ({ document, beliefs }) => ({
    power: document.power,
    why: beliefs.why_power,
    condition: document.without_agreement?.condition,
    [`facts-${document.without_agreement?.condition}`]: document.without_agreement?.facts,
    'coroner-reference': document.coroner?.reference,
    'coroner-area': document.coroner?.area,
    [`kind-${document.power}`]: document.instrument?.kind,
    [`reference-${document.power}`]: document.instrument?.reference,
    [`issued-${document.power}`]: dayOf(document.instrument?.issued),
    [`issued-by-${document.power}`]: document.instrument?.issued_by,
    [`expires-${document.power}`]: lastDayOf(document.instrument?.expires),
    enactment: document.instrument?.enactment,
  }),
  view: ({ device, refusedBefore, document }) => ({
    powers: POWER_CHOICES,
    conditions: CONDITION_CHOICES,
    instruments: INSTRUMENT_CHOICES,
    isSuspect: device.user_role === 'suspect',
    refusedBefore,
    changing: document.purpose !== undefined,
  }),
  answer: (typed, { device, userIs }) => {
    const id = POWER_CHOICES.find(({ value }) => value === typed.one('power'))?.value
    if (id === undefined) return { errors: [{ field: 'power', text: 'Select the power that you rely on' }] }
    const errors: FieldError[] = []
    // PCSC Act 2022 s.37(12): agreement does not stand in for a seizure.
    if (restsOnAgreement(id) && device.user_role === 'suspect')
      errors.push({
        field: 'power',
        text: 'A suspect’s device is not taken by agreement: select the power under which it was seized',
      })
    const grounds = groundsOf(typed, id, userIs)
    errors.push(
      ...grounds.errors,
      ...textErrors(typed, 'why', 'Enter why this power is the right one, and the others are not'),
    )
    if (errors.length > 0) return { errors }
    return { answer: { part: 'power', power: id, why: typed.one('why'), ...grounds.given } }
  },
}

type Given = Pick<Authorisation, 'without_agreement' | 'coroner' | 'instrument'>

function groundsOf(typed: Typed, id: PowerId, userIs: string): { errors: FieldError[]; given: Given } {
  switch (powerOf(id).ground) {
    case 'agreement':
      return { errors: [], given: {} }
    case 'without_agreement':
      return withoutAgreement(typed, userIs)
    case 'coroner': {
      const [reference, area] = [typed.one('coroner-reference'), typed.one('coroner-area')]
      return {
        errors: textErrors(typed, 'coroner-reference', 'Enter the coroner’s reference', 200),
        given: { coroner: { reference, ...(area !== '' && { area }) } },
      }
    }
    case 'instrument':
      return instrument(typed, id)
  }
}

function withoutAgreement(typed: Typed, userIs: string): { errors: FieldError[]; given: Given } {
  const condition = CONDITION_CHOICES.find(({ value }) => value === typed.one('condition'))?.value
  if (condition === undefined)
    return { errors: [{ field: 'condition', text: 'Select condition A, B or C' }], given: {} }
  if (condition === 'at-risk' && userIs === 'adult')
    return {
      errors: [
        {
          field: 'condition',
          text: 'Condition B is only for a child or an adult without capacity: the device’s page says neither',
        },
      ],
      given: {},
    }
  const facts = typed.one(`facts-${condition}`)
  return {
    errors: textErrors(typed, `facts-${condition}`, 'Enter the facts that you rely on, and who holds the belief'),
    given: { without_agreement: { condition, facts } },
  }
}

function instrument(typed: Typed, id: PowerId): { errors: FieldError[]; given: Given } {
  const kind = INSTRUMENT_CHOICES.find(({ value }) => value === typed.one(`kind-${id}`))?.value
  const issued = typedDay(typed.one(`issued-${id}`), '00:00')
  const last = typedDay(typed.one(`expires-${id}`), '23:59')
  // The first minute of the day after its last.
  const expires = last && new Date(last.getTime() + 60_000)
  const isLimited = kind === 'warrant' || kind === 'order'
  const errors: FieldError[] = [
    ...(kind === undefined ? [{ field: `kind-${id}`, text: 'Select what the power rests on' }] : []),
    ...textErrors(typed, `reference-${id}`, 'Enter its reference', 200),
    ...(issued === undefined ? [{ field: `issued-${id}`, text: 'Enter the day on which it was issued or made' }] : []),
    ...textErrors(typed, `issued-by-${id}`, 'Enter which court, or who else, issued or made it', 200),
    ...(expires === undefined && (isLimited || typed.one(`expires-${id}`) !== '')
      ? [{ field: `expires-${id}`, text: 'Enter the last day on which it may be relied on' }]
      : []),
    ...(issued !== undefined && expires !== undefined && expires <= issued
      ? [{ field: `expires-${id}`, text: 'Its last day must not be before the day on which it was issued' }]
      : []),
    ...(id === 'other' ? textErrors(typed, 'enactment', 'Enter the Act and section', 300) : []),
  ]
  const enactment = typed.one('enactment')
  return {
    errors,
    given: {
      instrument: {
        kind: kind ?? 'other',
        reference: typed.one(`reference-${id}`),
        ...(issued && { issued: issued.toISOString() }),
        issued_by: typed.one(`issued-by-${id}`),
        ...(expires && { expires: expires.toISOString() }),
        ...(id === 'other' && { enactment }),
      },
    },
  }
}

/** A day as somebody typed it, such as 27/3/2026. */
function typedDay(text: string, time: string): Date | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})$/.exec(text) ?? []
  return readBritishTime({ day, month, year, time })
}

function dayOf(instant: string | undefined): string | undefined {
  if (instant === undefined) return undefined
  const { day, month, year } = localTime(Date.parse(instant))
  return `${day}/${month}/${year}`
}

function lastDayOf(instant: string | undefined): string | undefined {
  return instant && dayOf(new Date(Date.parse(instant) - 60_000).toISOString())
}

export const powerRoutes = questionRoutes(power)

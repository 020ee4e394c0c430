import { isClockTime, britishInstants } from './british-instants.ts'
import type { NamedCall, NamedTime, Precision } from './named-call.ts'
import { type NameTemplate, NONE, patternOf } from './template-pattern.ts'

export { type NameTemplate, TemplateError } from './template-pattern.ts'

/** A template, ready to be asked. */
export interface ReadyTemplate {
  readonly template: NameTemplate
  /** What a stem says by this template; undefined where it does not fit, or says a time that there cannot be. */
  read(stem: string, folders: string): NamedCall | undefined
}

/** Makes a template ready. Throws TemplateError. */
export function readyTemplate(template: NameTemplate): ReadyTemplate {
  const pattern = patternOf(template, 'first')
  return {
    template,
    read(stem, folders) {
      if (template.within && !template.within.test(folders)) return undefined
      const found = pattern.exec(stem)?.groups
      return found && callOf(template, found)
    },
  }
}

/** Makes a template ready that was learnt: a name that it could read in two ways it does not read at all. Throws TemplateError. */
export function readyLearnt(template: NameTemplate): ReadyTemplate {
  const [first, last] = [patternOf(template, 'first'), patternOf(template, 'last')]
  return {
    template,
    read(stem, folders) {
      if (template.within && !template.within.test(folders)) return undefined
      const found = first.exec(stem)?.groups
      const other = found && last.exec(stem)?.groups
      if (found === undefined || other === undefined) return undefined
      const isOne = Object.keys(found).every((field) => found[field] === other[field])
      return isOne ? callOf(template, found) : undefined
    },
  }
}

type Groups = Readonly<Record<string, string | undefined>>

function callOf({ id, directions }: NameTemplate, found: Groups): NamedCall | undefined {
  const started = timeOf(found)
  if (started === 'impossible') return undefined
  const direction = found['direction'] === undefined ? undefined : directions?.[found['direction']]
  const { numbers, contact } = partiesOf(found)
  return {
    recorder: id,
    numbers,
    ...(contact !== undefined && { contact }),
    ...(direction !== undefined && { direction }),
    ...(started !== undefined && { started }),
    ...(found['via'] !== undefined && !isPhone(found['via']) && { via: found['via'].toLowerCase() }),
    ...(found['sim'] !== undefined && { sim: Number(found['sim']) }),
  }
}

function isPhone(via: string): boolean {
  return via.toLowerCase() === 'phone'
}

const WRITTEN_NUMBER = /^\+?(?:\d[ .\-()]{0,2}){3,15}$/

function partiesOf({ number, who, contact }: Groups): { numbers: string[]; contact?: string } {
  const numbers = number === undefined || NONE.test(number) ? [] : number.split(',').map((one) => one.trim())
  const named = nameOf(contact, numbers)
  if (who === undefined) return { numbers, contact: named }
  const text = who.trim()
  if (NONE.test(text)) return { numbers, contact: named }
  if (WRITTEN_NUMBER.test(text)) return { numbers: [...numbers, text], contact: named }
  return { numbers, contact: text }
}

/** Where nobody is in the address book, the number stands in the place of the name, or a word for none. */
function nameOf(contact: string | undefined, numbers: readonly string[]): string | undefined {
  const name = contact?.trim() ?? ''
  return name === '' || NONE.test(name) || numbers.includes(name) ? undefined : name
}

/** When it was; undefined where the name says nothing of it. */
function timeOf(found: Groups): NamedTime | undefined | 'impossible' {
  const unix = found['unix_ms'] ?? (found['unix_s'] && `${found['unix_s']}000`)
  if (unix !== undefined) {
    const at = Number(unix)
    const { year } = clockOf(new Date(at))
    if (!isClockTime({ ...MIDNIGHT, year })) return 'impossible'
    return { at: [at], precision: found['unix_ms'] ? 'millisecond' : 'second', zone: 'said' }
  }
  if (found['DD'] === undefined) return undefined
  const fraction = found['SSS'] ?? found['fraction']
  const time = {
    year: found['YYYY'] === undefined ? 2000 + Number(found['YY']) : Number(found['YYYY']),
    month: Number(found['MM']),
    day: Number(found['DD']),
    hour: Number(found['HH'] ?? 0),
    minute: Number(found['mm'] ?? 0),
    second: Number(found['ss'] ?? 0),
    millisecond: fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0,
  }
  const precision: Precision = fraction ? 'millisecond' : found['ss'] === undefined ? 'minute' : 'second'
  const days = time.hour === 24 ? midnightsOf(time) : [time]
  if (!days.every(isClockTime)) return 'impossible'
  const { offset } = found
  if (offset === undefined) return { at: days.flatMap(britishInstants), precision, zone: 'british' }
  const ahead = minutesOf(offset)
  if (ahead === undefined) return 'impossible'
  return { at: days.map((day) => utcOf(day) - ahead * 60_000), precision, zone: 'said' }
}

type Time = Parameters<typeof isClockTime>[0]
const MIDNIGHT: Time = { year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }

/**
 * Some recorders write an hour 24. Java's `kk` means the first hour of that very day by it, everybody else the first of the
 * next: both are kept.
 */
function midnightsOf(time: Time): Time[] {
  const first = { ...time, hour: 0 }
  const next = new Date(Date.UTC(time.year, time.month - 1, time.day + 1))
  return isClockTime(first) ? [first, { ...first, ...clockOf(next), hour: 0 }] : [first]
}

function clockOf(date: Date): Pick<Time, 'year' | 'month' | 'day'> {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function utcOf({ year, month, day, hour, minute, second, millisecond }: Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
}

function minutesOf(offset: string): number | undefined {
  if (offset === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3))]
  if (hours > 14 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

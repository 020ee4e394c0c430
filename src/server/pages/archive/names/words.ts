import type { Direction, Part } from '../../../../recordings/index.ts'

/** What each part of a name can be, as the screen says it. */
export const PART_WORDS: Readonly<Record<Part, string>> = {
  number: 'Telephone number',
  contact: 'Name of a person',
  who: 'Number or name',
  direction: 'Direction of the call',
  ymd: 'Date: year, month, day',
  dmy: 'Date: day, month, year',
  mdy: 'Date: month, day, year',
  ymd_short: 'Date: short year, month, day',
  dmy_short: 'Date: day, month, short year',
  ymd_hms: 'Date and time: year first, to the second',
  dmy_hms: 'Date and time: day first, to the second',
  ymd_hm: 'Date and time: year first, to the minute',
  ymd_short_hms: 'Date and time: short year first, to the second',
  ymd_short_hm: 'Date and time: short year first, to the minute',
  hms: 'Time: hour, minute, second',
  hms_ms: 'Time: hour, minute, second, millisecond',
  hm: 'Time: hour, minute',
  year: 'Year',
  year_short: 'Short year',
  month: 'Month',
  day: 'Day',
  hour: 'Hour',
  minute: 'Minute',
  second: 'Second',
  millisecond: 'Millisecond',
  unix_ms: 'Milliseconds since 1970',
  unix_s: 'Seconds since 1970',
  sim: 'Which SIM',
  any: 'Something else that changes',
}

/** What a word for the direction may mean. */
export const DIRECTION_WORDS: Readonly<Record<Direction | 'unknown', string>> = {
  in: 'Incoming',
  out: 'Outgoing',
  conference: 'Conference',
  unknown: 'Not known for certain',
}

const FIELDS: Readonly<Record<string, string>> = {
  number: 'number',
  contact: 'name',
  who: 'number or name',
  direction: 'direction',
  any: 'anything',
  sim: 'SIM',
  YYYY: 'year',
  YY: 'short year',
  MM: 'month',
  DD: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
  SSS: 'millisecond',
  unix_ms: 'milliseconds since 1970',
  unix_s: 'seconds since 1970',
}

/** A template as people read it: its own text, and in brackets what stands in each place. */
export function templateWords(template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => `[${FIELDS[name] ?? name}]`).replaceAll(/\\(.)/g, '$1')
}

/** Where a template stands. */
export const TEMPLATE_STATES = {
  proposed: { text: 'Waits for a decision', colour: 'yellow' },
  approved: { text: 'Approved', colour: 'green' },
  refused: { text: 'Refused', colour: 'red' },
} as const

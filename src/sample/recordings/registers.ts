import type { Random } from '../random.ts'
import { clockInBritain } from './british-clock.ts'
import type { Force } from './force.ts'
import type { TrueCall } from './sample-archive.ts'

/** A force's registers as CSV, by file: what holds of phones, operations, cases, holds and protected numbers, and its bills. */
export function registersOf(
  force: Force,
  calls: readonly TrueCall[],
  random: Random,
): Readonly<Record<string, string>> {
  return {
    'holdings.csv': csv(
      ['holder', 'device', 'number', 'from', 'to'],
      force.phones.flatMap(({ id, number, holders }) =>
        holders.map(({ holder, from, to }) => [holder, id, national(number), moment(from), moment(to)]),
      ),
    ),
    'operations.csv': csv(
      ['id', 'people', 'from', 'to'],
      force.operations.map(({ id, people, from, to }) => [id, people.join('; '), moment(from), moment(to)]),
    ),
    'cases.csv': csv(
      ['occurrence', 'status', 'oic', 'team', 'parties', 'roles', 'from', 'to'],
      force.cases.map(({ id, live, oic, team, parties, from, to }) => [
        id,
        live ? 'live' : 'closed',
        oic,
        team.join('; '),
        parties.map(national).join('; '),
        parties.map((_, n) => ['victim', 'witness', 'suspect'][n % 3]).join('; '),
        moment(from),
        moment(to),
      ]),
    ),
    'holds.csv': csv(
      ['id', 'on', 'target', 'lifted'],
      force.holds.map(({ id, number }) => [id, 'number', national(number), '']),
    ),
    'protected.csv': csv(
      ['number', 'kind'],
      force.protectedNumbers.map(({ number, kind }) => [national(number), kind]),
    ),
    'bills.csv': csv(['line', 'other', 'start', 'duration', 'direction'], billsOf(calls, random)),
    'statements.csv': csv(['says', 'item', 'device', 'holder', 'number', 'from', 'to'], []),
  }
}

/** Most calls went through the network and stand on a bill, some seconds off; a withheld number stands there, too. */
function billsOf(calls: readonly TrueCall[], random: Random): string[][] {
  return calls
    .filter(() => random.chance(0.9))
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map(({ phone, number, startedAt, durationMs, direction }) => [
      national(phone.number),
      number === undefined ? '' : national(number),
      moment(startedAt + (random.below(5) - 2) * 1000, true),
      String(Math.round(durationMs / 1000) + random.below(2)),
      direction,
    ])
}

function national(number: string): string {
  return number.replace(/^\+44/, '0')
}

/** `04/03/2019 18:22`, by clocks in Britain. */
function moment(at: number, seconds = false): string {
  const { year, month, day, hour, minute, second } = clockInBritain(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(day)}/${two(month)}/${year} ${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ''}`
}

function csv(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return `${[headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

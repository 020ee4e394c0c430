import type { RecordKind } from '../../../records/index.ts'
import { daysOf, type Intrusion } from '../../../scope/index.ts'
import { APP_CHOICES } from './words.ts'

/** The days of a scope on a line, in units of a drawing 300 wide. */
export interface DaysDrawing {
  readonly bars: readonly { readonly x: number; readonly width: number }[]
  readonly ticks: readonly { readonly x: number; readonly label: string; readonly year?: string }[]
  readonly unlimited: boolean
  /** says the same to whoever does not see it */
  readonly text: string
}

/** Kinds by apps, in units of the same. */
export interface GridDrawing {
  readonly columns: readonly { readonly x: number; readonly label: string }[]
  readonly rows: readonly { readonly y: number; readonly label: string; readonly taken: readonly number[] }[]
  readonly every: readonly { readonly y: number }[]
  readonly height: number
  readonly text: string
}

const WIDTH = 300
const MONTHS = 'JFMAMJJASOND'

/** Draws the days that a scope covers: on the twelve months that end with it, or on as many calendar years as it needs. */
export function drawDays({ days, windows, kinds }: Intrusion, now: Date): DaysDrawing {
  const first = windows[0]?.from ?? now.getTime()
  const last = windows.at(-1)?.to ?? now.getTime()
  const end = new Date(last - 1)
  const year = end.getUTCFullYear()
  const yearly = Date.UTC(year, end.getUTCMonth() - 11, 1) > first
  const from = yearly ? Date.UTC(new Date(first).getUTCFullYear(), 0, 1) : Date.UTC(year, end.getUTCMonth() - 11, 1)
  const to = yearly ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, end.getUTCMonth() + 1, 1)
  const at = (time: number) => round(((time - from) / (to - from)) * WIDTH)
  return {
    // A day on a year is hardly to be seen: it is drawn at least so wide that it is.
    bars: windows.map((one) => ({ x: at(one.from), width: Math.max(2, round(at(one.to) - at(one.from))) })),
    ticks: yearly ? yearTicks(from, to, at) : monthTicks(from, at),
    unlimited: days === undefined && kinds.length > 0,
    text: daysText({ days, kinds, windows }, first, last),
  }
}

function monthTicks(from: number, at: (time: number) => number): DaysDrawing['ticks'] {
  const start = new Date(from)
  return Array.from({ length: 12 }, (_, month) => {
    const day = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1))
    const begins = day.getUTCMonth() === 0
    // The year where it begins, and of the first month; not of both where they are so near that one would lie on the other.
    const first = month === 0 && day.getUTCMonth() < 11
    return {
      x: at(day.getTime()),
      label: MONTHS[day.getUTCMonth()] ?? '',
      ...((begins || first) && { year: String(day.getUTCFullYear()) }),
    }
  })
}

function yearTicks(from: number, to: number, at: (time: number) => number): DaysDrawing['ticks'] {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to).getUTCFullYear()]
  const step = Math.ceil((last - first) / 6)
  return Array.from({ length: Math.ceil((last - first) / step) }, (_, n) => {
    const year = first + n * step
    return { x: at(Date.UTC(year, 0, 1)), label: String(year) }
  })
}

function daysText(
  { days, kinds, windows }: Pick<Intrusion, 'days' | 'kinds' | 'windows'>,
  first: number,
  last: number,
): string {
  if (kinds.length === 0) return 'No days: nothing is asked for.'
  if (days === undefined) return 'No limit: the whole history of the phone.'
  if (windows.length === 0) return 'What is asked for has no time.'
  const span = daysOf(last - first)
  return span === days
    ? `${days} ${days === 1 ? 'day' : 'days'} in one run.`
    : `${days} ${days === 1 ? 'day' : 'days'}, spread over ${span}.`
}

const KIND_LABELS: Readonly<Record<RecordKind, string>> = {
  message: 'Messages',
  call: 'Calls',
  contact: 'Contacts',
  media_item: 'Pictures',
  location: 'Places',
  web_visit: 'Web pages',
  calendar_entry: 'Calendar',
  note: 'Notes',
  voicemail: 'Voicemails',
  installed_app: 'Apps',
  account: 'Accounts',
}

const SHORT_APPS: Readonly<Record<string, string>> = {
  sms: 'Texts',
  whatsapp: 'WhatsApp',
  phone: 'Call list',
  facetime: 'FaceTime',
  contacts: 'Addresses',
  camera: 'Camera',
}

/** What is read from the apps that can be ticked. A kind from an app that holds none of it is asked for in words only, and takes nothing. */
const HELD_BY: Readonly<Record<string, readonly RecordKind[]>> = {
  sms: ['message'],
  whatsapp: ['message', 'call', 'contact'],
  phone: ['call'],
  facetime: ['call'],
  contacts: ['contact'],
  camera: ['media_item'],
}
/** Of other kinds nothing is known, and what is asked for is drawn as it is. */
const KNOWN_KINDS: ReadonlySet<RecordKind> = new Set(Object.values(HELD_BY).flat())

function canBe(kind: RecordKind, app: string): boolean {
  const held = HELD_BY[app]
  return held === undefined || !KNOWN_KINDS.has(kind) || held.includes(kind)
}

const LEFT = 84
/** room for the names of apps, which are written aslant */
const TOP = 70
const ROW = 22
const COLUMN = 26
const MOST_COLUMNS = 6

/** Draws which kinds are asked for from which apps. Where every app is meant, the whole row is. */
export function drawGrid({ cells: asked }: Intrusion): GridDrawing {
  const cells = asked.map(({ kind, apps }) => ({ kind, ...(apps && { apps: apps.filter((app) => canBe(kind, app)) }) }))
  const named = [...new Set(cells.flatMap(({ apps = [] }) => apps))]
  const order = (app: string) => APP_CHOICES.findIndex(({ value }) => value === app) + 1 || 99
  const apps = named.sort((a, b) => order(a) - order(b)).slice(0, MOST_COLUMNS)
  const top = apps.length === 0 ? 2 : TOP
  const x = (app: string) => LEFT + apps.indexOf(app) * COLUMN
  const rows = cells.map(({ kind, apps: own = [] }, at) => ({
    y: top + at * ROW,
    label: KIND_LABELS[kind],
    taken: own.filter((app) => apps.includes(app)).map(x),
  }))
  return {
    columns: apps.map((app) => ({ x: x(app), label: clipped(SHORT_APPS[app] ?? app) })),
    rows,
    every: cells.flatMap(({ apps: own }, at) => (own === undefined ? [{ y: top + at * ROW }] : [])),
    height: top + cells.length * ROW + 4,
    text: gridText(cells, named.length - apps.length),
  }
}

function gridText(cells: Intrusion['cells'], more: number): string {
  if (cells.length === 0) return 'No kinds and no apps: nothing is asked for.'
  const lines = cells.map(({ kind, apps }) => {
    const names = apps?.map((app) => SHORT_APPS[app] ?? app)
    return `${KIND_LABELS[kind]}: ${names === undefined ? 'every app' : names.join(', ') || 'from none of these apps'}`
  })
  return `${lines.join('; ')}.${more > 0 ? ` ${more} more ${more === 1 ? 'app is' : 'apps are'} not drawn.` : ''}`
}

function clipped(label: string): string {
  return label.length > 10 ? `${label.slice(0, 9)}…` : label
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

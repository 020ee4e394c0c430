import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../src/acquisition/index.ts'
import {
  archiveStatistics,
  freezeBatch,
  type Item,
  matchArchive,
  NameParser,
  readMapping,
  readRegister,
  type Registers,
  Telephones,
} from '../src/recordings/index.ts'
import { material } from './material.ts'
import { type Bench, count, MB } from './shape.ts'
import { type Command, medians, once } from './timed.ts'

const RECORDINGS = 200_000
const CASES = 50_000
const HOLDERS = 1024
/** Calls on the bills: three for every one that was recorded. */
const BILLED = 600_000

const START = Date.UTC(2017, 0, 1)
const DAYS = 1400
const TABLES = ['holdings', 'bills', 'operations', 'cases', 'holds', 'protected', 'statements'] as const

const MAPPINGS = {
  holdings: { device: 'Asset', imei: 'IMEI', number: 'Number', holder: 'Collar', from: 'From', to: 'To' },
  bills: { line: 'Line', other: 'Number', start: ['Date', 'Time'], duration: 'Duration', direction: 'Type' },
  operations: { id: 'Operation', people: 'Negotiators', from: 'From', to: 'To' },
  cases: {
    occurrence: 'Occurrence',
    status: 'Status',
    oic: 'OIC',
    team: 'Team',
    parties: 'Phones',
    from: 'From',
    to: 'To',
  },
  holds: { id: 'Hold', on: 'On', target: 'What', lifted: 'Lifted' },
  protected: { number: 'Number', kind: 'Kind' },
  statements: { says: 'Answer', device: 'Asset', number: 'Number' },
}

/** Matching an archive with everything that ties recordings, from the exports to the figures and a frozen batch. */
export const matchRecordings: Bench = {
  name: 'match-recordings',
  title: 'Matching call recordings',
  async run({ runs, scale, note }) {
    const size = (number: number) => Math.max(64, Math.round(number * scale))
    const [recordings, cases, holders] = [size(RECORDINGS), size(CASES), size(HOLDERS)]
    note(`${count(recordings)} recordings, ${count(cases)} cases, ${count(holders)} holders`)
    const folder = await material(`recordings-${recordings}-${cases}-${holders}`, (into) =>
      makeExports(into, recordings, cases, holders, size(BILLED)),
    )
    const run = (what: string): Command => [process.execPath, import.meta.filename, what, folder]
    const cost = medians(runs, { match: () => once(run('match')), read: () => once(run('read')) })
    const bytes = [...TABLES.map((table) => `${table}.csv`), 'items.json'].reduce(
      (sum, name) => sum + statSync(join(folder, name)).size,
      0,
    )
    const what = `${count(recordings)} recordings × ${count(cases)} cases × ${count(holders)} holders`
    const beside = `reading the same ${(bytes / MB).toFixed(0)} MB as lines and JSON: ${cost.read.wall.toFixed(2)} s`
    return [
      {
        what: `${what}: matched, counted and frozen`,
        value: cost.match.wall,
        unit: 's',
        target: 60,
        beside,
        cost: cost.match,
      },
      { what: `${what}: memory`, value: cost.match.peak / MB, unit: 'MB', target: 1500, beside: '' },
      { what: `${what}: ratio`, value: cost.match.wall / cost.read.wall, unit: '×', beside },
    ]
  },
}

/**
 * Numbers as long as British ones and nobody's: none is given out that begins with 06. Ofcom has too few for drama. Reading one
 * costs more than reading a number that is in use, which the first reading finds.
 */
const party = (at: number) => `06${String(100_000_000 + at)}`
const line = (at: number) => `06${String(900_000_000 + at)}`

function makeExports(folder: string, recordings: number, cases: number, holders: number, billed: number): void {
  let state = 20_170_101
  const below = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
  const two = (value: number) => String(value).padStart(2, '0')
  const day = (at: number) => {
    const date = new Date(START + at * 86_400_000)
    return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`
  }
  const parties = recordings / 4
  const write = (name: string, heading: string, rows: readonly string[]) =>
    writeFileSync(join(folder, `${name}.csv`), `${heading}\r\n${rows.join('\r\n')}\r\n`)
  const many = (number: number, row: (at: number) => string) => Array.from({ length: number }, (_, at) => row(at))

  // Every fourth phone changes hands once.
  write(
    'holdings',
    'Asset,IMEI,Number,Collar,From,To',
    many(holders, (at) => {
      const half = at % 4 === 3
      const rows = [
        `A-${at},${350_000_000_000_000 + at},${line(at)},C${1000 + at},01/01/2016,${half ? day(DAYS / 2) : ''}`,
      ]
      if (half) rows.push(`A-${at},,${line(at)},C${1000 + ((at + 1) % holders)},${day(DAYS / 2 + 1)},`)
      return rows.join('\r\n')
    }),
  )
  const items: { id: string; sha256: string; bytes: number; device: string; path: string; durationMs: number }[] = []
  const bills: string[] = []
  for (let at = 0; at < billed; at++) {
    const [phone, other, on, second] = [below(holders), below(parties), below(DAYS), below(86_400)]
    const [seconds, out] = [below(900), below(2)]
    const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two)
    const duration = [0, Math.floor(seconds / 60), seconds % 60].map(two).join(':')
    bills.push(`${line(phone)},${party(other)},${day(on)},${time.join(':')},${duration},${out ? 'MO' : 'MT'}`)
    if (at % Math.round(billed / recordings) !== 0 || items.length >= recordings) continue
    const [dd, mm, yyyy] = day(on).split('/')
    const number = at % 11 === 0 ? 'null' : party(other)
    const item = {
      id: `R-${at}`,
      sha256: String(at).padStart(64, '0'),
      bytes: seconds * 1600,
      device: `A-${phone}`,
      path: `CallRecord_${yyyy}${mm}${dd}-${time.join('')}_${number}.amr`,
      durationMs: seconds * 1000,
    }
    // One in twenty is there twice.
    items.push(item, ...(at % 60 === 0 ? [{ ...item, id: `C-${at}` }] : []))
  }
  write('bills', 'Line,Number,Date,Time,Duration,Type', bills)
  writeFileSync(join(folder, 'items.json'), JSON.stringify(items))
  write(
    'operations',
    'Operation,Negotiators,From,To',
    many(200, (at) => `OP-${at},C${1000 + below(holders)};C${1000 + below(holders)},${day(at * 6)},${day(at * 6 + 3)}`),
  )
  write(
    'cases',
    'Occurrence,Status,OIC,Team,Phones,From,To',
    many(cases, (at) => {
      const from = below(DAYS)
      const numbers = many(3, () => party(below(parties * 8))).join(';')
      const team = many(3, () => `C${1000 + below(holders)}`).join(';')
      return `OC-${at},${at % 5 === 0 ? 'Open' : 'Closed'},C${1000 + below(holders)},${team},${numbers},${day(from)},${day(from + 200)}`
    }),
  )
  write(
    'holds',
    'Hold,On,What,Lifted',
    many(200, (at) => [`H-${at},number,${party(below(parties))},`, `H-${at},case,OC-${below(cases)},`][at % 2] ?? ''),
  )
  write(
    'protected',
    'Number,Kind',
    many(500, () => `${party(below(parties))},solicitor`),
  )
  write(
    'statements',
    'Answer,Asset,Number',
    many(holders, (at) => (at % 200 === 0 ? `evidence,A-${at},${party(below(parties))}` : `nothing,A-${at},`)),
  )
}

/** What is measured, in a process of its own. */
function matchAll(folder: string): void {
  const telephones = new Telephones()
  const registers = Object.fromEntries(
    TABLES.map((table) => {
      const mapping = readMapping({ format: 'peel-columns/1', table, columns: MAPPINGS[table] })
      const { rows, problems } = readRegister(
        table,
        textOf(readFileSync(join(folder, `${table}.csv`))),
        mapping,
        telephones,
      )
      // Some of the times lie in the hours of March that never were.
      const other = problems.filter(({ code }) => code !== 'not_a_time')
      if (other.length > 0) throw new Error(`${table}: ${other.length} rows cannot be read`)
      return [table, rows]
    }),
  ) as unknown as Registers
  const parser = new NameParser()
  const items = (JSON.parse(readFileSync(join(folder, 'items.json'), 'utf8')) as ReturnType<typeof JSON.parse>[]).map(
    ({ id, sha256, bytes, device, path, durationMs }): Item => ({
      id,
      sha256,
      bytes,
      device,
      named: parser.parse(path),
      audio: { container: 'amr', durationMs, state: 'whole' },
    }),
  )
  const matches = matchArchive(items, registers, Date.UTC(2026, 10, 21))
  const key = new Uint8Array(32)
  const { classes } = archiveStatistics(matches, key).total
  const batch = freezeBatch(matches, { id: 'B', proposer: 'p', proposedAt: '2026-11-21T10:00:00Z', decision: 'D', key })
  console.log(JSON.stringify({ classes, batch: batch.items.length }))
}

/** The least that anybody must do with the same files. */
function readAll(folder: string): void {
  let cells = 0
  for (const table of TABLES)
    for (const row of readFileSync(join(folder, `${table}.csv`), 'utf8').split('\r\n')) cells += row.split(',').length
  console.log(cells, JSON.parse(readFileSync(join(folder, 'items.json'), 'utf8')).length)
}

if (import.meta.main) {
  const [, , what, folder = ''] = process.argv
  if (what === 'match') matchAll(folder)
  else readAll(folder)
}

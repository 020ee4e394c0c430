import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../../../acquisition/index.ts'
import {
  CLASSES,
  type ColumnMapping,
  type Match,
  matchInventory,
  readMapping,
  readRegister,
  type Registers,
  type Table,
  TABLES,
} from '../../../recordings/index.ts'
import { SealedStore } from '../../../vault/index.ts'
import { type Input, text } from '../../command.ts'
import { EXIT, Stop } from '../../exit.ts'
import { readIdentityFile } from '../../read-input.ts'
import type { Terminal } from '../../terminal.ts'
import { CLASS_WORDS } from './class-words.ts'

/** Something in a register that could not be read, by its place alone. */
interface Oddity {
  readonly file: string
  readonly line: number
  readonly code: string
  readonly field?: string
  readonly row: 'kept' | 'left_out'
}

/** Matches an inventory with the force's registers, and keeps what came of it in the inventory. */
export async function match(place: string, folder: string, input: Input, terminal: Terminal): Promise<number> {
  const { registers, rows, oddities } = readRegisters(folder)
  const store = await SealedStore.open(place, readIdentityFile(text(input, 'identity') ?? ''))
  try {
    const matches = matchInventory(store, registers, Date.now())
    const classes = Object.fromEntries(
      CLASSES.map((one) => [one, matches.filter((match) => match.class === one).length]),
    )
    const reasons = reasonsOf(matches)
    if (input.options['json'])
      terminal.json({ inventory: place, recordings: matches.length, classes, reasons, registers: rows, oddities })
    else print(matches.length, classes, reasons, oddities, terminal)
    return EXIT.done
  } finally {
    store.close()
  }
}

/** Every register that lies in a folder, each with its mapping of columns beside it where it has one. */
function readRegisters(folder: string): { registers: Registers; rows: Record<string, number>; oddities: Oddity[] } {
  if (!existsSync(folder)) throw new Stop(EXIT.usage, `${folder} is not there`, 'give the folder with the registers')
  const rows: Record<string, number> = {}
  const oddities: Oddity[] = []
  const read = <Name extends Table>(table: Name): Registers[Name] => {
    const file = `${table}.csv`
    if (!existsSync(join(folder, file))) return [] as unknown as Registers[Name]
    const found = readRegister(table, textOf(readFileSync(join(folder, file))), mappingOf(folder, table))
    rows[table] = found.rows.length
    for (const problem of found.problems) oddities.push({ file, ...problem })
    return found.rows as Registers[Name]
  }
  const registers: Registers = {
    holdings: read('holdings'),
    bills: read('bills'),
    operations: read('operations'),
    cases: read('cases'),
    holds: read('holds'),
    protected: read('protected'),
    statements: read('statements'),
  }
  if (Object.keys(rows).length === 0)
    throw new Stop(
      EXIT.usage,
      'no register lies in the folder',
      `give at least one of ${Object.keys(TABLES)
        .map((one) => `${one}.csv`)
        .join(', ')}`,
    )
  return { registers, rows, oddities }
}

/** The mapping that lies beside a register as `<table>.columns.json`; without one, the headings are the names of our fields. */
function mappingOf(folder: string, table: Table): ColumnMapping {
  const place = join(folder, `${table}.columns.json`)
  if (existsSync(place)) return readMapping(JSON.parse(readFileSync(place, 'utf8')))
  const { needed, more } = TABLES[table]
  const headings = firstLine(join(folder, `${table}.csv`))
  const fields = [...needed, ...more].filter((field) => headings.includes(field))
  return readMapping({
    format: 'peel-columns/1',
    table,
    columns: Object.fromEntries(fields.map((field) => [field, [field]])),
  })
}

function firstLine(place: string): string[] {
  const [line = ''] = readFileSync(place, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/, 1)
  return line.split(',').map((heading) => heading.trim().replace(/^"|"$/g, '').toLowerCase())
}

function reasonsOf(matches: readonly Match[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code } of matches.flatMap(({ reasons }) => reasons)) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

function print(
  recordings: number,
  classes: Readonly<Record<string, number>>,
  reasons: Readonly<Record<string, number>>,
  oddities: readonly Oddity[],
  terminal: Terminal,
): void {
  const n = (value: number) => value.toLocaleString('en-GB')
  terminal.line(`${n(recordings)} recordings. Nothing has been decided; this is what is proposed:`)
  terminal.line()
  for (const one of CLASSES) terminal.line(`  ${one}  ${n(classes[one] ?? 0).padStart(7)}  ${CLASS_WORDS[one]}`)
  terminal.line()
  terminal.line('Why:')
  for (const [code, count] of Object.entries(reasons).toSorted(
    ([one, a], [other, b]) => b - a || (one < other ? -1 : 1),
  ))
    terminal.line(`  ${n(count).padStart(7)}  ${code.replaceAll('_', ' ')}`)
  if (oddities.length === 0) return
  terminal.line()
  terminal.line('Rows of registers that could not be read, or not whole:')
  for (const { file, line, code, field, row } of oddities.slice(0, 20))
    terminal.line(
      `  ${file}, line ${line}${field === undefined ? '' : `, ${field}`}: ${code.replaceAll('_', ' ')}; ${row === 'kept' ? 'the rest of it counts' : 'left out'}`,
    )
  if (oddities.length > 20) terminal.line(`  and ${n(oddities.length - 20)} more`)
}

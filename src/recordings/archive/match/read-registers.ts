import type { ColumnMapping } from './column-mapping.ts'
import { MatchError } from './errors.ts'
import { type Cells, type Reading, readRows } from './row-reader.ts'
import {
  type ArchiveHold,
  type BilledCall,
  type CaseRow,
  HELD_THINGS,
  type Holding,
  type Operation,
  OWNER_SAYS,
  type OwnerStatement,
  PARTY_ROLES,
  PROTECTED_KINDS,
  type ProtectedNumber,
  type Registers,
} from './rows.ts'
import { idKey } from '../../../records/index.ts'
import { Telephones } from './telephone.ts'

type RowOf<Table extends keyof Registers> = Registers[Table][number]
type Readers = { readonly [Table in keyof Registers]: (cells: Cells) => RowOf<Table> | undefined }

/**
 * Reads one export through its mapping. Whatever cannot be read is told by its line; where a row can still say that something is
 * to be kept, it is taken so. Throws MatchError HEADINGS_MISSING, and MAPPING_INVALID where the mapping is for another table.
 */
export function readRegister<Table extends keyof Registers>(
  table: Table,
  text: string,
  mapping: ColumnMapping,
  telephones: Telephones = new Telephones(),
): Reading<RowOf<Table>> {
  if (mapping.table !== table)
    throw new MatchError('MAPPING_INVALID', `the mapping of columns is one for ${mapping.table}, not ${table}`)
  return readRows<RowOf<Table>>(text, mapping, telephones, READERS[table])
}

const READERS: Readers = { holdings, bills, operations, cases, holds, protected: protectedNumber, statements }

function holdings(cells: Cells): Holding | undefined {
  const holder = cells.needed('holder')
  const device = cells.text('device')
  const imei = cells.text('imei')
  const number = cells.number('number')
  const during = cells.window()
  if (!isId(holder) || !(isId(device) || isId(imei) || number !== undefined)) return undefined
  return {
    line: cells.line,
    holder,
    ...(device !== undefined && { device }),
    ...(imei !== undefined && { imei }),
    ...(number !== undefined && { number }),
    during,
  }
}

function bills(cells: Cells): BilledCall | undefined {
  cells.needed('line')
  cells.needed('start')
  const ours = cells.number('line')
  const start = cells.moment('start')
  const other = cells.number('other')
  const durationMs = cells.duration('duration')
  const direction = cells.word('direction', DIRECTIONS)
  if (ours === undefined || start === undefined) return undefined
  return {
    line: cells.line,
    ours,
    began: start.at.map((from) => ({ from, to: from + start.lastsMs - 1 })),
    ...(other !== undefined && { other }),
    ...(durationMs !== undefined && { durationMs }),
    ...(direction !== undefined && { direction }),
  }
}

function operations(cells: Cells): Operation | undefined {
  const id = cells.needed('id')
  cells.needed('people')
  const people = cells.list('people').filter(isId)
  const during = cells.window()
  return id === undefined || people.length === 0 ? undefined : { line: cells.line, id, people, during }
}

function cases(cells: Cells): CaseRow | undefined {
  const occurrence = cells.needed('occurrence')
  const status = cells.word('status', STATUSES)
  const oic = cells.text('oic')
  const team = cells.list('team').filter(isId)
  const numbers = cells.numbers('parties')
  const roles = cells.list('roles').map((role) => cells.meaning('roles', role, ROLES) ?? 'other')
  const during = cells.window()
  if (occurrence === undefined) return undefined
  const parties = numbers.flatMap((number, at) => {
    const role = roles.length === 1 ? roles[0] : roles.length === numbers.length ? roles[at] : undefined
    return number === undefined ? [] : [{ number, role: role ?? 'other' }]
  })
  return {
    line: cells.line,
    occurrence,
    live: status !== 'closed',
    ...(isId(oic) && { oic }),
    team,
    parties,
    during,
  }
}

function holds(cells: Cells): ArchiveHold | undefined {
  const id = cells.needed('id')
  const on = cells.needed('on') === undefined ? undefined : cells.word('on', wordsOf(HELD_THINGS))
  const target = on === 'archive' ? undefined : on === 'number' ? cells.number('target') : cells.text('target')
  const lifted = cells.moment('lifted')
  if (id === undefined) return undefined
  const common = { line: cells.line, id, ...(lifted && { lifted: (lifted.at.at(-1) as number) + lifted.lastsMs }) }
  // A hold on nobody knows what holds everything, until somebody says on what.
  if (on === undefined || on === 'archive' || target === undefined || (on !== 'number' && !isId(target))) {
    if (on !== 'archive' && cells.problems.length === 0) cells.needed('target')
    return { ...common, on: 'archive' }
  }
  return { ...common, on, target }
}

function protectedNumber(cells: Cells): ProtectedNumber | undefined {
  cells.needed('number')
  const number = cells.number('number')
  const kind = cells.word('kind', wordsOf(PROTECTED_KINDS)) ?? 'other'
  return number === undefined ? undefined : { line: cells.line, number, kind }
}

function statements(cells: Cells): OwnerStatement | undefined {
  cells.needed('says')
  const says = cells.word('says', wordsOf(OWNER_SAYS)) ?? 'unclear'
  const item = cells.text('item')
  const device = cells.text('device')
  const holder = cells.text('holder')
  const number = cells.number('number')
  const during = cells.window()
  if (item === undefined && !isId(device) && !isId(holder) && number === undefined) return undefined
  return {
    line: cells.line,
    says,
    ...(item !== undefined && { item }),
    ...(isId(device) && { device }),
    ...(isId(holder) && { holder }),
    ...(number !== undefined && { number }),
    during,
  }
}

function isId(text: string | undefined): text is string {
  return text !== undefined && idKey(text) !== ''
}

function wordsOf<const Word extends string>(words: readonly Word[]): Readonly<Record<string, Word>> {
  return Object.fromEntries(words.map((word) => [word, word])) as Record<string, Word>
}

const DIRECTIONS: Readonly<Record<string, 'in' | 'out'>> = {
  in: 'in',
  incoming: 'in',
  inbound: 'in',
  received: 'in',
  mt: 'in',
  out: 'out',
  outgoing: 'out',
  outbound: 'out',
  dialled: 'out',
  made: 'out',
  mo: 'out',
}

// What else a system calls the state of a case is for a person to say: a filed case may wait for an appeal.
const STATUSES: Readonly<Record<string, 'live' | 'closed'>> = { live: 'live', open: 'live', closed: 'closed' }

const ROLES: Readonly<Record<string, (typeof PARTY_ROLES)[number]>> = wordsOf(PARTY_ROLES)

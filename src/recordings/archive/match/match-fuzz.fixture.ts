import fc from 'fast-check'
import { readMoment } from './british-moment.ts'
import { type ColumnMapping, readMapping } from './column-mapping.ts'
import { readCsv } from '../../../acquisition/index.ts'
import { MatchError } from './errors.ts'
import { readRegister } from './read-registers.ts'

const piece = fc.oneof(
  fc.constantFrom('"', '""', ',', ';', '\r\n', '\n', '\r', '\ufeff', '\0', '"\n', ' ', '\u2028', '="', "'"),
  fc.constantFrom(
    '04/03/2019',
    '27/10/2019 01:30',
    '18:22:07',
    '31/12/9999',
    '4 Mar 19',
    '43528.5',
    '24:00',
    '00:03:12',
  ),
  fc.constantFrom('07700900123', '+447700900123', '4.47701E+11', 'withheld', 'Open', 'in', 'D-1', 'OC/1', 'archive'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

const TABLE = {
  bills: 'line,start,other,duration,direction',
  cases: 'occurrence,status,oic,team,parties,from,to',
  holds: 'id,on,target,lifted',
  statements: 'says,item,device,number,from,to',
} as const
const MAPPINGS = Object.entries(TABLE).map(([table, fields]) =>
  readMapping({
    format: 'peel-columns/1',
    table,
    columns: Object.fromEntries(fields.split(',').map((field) => [field, field])),
  }),
)

/** Throws exports, dates and mappings at their readers: short runs in unit tests, long ones from `fuzz/`. */
export function fuzzExports(options: fc.Parameters<[string, ColumnMapping]>): void {
  fc.assert(
    fc.property(text, fc.constantFrom(...MAPPINGS), (body, mapping) => {
      let line = 0
      for (const record of readCsv(body)) {
        if (record.line <= line) throw new Error('lines that do not go on')
        line = record.line
      }
      for (const at of readMoment(body)?.at ?? []) if (Number.isNaN(at)) throw new Error('a time that is none')
      const table = mapping.table as keyof typeof TABLE
      const { rows, problems } = readRegister(table, `${TABLE[table]}\n${body}`, mapping)
      const told = new Set([...rows.map((row) => row.line), ...problems.map((problem) => problem.line)])
      // Every line that says anything is a row or a problem.
      for (const { line: at, cells, fault } of readCsv(`${TABLE[table]}\n${body}`))
        if (at > 1 && (fault !== undefined || cells.some((cell) => cell.trim() !== '')) && !told.has(at))
          throw new Error('a row was lost')
    }),
    options,
  )
}

/** What is no mapping is refused by its code, whatever it is. */
export function fuzzMappings(options: fc.Parameters<[unknown]>): void {
  const value = fc.oneof(
    fc.anything(),
    fc.record({ format: fc.constant('peel-columns/1'), table: fc.constant('bills'), columns: fc.anything() }),
  )
  fc.assert(
    fc.property(value, (given) => {
      try {
        readMapping(given)
      } catch (error) {
        if (!(error instanceof MatchError)) throw error
      }
    }),
    options,
  )
}

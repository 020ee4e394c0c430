import type { SqlValue } from '../sqlite.ts'

export type Row = Record<string, SqlValue>

/** An integer that a double holds exactly becomes a number; the engines hand all of them over as bigint. */
export function exactValue(value: SqlValue): SqlValue {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER ? number : value
}

/** Does the same for every column of a row, in place: copying rows would cost more than reading them. */
export function exactRow(row: Row): Row {
  for (const column in row) {
    const value = row[column]
    if (typeof value !== 'bigint') continue
    const number = Number(value)
    if (number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER) row[column] = number
  }
  return row
}

/** Makes a row of its values, in the order of their names. */
export function namedRow(names: readonly string[], values: readonly SqlValue[]): Row {
  const row: Row = {}
  for (let i = 0; i < names.length; i++) row[names[i]!] = exactValue(values[i]!)
  return row
}

/** The other way: a whole number goes in as an integer, because SQL tells 1 from 1.0 and the engines would make it a real. */
export function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

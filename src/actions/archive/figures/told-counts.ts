import type { MonthCounts } from '../../../recordings/index.ts'
import { suppress } from '../../oversight/suppress.ts'

/** A month of all phones together, as it may be told. What is absent might be somebody. */
export interface ToldMonth {
  /** absent where nothing says when */
  readonly month?: string
  readonly files?: number
  readonly hours?: number
  readonly parties?: number
}

/** Leaves out of a breakdown by month what might be somebody: few recordings, few people, and whatever would give such a count away. */
export function toldMonths(months: readonly MonthCounts[]): ToldMonth[] {
  const files = suppress(months.map((one) => one.files))
  const parties = suppress(months.map((one) => one.parties))
  return months.map(({ month, hours }, at) => {
    const [itsFiles, itsParties] = [files[at], parties[at]]
    return {
      ...(month !== undefined && { month }),
      ...(itsFiles !== undefined && { files: itsFiles, hours }),
      ...(itsFiles !== undefined && itsParties !== undefined && { parties: itsParties }),
    }
  })
}

/** The same for counts by name, in their order. */
export function toldCounts<Name extends string>(
  counts: Readonly<Record<Name, number>>,
): [Name, { readonly files?: number }][] {
  const names = Object.keys(counts) as Name[]
  const told = suppress(names.map((name) => counts[name]))
  return names.map((name, at) => {
    const files = told[at]
    return [name, files === undefined ? {} : { files }]
  })
}

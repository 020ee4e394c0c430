/** What was used by one run of one process, or the medians of several. */
export interface Cost {
  /** from start to end, seconds */
  readonly wall: number
  /** user and system time of all its threads, seconds */
  readonly cpu: number
  /** largest resident set, bytes */
  readonly peak: number
}

/** One line of the table. */
export interface Figure {
  /** what was done, in plain words with its size */
  readonly what: string
  readonly value: number
  readonly unit: 's' | 'ms' | 'MB' | '×' | '%' | '/s'
  /** the most that `value` should be, or the least of what is counted by the second; absent = for information */
  readonly target?: number
  /** what it was measured against, or what else belongs to it */
  readonly beside: string
  readonly cost?: Cost
}

/** What every bench is given. */
export interface Ground {
  /** runs whose median counts */
  readonly runs: number
  /** 1 = the sizes of the targets; smaller makes everything smaller in proportion */
  readonly scale: number
  /** says on stderr what is going on */
  note(text: string): void
}

/** One bench: a file of its own, and a line in `bench.ts`. */
export interface Bench {
  /** for `--only` */
  readonly name: string
  readonly title: string
  /** Makes what it needs, measures, and returns its figures. Throws where a run fails. */
  run(ground: Ground): Promise<Figure[]>
}

export const MB = 1_000_000

/** A figure that has a target says whether it was met; nothing else decides on it. */
export function verdict({ value, target, unit }: Figure): '' | 'met' | 'missed' {
  if (target === undefined) return ''
  return (unit === '/s' ? value >= target : value <= target) ? 'met' : 'missed'
}

/** A scaled count, as the table writes it. */
export function count(number: number): string {
  return number.toLocaleString('en-GB')
}

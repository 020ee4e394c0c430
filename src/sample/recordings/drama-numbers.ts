/** Ranges that Ofcom keeps for drama: they belong to nobody. First number, E.164, and how many there are. */
const RANGES: readonly (readonly [first: number, many: number])[] = [
  [447700900000, 1000],
  [442079460000, 1000],
  [441134960000, 1000],
  [441144960000, 1000],
  [441154960000, 1000],
  [441164960000, 1000],
  [441174960000, 1000],
  [441184960000, 1000],
  [441214960000, 1000],
  [441314960000, 1000],
  [441414960000, 1000],
  [441514960000, 1000],
  [441614960000, 1000],
  [441914980000, 1000],
  [441632960000, 1000],
]

/** How many numbers there are for people in stories. */
export const DRAMA_NUMBERS = RANGES.reduce((sum, [, many]) => sum + many, 0)

/** The nth of them, E.164. `n`: 0 to `DRAMA_NUMBERS` - 1. */
export function dramaNumber(n: number): string {
  let left = n
  for (const [first, many] of RANGES) {
    if (left < many) return `+${first + left}`
    left -= many
  }
  throw new RangeError('there are no more numbers for people in stories')
}

/** How the messages of a large phone spread over its days, up to the end of the story. */
export const STORY_ENDS = Date.UTC(2026, 4, 4)
const DAY = 86_400_000

/** How much is written in each hour of a day, in thousandths. */
const HOURS = [12, 5, 2, 1, 2, 8, 28, 52, 58, 48, 44, 46, 60, 54, 46, 52, 60, 68, 72, 76, 78, 68, 42, 18]
const reached: number[] = [0]
for (const part of HOURS) reached.push((reached.at(-1) as number) + part / HOURS.reduce((sum, each) => sum + each, 0))

/** First instant of the bulk: a phone with many messages goes back for years, at most fifteen hundred days. */
export function bulkBegins(count: number): number {
  const days = Math.min(1500, Math.max(63, Math.ceil(count / 150)))
  return STORY_ENDS - days * DAY
}

/** The instant at `part` (0 to 1) of the bulk. Grows with `part`: busy evenings, quiet nights. */
export function bulkInstant(begins: number, part: number): number {
  const days = ((STORY_ENDS - begins) / DAY) * part
  const day = Math.floor(days)
  const within = days - day
  let hour = 0
  while (hour < 23 && (reached[hour + 1] as number) <= within) hour++
  const low = reached[hour] as number
  const share = (within - low) / ((reached[hour + 1] as number) - low)
  return Math.floor(begins + day * DAY + (hour + Math.min(share, 0.999_999)) * 3_600_000)
}

/** `03-14 21:21:30` of 2026, UTC. */
export function storyInstant(written: string): number {
  const [month, day, hour, minute, second] = written.split(/[- :]/).map(Number)
  return Date.UTC(2026, (month as number) - 1, day, hour, minute, second ?? 0)
}

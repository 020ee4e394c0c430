const STEPS: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
]

/** How long ago something was, in one unit. */
export function ago(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime()
  for (const [ms, word] of STEPS) {
    const count = Math.floor(passed / ms)
    if (count >= 1) return `${count} ${word}${count === 1 ? '' : 's'} ago`
  }
  return 'less than a minute ago'
}

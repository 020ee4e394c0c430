import { FEWEST } from '../../scope/index.ts'

/**
 * Hides small counts of a breakdown: undefined stands for "not shown". Where only one would be hidden the next smallest is, too, or the total
 * would give it away.
 */
export function suppress(counts: readonly number[]): (number | undefined)[] {
  const isSmall = (count: number) => count > 0 && count < FEWEST
  const hidden = new Set(counts.flatMap((count, at) => (isSmall(count) ? [at] : [])))
  if (hidden.size === 1) {
    const others = counts.map((count, at) => ({ count, at })).filter(({ count, at }) => count > 0 && !hidden.has(at))
    const next = others.sort((a, b) => a.count - b.count)[0]
    if (next !== undefined) hidden.add(next.at)
  }
  return counts.map((count, at) => (hidden.has(at) ? undefined : count))
}

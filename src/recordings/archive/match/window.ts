/** A stretch of time, both ends included: milliseconds since 1970, infinite where it is open. */
export interface Window {
  readonly from: number
  readonly to: number
  /** an end of it could not be read, and is taken as open: what falls into it perhaps does not */
  readonly unsure?: true
}

export const ALWAYS: Window = { from: -Infinity, to: Infinity }

/** Whether two have any instant in common. */
export function meet(a: Window, b: Window): boolean {
  return a.from <= b.to && b.from <= a.to
}

/** Whether the first lies in the second from end to end. */
export function isWithin(inner: Window, outer: Window): boolean {
  return inner.from >= outer.from && inner.to <= outer.to
}

/** The least that holds both. */
export function hull(a: Window, b: Window): Window {
  return {
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
    ...((a.unsure ?? b.unsure) && { unsure: true }),
  }
}

/** Longer by so many milliseconds at either end. */
export function widened({ from, to }: Window, ms: number): Window {
  return { from: from - ms, to: to + ms }
}

/** The same stretches, the earliest first, none of which meets another. */
export function merged(windows: readonly Window[]): Window[] {
  const found: Window[] = []
  for (const window of [...windows].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last !== undefined && window.from <= last.to) found[found.length - 1] = hull(last, window)
    else found.push(window)
  }
  return found
}

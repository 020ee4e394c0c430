/** What one check found. `not_checked` says what was missing for it, and is neither good nor bad. */
export interface Check {
  readonly name: string
  readonly result: 'passed' | 'failed' | 'not_checked'
  readonly detail: string
}

export function passed(name: string, detail: string): Check {
  return { name, result: 'passed', detail }
}

export function failed(name: string, detail: string): Check {
  return { name, result: 'failed', detail }
}

export function notChecked(name: string, detail: string): Check {
  return { name, result: 'not_checked', detail }
}

/** A check that passes exactly when nothing is found against it. */
export function unless(name: string, faults: readonly string[], good: string): Check {
  const [first, ...more] = faults
  if (first === undefined) return passed(name, good)
  return failed(name, more.length === 0 ? first : `${first} (and ${more.length} more like it)`)
}

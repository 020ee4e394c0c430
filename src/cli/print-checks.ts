import type { Check } from '../verify/index.ts'
import type { Terminal } from './terminal.ts'

/** Prints every check on a line of its own, then what they come to; `hint` is what to do where one failed. */
export function printChecks(checks: readonly Check[], terminal: Terminal, hint: string): void {
  const width = Math.max(...checks.map(({ name }) => name.length))
  for (const { name, result, detail } of checks) {
    const mark =
      result === 'passed'
        ? terminal.good('passed     ')
        : result === 'failed'
          ? terminal.bad('FAILED     ')
          : 'not checked'
    terminal.line(`${mark}  ${name.padEnd(width)}  ${detail}`)
  }
  const unmade = checks.filter(({ result }) => result === 'not_checked').length
  if (checks.some(({ result }) => result === 'failed')) terminal.error('a check failed', hint)
  else
    terminal.line(
      `\nWhat was checked holds.${unmade > 0 ? ` ${unmade} ${unmade === 1 ? 'check was' : 'checks were'} not made: see above.` : ''}`,
    )
}

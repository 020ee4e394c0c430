import type { Problem } from '../records/index.ts'
import { printableLine } from './printable.ts'
import type { Terminal } from './terminal.ts'

/** A damaged phone has thousands; whoever needs them all asks for JSON. */
const SHOWN = 20

/** Prints what was odd in the material, each with its place. */
export function printOddities(problems: readonly Problem[], terminal: Terminal): void {
  for (const { code, file, detail } of problems.slice(0, SHOWN))
    terminal.line(printableLine(`problem: ${code}${file ? ` ${file}` : ''}: ${detail}`))
  const more = problems.length - SHOWN
  if (more > 0)
    terminal.line(
      `… and ${more.toLocaleString('en-GB')} more ${more === 1 ? 'problem' : 'problems'}: --json lists them`,
    )
}

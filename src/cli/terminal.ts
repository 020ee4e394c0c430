import { styleText } from 'node:util'

/**
 * All output to the terminal. Policy: results go to stdout, everything else to stderr; colour only on a terminal and never
 * with NO_COLOR; progress only on a terminal and only for what takes longer than a second; an error is two lines, what
 * happened and what to do. No message holds content of a record.
 */
export interface Terminal {
  /** a line of the result */
  line(text?: string): void
  /** a paragraph of the result: on a terminal broken between words, elsewhere in one line */
  paragraph(text: string): void
  /** the whole result as JSON, in one line */
  json(value: unknown): void
  /** a remark that is not part of the result */
  note(text: string): void
  /** what happened, and what to do */
  error(what: string, hint: string): void
  bold(text: string): string
  faint(text: string): string
  good(text: string): string
  bad(text: string): string
  /** Shows how far a long task is; each call replaces the last. */
  progress(text: () => string): void
  /** Clears the progress line. */
  settled(): void
}

/** Columns; longer lines are hard to read. */
const WIDEST = 100
const SHOW_AFTER_MS = 1000
const REDRAW_EVERY_MS = 100

export function terminal(): Terminal {
  const started = performance.now()
  let drawn = 0
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { stream: process.stdout })
  const live = process.stderr.isTTY === true
  const clear = () => {
    if (drawn > 0) process.stderr.write('\r\x1b[2K')
    drawn = 0
  }
  return {
    line: (text = '') => {
      process.stdout.write(`${text}\n`)
    },
    paragraph: (text) => {
      process.stdout.write(`${process.stdout.isTTY ? broken(text, Math.min(process.stdout.columns, WIDEST)) : text}\n`)
    },
    json: (value) => {
      process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    note: (text) => {
      clear()
      process.stderr.write(`${text}\n`)
    },
    error: (what, hint) => {
      clear()
      process.stderr.write(`${styleText('red', 'error:', { stream: process.stderr })} ${what}\n`)
      process.stderr.write(`${styleText('yellow', 'hint:', { stream: process.stderr })} ${hint}\n`)
    },
    bold: style('bold'),
    faint: style('dim'),
    good: style('green'),
    bad: style('red'),
    progress: (text) => {
      const now = performance.now()
      if (!live || now - started < SHOW_AFTER_MS || now - drawn < REDRAW_EVERY_MS) return
      process.stderr.write(`\r\x1b[2K${text()}`)
      drawn = now
    },
    settled: clear,
  }
}

/** Breaks a text between words so that no line is longer than `columns`, where its words allow. */
function broken(text: string, columns: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last === '' || last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

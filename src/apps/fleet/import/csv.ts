/** One record of a CSV (RFC 4180 §2). */
export interface CsvRow {
  /** on which it begins, from 1 */
  readonly line: number
  readonly cells: readonly string[]
  /** why it cannot be read; it then has no cells */
  readonly fault?: 'quote_open' | 'text_after_quote'
}

export const SEPARATORS = [',', ';', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

/** In characters: without a bound one stray quote would swallow every row behind it. */
const LONGEST_CELL = 32_767

/** Reads a CSV row by row; a row that cannot be read is given with its fault and costs no other. Empty lines are passed over. */
export function* readCsv(text: string, separator: Separator = ','): Generator<CsvRow> {
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (at < text.length) {
    let end = endOfLine(text, at)
    let next = behind(text, end)
    let lines = 1
    const plain = text.slice(at, end)
    if (!plain.includes('"')) {
      if (plain !== '') yield { line, cells: plain.split(separator) }
    } else {
      const row = quoted(text, at, separator)
      yield { line, cells: row.cells, ...(row.fault && { fault: row.fault }) }
      if (row.fault === undefined) {
        next = row.end
        for (end = behind(text, end); end < next; end = behind(text, endOfLine(text, end))) lines++
      }
    }
    at = next
    line += lines
  }
}

function quoted(text: string, start: number, separator: Separator) {
  const cells: string[] = []
  for (let at = start; ; at++) {
    if (text[at] === '"') {
      const close = closing(text, at)
      if (close < 0) return { cells: [], end: at, fault: 'quote_open' as const }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'))
      at = close + 1
    } else {
      const from = at
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
      cells.push(text.slice(from, at))
    }
    if (text[at] === separator) continue
    if (at >= text.length || text[at] === '\n' || text[at] === '\r') return { cells, end: behind(text, at) }
    return { cells: [], end: at, fault: 'text_after_quote' as const }
  }
}

/** Where the quote that opens at `open` is closed, or -1. */
function closing(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0 && at - open <= LONGEST_CELL; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at
  return -1
}

function endOfLine(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) return at
  }
  return text.length
}

function behind(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}

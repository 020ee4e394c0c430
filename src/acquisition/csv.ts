/** What keeps a line of a CSV from being read, by a word that does not change. */
export type CsvFault =
  /** a quote was opened and not closed within the longest cell there is */
  | 'quote_open'
  /** something stands between a closing quote and the next separator */
  | 'text_after_quote'

/** One record of a CSV (RFC 4180 §2). */
export interface CsvRecord {
  /** of the line on which it begins, from 1, as an editor counts them */
  readonly line: number
  readonly cells: readonly string[]
  /** why it cannot be read; its cells are then none */
  readonly fault?: CsvFault
}

export const SEPARATORS = [',', ';', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

/** Characters: no spreadsheet holds more in a cell. Without a bound one stray quote would swallow every row behind it. */
const LONGEST_CELL = 32_767

/**
 * Reads a CSV record by record, lines that end in LF, CRLF or CR alike. A quote within a cell that does not begin with one is
 * a letter like others. A record that cannot be read is returned with its fault, and reading goes on at the next line, so that
 * one stray quote costs one record. Lines with nothing on them are passed over. Throws nothing.
 */
export function* readCsv(text: string, separator: Separator = ','): Generator<CsvRecord> {
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const stop = lineEnd(text, at)
    const plain = text.slice(at, stop)
    if (!plain.includes('"')) {
      // Nearly every line of an export: taken apart at once.
      if (plain !== '') yield { line, cells: plain.split(separator) }
      line++
      at = behindBreak(text, stop)
      continue
    }
    const { cells, end, fault } = recordAt(text, at, separator)
    if (fault !== undefined) {
      yield { line, cells: [], fault }
      line++
      at = behindBreak(text, stop)
      continue
    }
    if (cells.length > 1 || cells[0] !== '') yield { line, cells }
    line += linesIn(text, at, end)
    at = end
  }
}

interface Found {
  readonly cells: string[]
  /** where the next record begins */
  readonly end: number
  readonly fault?: CsvFault
}

function recordAt(text: string, start: number, separator: Separator): Found {
  const cells: string[] = []
  for (let at = start; ; ) {
    let end = at
    if (text[at] === '"') {
      const close = closingQuote(text, at)
      if (close === undefined) return { cells, end, fault: 'quote_open' }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'))
      end = close + 1
      if (end < text.length && text[end] !== separator && !isBreak(text.charCodeAt(end)))
        return { cells, end, fault: 'text_after_quote' }
    } else {
      while (end < text.length && text[end] !== separator && !isBreak(text.charCodeAt(end))) end++
      cells.push(text.slice(at, end))
    }
    if (text[end] !== separator) return { cells, end: behindBreak(text, end) }
    at = end + 1
  }
}

function closingQuote(text: string, open: number): number | undefined {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (at - open > LONGEST_CELL) return undefined
    if (text[at + 1] !== '"') return at
  }
  return undefined
}

const LF = 10
const CR = 13

function isBreak(code: number): boolean {
  return code === LF || code === CR
}

function behindBreak(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

function lineEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++
  return at
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0
  for (let at = start; at < end && at < text.length; at = behindBreak(text, at)) {
    while (at < end && !isBreak(text.charCodeAt(at))) at++
    if (at < end) lines++
  }
  return lines
}

/**
 * The text of a file that a British system exported: UTF-8, UTF-16 where it begins with its mark, or else Windows-1252, in
 * which every byte is some letter.
 */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

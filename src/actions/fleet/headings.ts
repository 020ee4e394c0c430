import { hash } from 'node:crypto'
import { readCsv, SEPARATORS, type Separator } from '../../acquisition/index.ts'
import { canonical } from '../../records/index.ts'
import { textFrom } from './roster.ts'

/** Of a file so much as its first line can be. */
const FIRST_BYTES = 64 << 10

/** The first line of a CSV: its separator, and behind it the names of its columns; and the digest by which it is known again. */
export function headingsOf(bytes: Uint8Array): { headings: readonly string[]; digest: string } | undefined {
  const text = textFrom(bytes.length > FIRST_BYTES ? cutAtLine(bytes) : bytes)
  if (text === undefined) return undefined
  for (const separator of SEPARATORS) {
    const [first] = readCsv(text, separator)
    const cells = (first?.cells ?? []).map((cell) => cell.trim())
    if (cells.length > 1 && cells.length <= 200 && cells.every((cell) => cell.length <= 200) && cells.some(Boolean))
      return { headings: [separator, ...cells], digest: hash('sha256', canonical([separator, ...cells]), 'hex') }
  }
  return undefined
}

/** Of a long file its first 64 KiB, up to the end of a line: the end of a letter may not be cut off. */
function cutAtLine(bytes: Uint8Array): Uint8Array {
  const first = bytes.subarray(0, FIRST_BYTES)
  const end = first.lastIndexOf(0x0a)
  // In UTF-16 the other half of the line end comes behind it.
  return first.subarray(0, end < 0 ? first.length & ~1 : (end + 2) & ~1)
}

/** The separator of a CSV, by what `headingsOf` gave of it. */
export function separatorOf([first]: readonly string[]): Separator | undefined {
  return SEPARATORS.find((one) => one === first)
}

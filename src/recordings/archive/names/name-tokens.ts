import { baseName } from './base-name.ts'

/** A run of a name that is marked as one: digits, letters, or a single character between them. */
export interface Token {
  readonly text: string
  readonly kind: 'digits' | 'letters' | 'between'
  /** where it begins in the name, counted from 0 */
  readonly at: number
}

/** The name of a file as templates see it: without folders and extension, with what copying did undone. Undefined where it is no recording’s. */
export function stemOf(path: string): string | undefined {
  return baseName(path)?.stem
}

/** Takes a name apart into runs of digits, runs of letters, and each character between. `cuts`: where a run is cut once more. Joined they are the name. */
export function tokensOf(stem: string, cuts: readonly number[] = []): Token[] {
  return [...stem.matchAll(/\d+|[\p{L}\p{M}]+|[^]/gu)].flatMap(({ 0: text, index }) => {
    const kind = /^\d/.test(text) ? 'digits' : /^[\p{L}\p{M}]/u.test(text) ? 'letters' : 'between'
    const ends = [...new Set(cuts)]
      .filter((cut) => cut > index && cut < index + text.length)
      .sort((one, other) => one - other)
    const begins = [index, ...ends]
    return begins.map((at, number) => ({ text: stem.slice(at, begins[number + 1] ?? index + text.length), kind, at }))
  })
}

/** The shape that names have in common: `9` for every digit, `a` for every word. */
export function shapeOf(stem: string): string {
  return tokensOf(stem)
    .map(({ text, kind }) => (kind === 'digits' ? '9'.repeat(text.length) : kind === 'letters' ? 'a' : text))
    .join('')
    .replaceAll(/a(?: a)+/g, 'a')
}

import { highlight, type Run } from '../../../review/index.ts'
import { visible, visibleText } from '../../../report/index.ts'

/** A stretch of text from a phone, as templates show it: text, what was searched for, or the mark of a character that shows nothing. */
export type Part = { readonly text: string; readonly hit?: true; readonly keep?: true } | { readonly mark: string }

/** Text from a phone, with what was searched for marked, and every character that could hide or turn others made visible. */
export function phoneText(text: string, phrases: readonly string[] = []): Part[] {
  return runs(phrases.length === 0 ? [{ text, hit: false }] : highlight(text, phrases))
}

/** The same of runs that are known already. */
export function runs(given: readonly Run[]): Part[] {
  return given.flatMap(({ text, hit }) =>
    visible(text).map((part) => ('mark' in part ? part : hit ? { text: part.text, hit: true as const } : part)),
  )
}

/** The same as one run, for places that hold nothing else, such as what stands for a picture. */
export function plainText(text: string, longest = 80): string {
  const shown = visibleText(text).replaceAll('\n', ' ')
  return shown.length <= longest ? shown : `${shown.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Our own words beside those of a phone. */
export function ours(text: string): Part[] {
  return [{ text }]
}

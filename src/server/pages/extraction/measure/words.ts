import type { ExtractMeasure } from '../../../../actions/index.ts'

/** How much of what was taken was needed, in sentences: the ratio that the third principle asks for (DPA 2018 s.37, law row C5). */
export function measureWords(taken: number, { seen, relevant, excess }: ExtractMeasure): string[] {
  if (taken === 0) return ['Nothing was taken.']
  return [
    seen === 0
      ? 'Nobody has looked at it yet.'
      : `Of 100 records that were taken, ${inHundred(seen, taken)} looked at.`,
    relevant === 0
      ? 'None has been found relevant so far.'
      : relevant === taken
        ? 'Every record that was taken was found relevant.'
        : `For each record that was found relevant, ${times(taken / relevant)} were taken.`,
    excess === 0
      ? 'None was set apart as taken in excess.'
      : `Of 100 records that were taken, ${inHundred(excess, taken)} set apart as taken in excess.`,
  ]
}

/** `7 were`; what is something is never said to be nothing, and what is not all is never said to be all. */
function inHundred(part: number, whole: number): string {
  const share = Math.round((part / whole) * 100)
  if (part >= whole) return 'all were'
  if (share === 0) return 'fewer than 1 was'
  if (share === 100) return 'more than 99 were'
  return share === 1 ? '1 was' : `${share} were`
}

function times(ratio: number): string {
  return ratio < 10 ? String(Math.round(ratio * 10) / 10) : Math.round(ratio).toLocaleString('en-GB')
}

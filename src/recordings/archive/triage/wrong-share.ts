/** Between which shares the truth lies, 0 to 1. */
export interface Bounds {
  readonly lower: number
  readonly upper: number
}

/**
 * The exact bounds of Clopper and Pearson (1934) for the share that is wrong, when `wrong` of `looked` were: each end is passed by
 * chance with a probability of at most (1 - confidence) / 2. For a sample drawn without putting back, as ours is, they are wider
 * than they need be, never narrower. Throws RangeError.
 */
export function wrongShare(wrong: number, looked: number, confidence = 0.95): Bounds {
  check(wrong, looked, confidence)
  const tail = (1 - confidence) / 2
  return { lower: lowerAt(wrong, looked, tail), upper: upperAt(wrong, looked, tail) }
}

/** The most that is wrong, at that confidence: the upper bound alone, which chance passes with 1 - confidence. Throws RangeError. */
export function mostWrong(wrong: number, looked: number, confidence = 0.95): number {
  check(wrong, looked, confidence)
  return upperAt(wrong, looked, 1 - confidence)
}

/** The same of a sample of `of`: where all of them were looked at there is nothing to guess. Throws RangeError. */
export function mostWrongOf({ wrong, looked, of }: Readonly<Record<'wrong' | 'looked' | 'of', number>>): number {
  return looked === of ? wrong / of : mostWrong(wrong, looked)
}

function check(wrong: number, looked: number, confidence: number): void {
  const counts = Number.isSafeInteger(wrong) && Number.isSafeInteger(looked) && wrong >= 0 && wrong <= looked
  if (!counts || looked === 0 || !(confidence > 0 && confidence < 1))
    throw new RangeError(
      'there is a sample, no more of it is wrong than was looked at, and confidence is between 0 and 1',
    )
}

function upperAt(wrong: number, looked: number, tail: number): number {
  if (wrong === looked) return 1
  return solved((share) => atMost(wrong, looked, share) > tail)
}

function lowerAt(wrong: number, looked: number, tail: number): number {
  if (wrong === 0) return 0
  // As many right ones or more, seen from the other side.
  return 1 - solved((share) => atMost(looked - wrong, looked, share) > tail)
}

/** Where a condition that holds at 0 ends to hold; to the last bit that halving finds. */
function solved(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (holds(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability of at most `wrong` in `looked`, where each is wrong with probability `share`: a sum of logarithms' exponents. */
function atMost(wrong: number, looked: number, share: number): number {
  const [log, logNot] = [Math.log(share), Math.log1p(-share)]
  let ways = 0
  let sum = 0
  for (let found = 0; found <= wrong; found++) {
    if (found > 0) ways += Math.log((looked - found + 1) / found)
    sum += Math.exp(ways + found * log + (looked - found) * logNot)
  }
  return sum
}

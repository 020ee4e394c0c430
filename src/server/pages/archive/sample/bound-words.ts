import type { Sample } from '../../../../actions/index.ts'

/** From this share on, it is said in per cent. */
const PER_CENT = 0.05

/**
 * What a finished sample tells of everything that is proposed, in one sentence: `None of 300 was wrong. At 95% confidence, at most 1 in 100 of all 20,000 are wrong.`
 * The bound is rounded to the side that promises less.
 */
export function boundWords({
  wrong,
  items,
  of,
  atMost = 1,
}: Pick<Sample, 'wrong' | 'items' | 'of' | 'atMost'>): string {
  const found = `${wrong === 0 ? 'None' : number(wrong)} of ${number(items)} ${wrong > 1 ? 'were' : 'was'} wrong.`
  if (items === of) return `${found} All that are tied to nothing were looked at.`
  return `${found} At 95% confidence, at most ${share(atMost)} of all ${number(of)} are wrong.`
}

function share(atMost: number): string {
  if (atMost >= PER_CENT) return `${Math.ceil(atMost * 100)}%`
  // 0.00993… is 1 in 100.6: said as 1 in 100.
  return `1 in ${number(Math.max(1, Math.floor(1 / atMost)))}`
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}

import type { Sample } from '../../../../actions/index.ts'

/** From this share on, it is said in per cent. */
const PER_CENT = 0.05

/**
 * What a finished sample tells of everything that is proposed, in one sentence: `None was wrong in 300: fewer than 1 in 100 of all, at 95 % confidence.`
 * The bound is rounded to the side that promises less.
 */
export function boundWords({
  wrong,
  items,
  of,
  atMost = 1,
}: Pick<Sample, 'wrong' | 'items' | 'of' | 'atMost'>): string {
  const found = `${wrong === 0 ? 'None was' : wrong === 1 ? '1 was' : `${number(wrong)} were`} wrong in ${number(items)}`
  if (items === of) return `${found}, and these are all there are.`
  return `${found}: fewer than ${share(atMost)} of all ${number(of)}, at 95 % confidence.`
}

function share(atMost: number): string {
  if (atMost >= PER_CENT) return `${Math.ceil(atMost * 100)} %`
  // 0.00993… is 1 in 100.6: said as 1 in 100.
  return `1 in ${number(Math.max(1, Math.floor(1 / atMost)))}`
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}

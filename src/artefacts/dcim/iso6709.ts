import type { Place } from '../../records/index.ts'
import { type Odd, placeOf } from './facts.ts'

/** Reads a position as films write it (ISO 6709, Annex H): `+51.5074-000.1278+011.000/`, degrees or degrees and minutes. */
export function iso6709(text: string, odd: Odd): Place | undefined {
  const fields =
    /^([+-]\d{2,6}(?:\.\d{1,12})?)([+-]\d{3,7}(?:\.\d{1,12})?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?\/?\s*\0*$/.exec(text)
  if (!fields) {
    odd('a position that is none')
    return undefined
  }
  return placeOf(degrees(fields[1] as string, 2), degrees(fields[2] as string, 3), odd)
}

/** `whole` digits are degrees; two more are minutes, two more seconds. NaN where the digits do not divide so. */
function degrees(text: string, whole: number): number {
  const sign = text.startsWith('-') ? -1 : 1
  const [digits, fraction = ''] = text.slice(1).split('.') as [string, string?]
  const minutes = digits.slice(whole, whole + 2)
  const seconds = digits.slice(whole + 2)
  const tail = fraction === '' ? '' : `.${fraction}`
  if (minutes === '') return sign * Number(digits + tail)
  if (minutes.length !== 2) return Number.NaN
  if (seconds === '') return sign * (Number(digits.slice(0, whole)) + Number(minutes + tail) / 60)
  if (seconds.length !== 2) return Number.NaN
  return sign * (Number(digits.slice(0, whole)) + Number(minutes) / 60 + Number(seconds + tail) / 3600)
}

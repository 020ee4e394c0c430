import { FIRST_YEAR, LAST_YEAR } from './british-instants.ts'

/** Whether a run of digits can be read as a date, a time of day, or both. */
export function canBeTime(digits: string): boolean {
  const parts = (...lengths: readonly number[]) => {
    let at = 0
    return lengths.map((length) => Number(digits.slice(at, (at += length)))) as [number, number, number, ...number[]]
  }
  switch (digits.length) {
    case 6: {
      const [a, b, c] = parts(2, 2, 2)
      return isDay(b, c) || isDay(b, a) || isClock(a, b, c)
    }
    case 8: {
      const [year, month, day] = parts(4, 2, 2)
      const [first, second, last] = parts(2, 2, 4)
      return (
        (isYear(year, 4) && isDay(month, day)) || (isYear(last, 4) && (isDay(second, first) || isDay(first, second)))
      )
    }
    case 12:
    case 14: {
      const years = digits.length - 10
      const [year, month, day, hour, minute, second = 0] = parts(years, 2, 2, 2, 2, 2)
      const [d, m, y] = parts(2, 2, years)
      const isWhen = isClock(hour ?? 99, minute ?? 99, second)
      return isWhen && ((isYear(year, years) && isDay(month, day)) || (isYear(y, years) && isDay(m, d)))
    }
    case 13:
      return digits.startsWith('1')
    default:
      return false
  }
}

// Two digits stand for no later a year than any phone was in use: 44 is where numbers of this country begin.
function isYear(year: number, digits: number): boolean {
  return digits === 2 ? year < 40 : year >= FIRST_YEAR && year <= LAST_YEAR
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function isClock(hour: number, minute: number, second: number): boolean {
  return hour <= 24 && minute <= 59 && second <= 59
}

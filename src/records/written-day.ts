const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The day with which an RFC 3339 instant begins, as people write it: `14 March 2026`. The same in every locale. */
export function writtenDay(rfc3339: string): string {
  const [year, month, day] = rfc3339.slice(0, 10).split('-').map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`
}

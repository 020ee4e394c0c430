const monthName = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' })
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A day, or the day of an instant by clocks in Britain: `4 March 2020`. */
export function dayWords(at: string): string {
  return day.format(new Date(at))
}

/** A month, `2019-03`, as `Mar 2019`. */
export function monthWords(month: string): string {
  return monthName.format(Date.parse(`${month}-01T00:00:00Z`))
}

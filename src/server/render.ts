import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
import { createRequire } from 'node:module'
import nunjucks from 'nunjucks'

const require = createRequire(import.meta.url)
const folders = [
  fileURLToPath(new URL('./', import.meta.url)),
  `${dirname(require.resolve('govuk-frontend/package.json'))}/dist`,
  dirname(require.resolve('@ministryofjustice/frontend/package.json')),
]
const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), { autoescape: true })

const LONDON = 'Europe/London'
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: LONDON })
const minute = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: LONDON })
const second = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', hour12: true, timeZone: LONDON })
const number = new Intl.NumberFormat('en-GB')

// Dates and figures as GOV.UK writes them: 3 March 2026 at 6:22pm, in British local time.
templates.addFilter('day', (at: Date | string) => (at ? day.format(new Date(at)) : ''))
templates.addFilter('moment', (at: Date | string) =>
  at ? `${day.format(new Date(at))} at ${minute.format(new Date(at)).replace(/\s/g, '').toLowerCase()}` : '',
)
// Of an entry of the log: in which order things happened, to whoever compares.
templates.addFilter('second', (at: Date | string) =>
  at ? `${day.format(new Date(at))} at ${second.format(new Date(at)).replace(/\s/g, '').toLowerCase()}` : '',
)
templates.addFilter('number', (value: number) => number.format(value))
templates.addFilter(
  'plural',
  (count: number, one: string, many?: string) => `${number.format(count)} ${count === 1 ? one : (many ?? `${one}s`)}`,
)

// The library's own tries every run of blanks from each of its places, and the design system trims whole pages of them.
templates.addFilter('trim', (text: string | nunjucks.runtime.SafeString) =>
  typeof text === 'string' ? text.trim() : new nunjucks.runtime.SafeString(String(text).trim()),
)

/** Renders a template by its path under `server/`. Every value is escaped. */
export function render(template: string, view: Readonly<Record<string, unknown>>): string {
  return templates.render(template, view)
}

import { readable } from '../unseen.ts'

/** Text out of the little HTML that the CNIL's tool keeps its answers in. Nothing of it is ever shown as HTML. */
export function plainText(html: string): string {
  const text = html
    .replace(/<li\b[^<>]*>/gi, '- ')
    .replace(/<br\b[^<>]*>\n?|<\/(?:p|li|ul|ol|div|tr|h[1-6])\s*>\n?/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) =>
      name === undefined
        ? character(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
        : (NAMED[name] ?? whole),
    )
  return readable(text)
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same text as the tool keeps it. */
export function richText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br />')
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

function character(code: number): string {
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
}

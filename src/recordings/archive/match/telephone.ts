import { person } from '../../../records/index.ts'

/** How a cell or a name tells a number. */
export type Telephone =
  | { readonly is: 'number'; readonly number: string }
  /** digits that are no whole number anywhere: they cannot be compared with any certainty */
  | { readonly is: 'unclear'; readonly number: string }
  /** nothing, or a word for none */
  | { readonly is: 'none' }
  /** something else; or a number that a spreadsheet has rounded, whose digits are lost */
  | { readonly is: 'unreadable' }

const NONE =
  /^(?:|-+|n\/?a|none|null|nil|unknown|withheld|private(?: number)?|anonymous|unavailable|restricted|no caller id)$/i
const ROUNDED = /^\d(?:\.\d+)?e\+?\d+$/i
const WRITTEN = /^(?:tel:)?\+?[\d\s().\-/\u2010-\u2015]+$/i

/**
 * Tells numbers apart as `person()` does, and remembers each spelling: archives and bills say the same few hundred thousand
 * again and again. One serves one run.
 */
export class Telephones {
  readonly #known = new Map<string, Telephone>()

  of(written: string): Telephone {
    let found = this.#known.get(written)
    if (found === undefined) {
      found = reading(written)
      // Bounded, because a file may hold any number of them.
      if (this.#known.size > 2_000_000) this.#known.clear()
      this.#known.set(written, found)
    }
    return found
  }
}

function reading(written: string): Telephone {
  // Spreadsheets keep a number's leading zero behind an apostrophe or as a formula of text.
  const text = written
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .trim()
  if (NONE.test(text)) return { is: 'none' }
  if (ROUNDED.test(text) || !WRITTEN.test(text)) return { is: 'unreadable' }
  const digits = text.replace(/\D/g, '').length
  // E.164 has at most 15, in front of which may stand 00 or a 0 in brackets.
  if (digits < 3 || digits > 18) return { is: 'unreadable' }
  const number = person(text)
  return { is: number.startsWith('+') || number.length <= 6 ? 'number' : 'unclear', number }
}

import fc from 'fast-check'
import { NameParser } from './parse-name.ts'

/** Throws names at the parser: short runs in unit tests, long ones from `fuzz/`. */
export function fuzzNames(options: fc.Parameters<[string]>): void {
  const parser = new NameParser()
  const part = fc.oneof(
    fc.constantFrom(
      '07700900123',
      '+447700900123',
      '2019',
      '03',
      '04',
      '20190304182207',
      '_',
      '-',
      ' ',
      '(',
      ')',
      '[',
      ']',
    ),
    fc.constantFrom(
      '@',
      '↗',
      'â†—',
      '.',
      '/',
      '1551723727000',
      'Call recording ',
      'CallRec_',
      'p',
      'd',
      'in',
      'null',
      '0',
      '1',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  const name = fc.array(part, { maxLength: 14 }).map((parts) => `${parts.join('')}.mp3`)
  fc.assert(
    fc.property(name, (path) => {
      const found = parser.parse(path)
      for (const at of found?.started?.at ?? [])
        if (!Number.isSafeInteger(at) || at < 0) throw new Error('a time that is none')
      for (const number of found?.numbers ?? []) if (!/\d/.test(number)) throw new Error('a number without digits')
    }),
    options,
  )
}

import assert from 'node:assert/strict'
import type { Paragraph } from './paper.ts'
import { CY } from './words/cy.ts'
import { EN, type WordKey } from './words/en.ts'

/** Languages that papers can be made in. English has every text; what another lacks stands in English and is marked. */
export const LANGUAGES = ['en', 'cy'] as const
export type Language = (typeof LANGUAGES)[number]

/** What a device is called on paper: by what it is. */
export const DEVICE_KINDS = ['phone', 'tablet', 'other'] as const
export type DeviceKind = (typeof DEVICE_KINDS)[number]

const WORDS: Readonly<Record<Language, Readonly<Partial<Record<WordKey, string>>>>> = { en: EN, cy: CY }

/** What fills the places of a text: words as they stand, or words of ours, said in the language that the text came out in. */
export type Values = Readonly<Record<string, string | { readonly word: WordKey }>>

/** Says things about one kind of device in one language, and remembers what it could only say in English. */
export class Speaker {
  readonly language: Language
  /** texts said in English instead */
  untranslated = 0

  readonly #device: WordKey

  constructor(language: Language, device: DeviceKind = 'phone') {
    this.language = language
    this.#device = `device_${device}`
  }

  /** One text, its `{places}` filled; `lang` where it had to be English. A place without a value is a bug. */
  say(key: WordKey, values: Values = {}): { readonly text: string; readonly lang?: Language } {
    const own = WORDS[this.language][key]
    if (own === undefined) this.untranslated++
    const language = own === undefined ? 'en' : this.language
    const text = this.#filled(own ?? EN[key], language, values)
    return own === undefined ? { text, lang: 'en' } : { text }
  }

  /** Only the words, for labels and names. */
  word(key: WordKey, values: Values = {}): string {
    return this.say(key, values).text
  }

  /** A paragraph. */
  paragraph(key: WordKey, values: Values = {}, items?: readonly string[]): Paragraph {
    return { ...this.say(key, values), ...(items === undefined ? {} : { items }) }
  }

  /** Labels that stand together: all in the language or all in English, because a label is never marked by itself. */
  labels(keys: readonly WordKey[]): { readonly texts: readonly string[]; readonly lang?: Language } {
    const own = WORDS[this.language]
    const missing = keys.some((key) => own[key] === undefined)
    if (missing) this.untranslated += keys.length
    const language = missing ? 'en' : this.language
    const texts = keys.map((key) => this.#filled(WORDS[language][key] ?? EN[key], language, {}))
    return missing ? { texts, lang: 'en' } : { texts }
  }

  /** Words of ours that fill a place may have places themselves. */
  #filled(text: string, language: Language, values: Values): string {
    return text.replace(/\{([a-z_]+)\}/g, (_, place: string) => {
      const value = place === 'device' ? { word: this.#device } : values[place]
      assert(value !== undefined, `a text has a place that nothing fills: ${place}`)
      if (typeof value === 'string') return value
      return this.#filled(WORDS[language][value.word] ?? EN[value.word], language, values)
    })
  }
}

import { baseName } from './base-name.ts'
import { patternOf } from './template-pattern.ts'

/** More different words than stand for a direction in any recorder’s names. */
const MOST_WORDS = 6

/** What stands in the place that is marked as the direction, in every name that fits otherwise: each word with how often; undefined where they are too many to be that. */
export class DirectionWords {
  readonly #first: RegExp
  readonly #last: RegExp
  readonly #words = new Map<string, number>()

  /** `template`: with `{direction}` in it. Throws TemplateError. */
  constructor(template: string) {
    const asked = { id: 'asked', template: template.replace('{direction}', '{word}') }
    ;[this.#first, this.#last] = [patternOf(asked, 'first'), patternOf(asked, 'last')]
  }

  /** Looks at one more name. */
  add(path: string): void {
    const stem = baseName(path)?.stem
    if (stem === undefined || this.#words.size > MOST_WORDS) return
    const word = this.#first.exec(stem)?.groups?.['word']
    if (word === undefined || this.#last.exec(stem)?.groups?.['word'] !== word) return
    this.#words.set(word, (this.#words.get(word) ?? 0) + 1)
  }

  /** The words, the most frequent first. */
  get words(): readonly (readonly [word: string, names: number])[] | undefined {
    if (this.#words.size > MOST_WORDS) return undefined
    return [...this.#words].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  }
}

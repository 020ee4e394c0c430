import { NoticeError } from './errors.ts'
import type { Paper, Paragraph, Part } from './paper.ts'
import type { Speaker, Values } from './say.ts'
import type { WordKey } from './words/en.ts'

/** Writes the parts of one paper, all with the same values in their places. */
export class Writer {
  readonly speaker: Speaker
  readonly #values: Values

  constructor(speaker: Speaker, values: Values) {
    this.speaker = speaker
    this.#values = values
  }

  say(key: WordKey, values: Values = {}) {
    return this.speaker.say(key, { ...this.#values, ...values })
  }

  p(key: WordKey, values: Values = {}, items?: readonly string[]): Paragraph {
    return this.speaker.paragraph(key, { ...this.#values, ...values }, items)
  }

  part(key: string, law: string | undefined, heading: WordKey, paragraphs: readonly Paragraph[]): Part {
    const { text, lang } = this.say(heading)
    return {
      key,
      ...(law === undefined ? {} : { law }),
      heading: text,
      ...(lang === undefined ? {} : { heading_lang: lang }),
      paragraphs,
    }
  }
}

/** What is filled in by hand: one key is a line, several in a list are boxes to tick. */
export function blanksOf(
  speaker: Speaker,
  keys: readonly (WordKey | readonly WordKey[])[],
): Pick<Part, 'blanks' | 'blanks_lang'> {
  const { texts, lang } = speaker.labels(keys.flat())
  let at = 0
  const next = () => texts[at++] ?? ''
  const blanks = keys.map((one) => (typeof one === 'string' ? next() : one.map(next)))
  return { blanks, ...(lang === undefined ? {} : { blanks_lang: lang }) }
}

/** The facts at the head of a paper. */
export function factsOf(
  speaker: Speaker,
  facts: readonly (readonly [name: WordKey, value: string])[],
): Pick<Paper, 'facts' | 'facts_lang'> {
  const { texts, lang } = speaker.labels(facts.map(([name]) => name))
  return {
    facts: facts.map(([, value], at) => [texts[at] ?? '', value] as const),
    ...(lang === undefined ? {} : { facts_lang: lang }),
  }
}

/** Throws NoticeError PART_EMPTY where a part says nothing, or leads up to a list that is not there (law row B16). */
export function refuseEmpty(parts: readonly Part[]): void {
  const empty = parts.find(
    ({ heading, paragraphs }) =>
      heading.trim() === '' ||
      paragraphs.length === 0 ||
      paragraphs.some(
        ({ text, items }) => text.trim() === '' || items?.length === 0 || items?.some((item) => item.trim() === ''),
      ),
  )
  if (empty)
    throw new NoticeError(
      'PART_EMPTY',
      `the part “${empty.key}” has nothing in it`,
      'complete the request that it is made from',
    )
}

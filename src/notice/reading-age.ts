/** What a text asks of its reader. */
export interface Readability {
  readonly sentences: number
  readonly words: number
  readonly syllables: number
  /** years of age at which most can read it: the Flesch-Kincaid grade (US school year) and five */
  readonly age: number
}

/**
 * Estimates the reading age of English text: 0.39 words a sentence + 11.8 syllables a word − 15.59 (Kincaid and others, 1975),
 * and five years before the first school year. Items of a list count as sentences where they stand on lines of their own.
 * An estimate: it counts lengths, and knows nothing of meaning.
 */
export function readability(text: string): Readability {
  const sentences = text
    .split(/[.!?:]+(?=\s|$)|\n+/)
    .map(wordsIn)
    .filter((words) => words.length > 0)
  const words = sentences.flat()
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0)
  if (words.length === 0) return { sentences: 0, words: 0, syllables: 0, age: 0 }
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
  return { sentences: sentences.length, words: words.length, syllables, age: Math.max(5, grade + 5) }
}

function wordsIn(sentence: string): string[] {
  return sentence.match(/[\p{L}][\p{L}’'-]*/gu) ?? []
}

/** Groups of vowels, less what is not spoken at the end. Right for most English words and near for the rest. */
function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replace(/[’'].*$/, '')
  const groups = plain.match(/[aeiouy]+/g)?.length ?? 1
  const silent = /[^aeiouyl]e$|[^aeiouytd]ed$|[^aeioulyscgzx]es$/.test(plain) && groups > 1 ? 1 : 0
  return Math.max(1, groups - silent)
}

// Scripts written without spaces between words: every character stands for itself, and a phrase is a run of them.
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Bopomofo}'
const WORD = new RegExp(`[${UNSPACED}]|\\p{Extended_Pictographic}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')
// Marks are accents only on these scripts; elsewhere (Devanagari, Thai) they are vowels, and dropping them changes the word.
const ACCENTS = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{Mn}+/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
const ASCII = /^[\x00-\x7f]*$/

/**
 * Reduces a text to its words, case and accents folded, each between single spaces, with one space at either end; the empty
 * text to ''. Equal for equal words in any writing of them; used alike by `containing` and by the index for searching.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) {
    const words = text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
    return words === '' ? '' : ` ${words} `
  }
  const words = text
    .normalize('NFKD')
    .replace(ACCENTS, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .match(WORD)
  return words === null ? '' : ` ${words.join(' ')} `
}

/** Whether a folded text says a folded phrase: its words whole, together and in order. A phrase with no words is said by no text. */
export function says(foldedText: string, foldedPhrase: string): boolean {
  return foldedPhrase !== '' && foldedText.includes(foldedPhrase)
}

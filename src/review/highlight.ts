import { fold } from '../records/index.ts'

/** A stretch of text, and whether it is what was searched for. */
export interface Run {
  readonly text: string
  readonly hit: boolean
}

/** The phrases of what somebody typed: each word is one, and what stands between double quotes is one together. */
export function phrasesIn(typed: string): string[] {
  const phrases: string[] = []
  for (const [, quoted, word] of typed.matchAll(/["“”]([^"“”]*)["“”]|([^\s"“”]+)/gu)) {
    const phrase = (quoted ?? word ?? '').trim()
    if (fold(phrase) !== '') phrases.push(phrase)
  }
  return phrases
}

// A character that stands for itself, or a run of letters, numbers and marks: what `fold` makes words of.
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Bopomofo}'
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|\\p{Extended_Pictographic}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}\\p{S}])+`,
  'gu',
)

interface Word {
  readonly folded: string
  readonly from: number
  readonly to: number
}

/** Marks in a text whatever of the phrases it holds, by whole words, case and accents folded. The runs together are the text. */
export function highlight(text: string, phrases: readonly string[]): Run[] {
  const words = wordsIn(text)
  /** of each word, of which hit it is part; 0: of none */
  const hit = new Uint32Array(words.length)
  let hits = 0
  for (const phrase of phrases) {
    const sought = fold(phrase).trim().split(' ')
    if (sought[0] === '') continue
    for (let at = 0; at + sought.length <= words.length; at++)
      if (sought.every((word, n) => words[at + n]?.folded === word)) hit.fill(++hits, at, at + sought.length)
  }
  const runs: Run[] = []
  const add = (from: number, to: number, isHit: boolean) => {
    if (to <= from) return
    const last = runs.at(-1)
    if (last?.hit === isHit) runs[runs.length - 1] = { text: last.text + text.slice(from, to), hit: isHit }
    else runs.push({ text: text.slice(from, to), hit: isHit })
  }
  let done = 0
  words.forEach(({ from, to }, at) => {
    if (hit[at] === 0) return
    // What stands between two words of one hit belongs to it.
    add(done, from, at > 0 && hit[at - 1] === hit[at])
    add(Math.max(from, done), to, true)
    done = Math.max(to, done)
  })
  add(done, text.length, false)
  return runs
}

/** Characters around the first hit. */
const AROUND = 120

/** The same of a long text, cut down to what stands around the first hit; the beginning where there is none. */
export function snippet(text: string, phrases: readonly string[], longest = 2 * AROUND): Run[] {
  if (text.length <= longest) return highlight(text, phrases)
  const runs = highlight(text, phrases)
  let before = 0
  for (const run of runs) {
    if (run.hit) break
    before += run.text.length
  }
  const from = before >= text.length ? 0 : Math.max(0, before - longest / 3)
  const [a, b] = [wholeCharacter(text, from), wholeCharacter(text, from + longest)]
  const cut = highlight(text.slice(a, b), phrases)
  return [
    ...(a > 0 ? [{ text: '…', hit: false }] : []),
    ...cut,
    ...(b < text.length ? [{ text: '…', hit: false }] : []),
  ]
}

function wordsIn(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: found, index } of text.matchAll(WORD))
    for (const folded of fold(found).trim().split(' '))
      if (folded !== '') words.push({ folded, from: index, to: index + found.length })
  return words
}

/** The position, or the one before where it would cut a character in two. */
function wholeCharacter(text: string, at: number): number {
  const position = Math.min(Math.floor(at), text.length)
  const code = text.charCodeAt(position)
  return code >= 0xdc00 && code <= 0xdfff ? position - 1 : position
}

/** A stretch of text that can be shown, or the code point of a character that shows nothing and can change what is seen. */
export type Shown = { readonly text: string } | { readonly mark: string }

// Controls, what turns the direction of text, what has no width, fillers, noncharacters, lone surrogates. Joiners, variation
// selectors and the tags of flags stay: scripts and emoji are written with them.
const HIDDEN =
  /(?![\n\t])(?:\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|\u{34f}|[\u{ad}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}])/gu

/**
 * Splits text from a phone into what can be shown and marks for what cannot, so that no character hides another, turns it
 * round or does anything else but stand there. Line ends become `\n`. Nothing is dropped.
 */
export function visible(text: string): Shown[] {
  const shown: Shown[] = []
  const plain = text.replace(/\r\n?/g, '\n')
  let from = 0
  for (const match of plain.matchAll(HIDDEN)) {
    if (match.index > from) shown.push({ text: plain.slice(from, match.index) })
    shown.push({ mark: `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` })
    from = match.index + match[0].length
  }
  if (from < plain.length) shown.push({ text: plain.slice(from) })
  return shown
}

/** The same as one run of text, for places that hold nothing else: names of pictures, titles. */
export function visibleText(text: string): string {
  return visible(text)
    .map((part) => ('mark' in part ? `[${part.mark}]` : part.text))
    .join('')
}

import { DpiaError } from './errors.ts'

/** Deeper than any assessment, and far from where writing it out again would exhaust the stack. */
const MAX_DEPTH = 32

/** Reads JSON of a stranger's. `most` = characters. Throws DpiaError TOO_LARGE, TOO_DEEP or NOT_JSON. */
export function parseBounded(text: string, most: number): unknown {
  if (text.length > most)
    throw new DpiaError('TOO_LARGE', 'the document is too long', `it may have at most ${most} characters`)
  if (depthOf(text) > MAX_DEPTH)
    throw new DpiaError('TOO_DEEP', 'the document is nested too deeply', `it may have at most ${MAX_DEPTH} levels`)
  try {
    return JSON.parse(text)
  } catch {
    throw new DpiaError('NOT_JSON', 'the document is not JSON', 'check commas, quotes and brackets')
  }
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const one = text[at]
    if (quoted) {
      if (one === '\\') at++
      else if (one === '"') quoted = false
    } else if (one === '"') quoted = true
    else if (one === '{' || one === '[') most = Math.max(most, ++depth)
    else if (one === '}' || one === ']') depth--
  }
  return most
}

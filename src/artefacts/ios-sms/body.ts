import { typedstreamText } from './typedstream.ts'

/** Where Messages puts a picture or a file into a text. It is no text, and the attachment is listed by itself. */
const OBJECT_REPLACEMENT = /\ufffc/g

export interface Body {
  /** null where the message has no text */
  readonly text: string | null
  /** the text lies in an archive that could not be read, or not to its end */
  readonly odd: boolean
}

/**
 * The text of a message as last seen: `text`, or where that is empty (from iOS 16 on it mostly is) the string in
 * `attributedBody`. Only the placeholders of attachments are dropped; nothing is trimmed.
 */
export function bodyOf(text: unknown, attributedBody: unknown): Body {
  if (typeof text === 'string' && text !== '') return { text: withoutPlaceholders(text), odd: false }
  if (!(attributedBody instanceof Uint8Array) || attributedBody.length === 0) return { text: null, odd: false }
  const archived = typedstreamText(attributedBody)
  if (archived === undefined) return { text: null, odd: true }
  return { text: withoutPlaceholders(archived.text), odd: !archived.whole }
}

/** Null where nothing but placeholders was there. */
export function withoutPlaceholders(text: string): string | null {
  const rest = text.includes('\ufffc') ? text.replace(OBJECT_REPLACEMENT, '') : text
  return rest === '' ? null : rest
}

import { visible } from '../visible.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Writes text so that HTML reads it back as that text, between tags and inside quoted attributes alike. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '')
}

/** Writes text from a phone: as `escape`, and with a mark for every character that shows nothing. */
export function escapePhone(text: string): string {
  return visible(text)
    .map((part) =>
      'mark' in part
        ? `<span class="mark" dir="ltr" title="a character that cannot be seen">${part.mark}</span>`
        : escape(part.text),
    )
    .join('')
}

/** Characters that make a text read otherwise than it is stored: controls, and those that turn the direction of writing. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

export function isReadable(text: string): boolean {
  return text.isWellFormed() && text.search(UNSEEN) < 0
}

/** A text without what cannot be seen; line ends of other systems become ours. */
export function readable(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(UNSEEN, '')
}

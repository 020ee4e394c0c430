// What steers a terminal (controls, changes of the direction of writing): shown as a mark, never sent.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Text that came from a phone, made fit for a terminal. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replace(STEERING, '\ufffd')
}

/** The same for what must stay in one line, such as a name: a line break in it would pass for the next record. */
export function printableLine(text: string): string {
  return printable(text.replace(/[\t\r\n]+/g, ' '))
}

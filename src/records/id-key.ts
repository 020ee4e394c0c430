/** What case, spaces and punctuation do not change: ids of people, devices and operations, as people and systems write them. */
export function idKey(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

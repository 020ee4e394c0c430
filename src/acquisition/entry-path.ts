/** The longest path that is listed, in UTF-16 units: Linux's PATH_MAX. Phones allow 1,024 bytes. */
export const LONGEST_PATH = 4_096

export type EntryPath =
  | { readonly path: string }
  /** in plain words, without the name */
  | { readonly refused: string }

/** A part that is empty, `.` or `..`, or a drive letter: what nearly no name has, and the only ones that need taking apart. */
const LEADING = /^\.?\/+/
const ODD = /(?:^|\/)\.{0,2}(?:\/|$)|^[A-Za-z]:(?:\/|$)/

/**
 * Reads an archive's name for an entry as a path of the source. Leading `/` and parts that say nothing (empty, `.`) are
 * dropped, because real exports write `/private/var/…` and `./data/…` alike. Names that lead outside are refused.
 */
export function entryPath(name: string): EntryPath {
  if (name.length > LONGEST_PATH) return { refused: `a name longer than ${LONGEST_PATH} characters` }
  if (name.includes('\0')) return { refused: 'a name with a NUL in it' }
  const bare = name.replace(LEADING, '')
  if (!ODD.test(bare)) return { path: bare }
  const parts = bare.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) return { refused: 'a name that leads outside the source' }
  if (parts.length === 0) return { refused: 'an entry without a name' }
  if (/^[A-Za-z]:$/.test(parts[0]!)) return { refused: 'a name with a drive letter' }
  return { path: parts.join('/') }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads a name's bytes as UTF-8 whatever the archive claims, and only where they are not UTF-8 as `otherwise` says. */
export function entryName(bytes: Buffer, otherwise: (bytes: Buffer) => string): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return otherwise(bytes)
  }
}

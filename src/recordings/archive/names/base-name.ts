/** Extensions of recordings, lower case. */
const AUDIO = /\.(?:amr|awb|3gp|3gpp|m4a|mp4|aac|ogg|oga|opus|wav|flac|mp3)$/i

/** Arrows in UTF-8 that were read as something else on their way through a zip tool, and what they were. */
const MOJIBAKE: readonly (readonly [wrong: string, arrow: string])[] = [
  ['â†—', '↗'],
  ['â†™', '↙'],
  ['â†“', '↓'],
  ['â†‘', '↑'],
  ['\u00e2\u0086\u0097', '↗'],
  ['\u00e2\u0086\u0099', '↙'],
  ['\u00e2\u0086\u0093', '↓'],
  ['\u00e2\u0086\u0091', '↑'],
  ['Γåù', '↗'],
  ['ΓåÖ', '↙'],
  ['Γåô', '↓'],
  ['Γåæ', '↑'],
]

/** A file's path, as a parser of names wants it. */
export interface BaseName {
  /** the folders above, each with a `/` behind it */
  readonly folders: string
  /** the name without its extension, in NFC, with what copying did to it undone */
  readonly stem: string
  /** lower case, without the dot */
  readonly extension: string
}

/**
 * Takes a path apart, and undoes what copying does to names: decomposed letters (NFD), arrows that were read in another code
 * page, ` (1)` and ` - Copy` behind the stem, spaces at either end. Undefined where the extension is none of a recording.
 */
export function baseName(path: string): BaseName | undefined {
  let text = path.normalize('NFC').trimEnd()
  for (const [wrong, arrow] of MOJIBAKE) if (text.includes(wrong)) text = text.replaceAll(wrong, arrow)
  const slash = text.lastIndexOf('/')
  const name = text.slice(slash + 1)
  const extension = AUDIO.exec(name)?.[0]
  if (extension === undefined) return undefined
  const stem = name
    .slice(0, -extension.length)
    .trim()
    .replace(/(?: \(\d{1,2}\)| - Copy)+$/, '')
    .trimEnd()
  return { folders: text.slice(0, slash + 1), stem, extension: extension.slice(1).toLowerCase() }
}

import type { Attachment } from '../../records/index.ts'
import { digest, fileBytes } from '../media/file-bytes.ts'
import type { StoryFile } from '../story/types.ts'

/** The pictures, sounds and documents that writers name; whoever makes the phone writes each once. */
export interface PhoneFiles {
  /** path from `/`, without the leading slash */
  add(path: string, file: StoryFile): void
  /** the file as a record names it when it is taken too; one that is not there cannot be */
  attachment(file: StoryFile): Attachment
  /** every file that is really there, in order of path */
  entries(): readonly (readonly [path: string, file: StoryFile])[]
}

export function collectFiles(seed: string): PhoneFiles {
  const files = new Map<string, StoryFile>()
  const named = new Map<StoryFile, Attachment>()
  return {
    add: (path, file) => {
      if (!file.missing) files.set(path, file)
    },
    attachment: (file) => {
      const known = named.get(file)
      if (known) return known
      const made = file.missing
        ? { name: file.name, media_type: file.type, taken: false }
        : takenFile(file, fileBytes(file, seed))
      named.set(file, made)
      return made
    },
    entries: () => [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
  }
}

/** A file of the phone as a record names it when its bytes are taken. */
export function takenFile({ name, type }: StoryFile, bytes: Buffer): Attachment {
  return { name, media_type: type, bytes: bytes.length, sha256: digest(bytes), taken: true }
}

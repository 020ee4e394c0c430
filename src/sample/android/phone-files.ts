import type { StoryFile } from '../story/types.ts'

/** The pictures, sounds and documents that writers name; whoever makes the phone writes each once. */
export interface PhoneFiles {
  /** path from `/`, without the leading slash */
  add(path: string, file: StoryFile): void
  /** every file that is really there, in order of path */
  entries(): readonly (readonly [path: string, file: StoryFile])[]
}

export function collectFiles(): PhoneFiles {
  const files = new Map<string, StoryFile>()
  return {
    add: (path, file) => {
      if (!file.missing) files.set(path, file)
    },
    entries: () => [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
  }
}

import type { FileSource, OpenFile } from '../file-source.ts'

/** A source that holds its files in memory and hands them out in chunks of odd sizes, as archives do. */
export function memorySource(files: Readonly<Record<string, Uint8Array>>, missing: readonly string[] = []): FileSource {
  return {
    kind: 'zip',
    device: {},
    about: [],
    files: Object.keys(files)
      .sort()
      .map((path) => ({ path })),
    missing,
    problems: [],
    open: async ({ path }) => openBytes(path, files[path]!),
    close: async () => {},
  }
}

const CHUNK = 10_007

function openBytes(path: string, bytes: Uint8Array): OpenFile {
  return {
    path,
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
    },
    head: async (length) => bytes.subarray(0, length),
    close: async () => {},
  }
}

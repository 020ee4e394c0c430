import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TlogError } from '../errors.ts'

/** Says of an error that the system gave that the disk is to blame; anything else stays as it is. */
export function diskFailed(error: unknown): unknown {
  const { code, syscall = 'lock' } = (error ?? {}) as NodeJS.ErrnoException
  if (error instanceof TlogError || code === undefined || !/^(E[A-Z0-9]+|ERR_SQLITE_ERROR)$/.test(code)) return error
  return new TlogError(
    'LOG_DISK',
    `the log cannot be written (${code} on ${syscall}); nothing is signed any more`,
    'make room or replace the disk, then open the log again: no entry that was accepted is lost',
    { cause: error },
  )
}

/** Reads a file, or gives undefined where there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A folder into which files are put whole or not at all, and stay. */
export class DurableFolder {
  readonly path: string
  /** folders whose own names are known to be on the disk */
  readonly #kept = new Set<string>()
  #count = 0

  constructor(path: string) {
    this.path = path
  }

  /** Makes the folder and removes what was begun and not finished before. */
  async prepare(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true })
    await this.#keep(this.path)
    await rm(this.#fresh(), { recursive: true, force: true })
    await mkdir(this.#fresh())
  }

  read(path: string): Promise<Buffer | undefined> {
    return readIfThere(join(this.path, path))
  }

  /**
   * Writes files so that each is there whole under its name, also after the power fails: to a file beside it, fsync, rename, and
   * fsync of the folder through a descriptor opened before, so that no error goes to one that was closed (tessera#750).
   */
  async write(files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
    const folders = new Set([...files.keys()].map((path) => dirname(join(this.path, path))))
    for (const folder of folders) await this.#keep(folder)
    const held = await Promise.all([...folders].map((folder) => open(folder, 'r')))
    try {
      const pairs = [...files].map(([path, bytes]) => ({
        fresh: join(this.#fresh(), String(this.#count++)),
        path,
        bytes,
      }))
      await allOf(pairs.map(({ fresh, bytes }) => writeThrough(fresh, bytes)))
      for (const { fresh, path } of pairs) await rename(fresh, join(this.path, path))
      await allOf(held.map((folder) => folder.sync()))
    } finally {
      await allOf(held.map((folder) => folder.close()))
    }
  }

  /** Beside what is served and on the same disk: a file cannot be renamed across two. */
  #fresh(): string {
    return join(this.path, '.unfinished')
  }

  async #keep(folder: string): Promise<void> {
    if (this.#kept.has(folder)) return
    if (folder !== this.path) await this.#keep(dirname(folder))
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await syncFolder(dirname(folder))
    this.#kept.add(folder)
  }
}

/** Makes the names in a folder lasting. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeThrough(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Waits for all, also where one fails, so that nothing still runs when the first failure is told. */
async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === 'rejected') throw result.reason
}

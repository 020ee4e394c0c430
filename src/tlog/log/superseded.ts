import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders of partial tiles whose full tile is there: 33 times the room of the log itself if nobody removes them (tesseract#644). */
export class Superseded {
  readonly #folder: string
  /** path of the folder → since when its tile is full, ms since 1970 */
  readonly #since = new Map<string, number>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Looks for what was left by an earlier run; its time of grace begins now. */
  async find(now: Date): Promise<void> {
    const entries = await readdir(join(this.#folder, 'tile'), { recursive: true, withFileTypes: true }).catch(() => [])
    const files = new Set(
      entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
    )
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isDirectory() && path.endsWith('.p') && files.has(path.slice(0, -2)))
        this.#since.set(path, now.getTime())
    }
  }

  /** Notes that these tiles were written. */
  note(paths: Iterable<string>, now: Date): void {
    for (const path of paths) if (!path.includes('.p/')) this.#since.set(join(this.#folder, `${path}.p`), now.getTime())
  }

  /** Removes what has been superseded for longer than the time of grace, ms. */
  async remove(now: Date, grace: number): Promise<void> {
    for (const [path, since] of this.#since) {
      // In order of time: whatever follows is younger.
      if (now.getTime() - since < grace) break
      await rm(path, { recursive: true, force: true })
      this.#since.delete(path)
    }
  }
}

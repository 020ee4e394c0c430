import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { output, peel } from './timed.ts'

/** Everything that benches make and keep for the next time. */
export const KEPT = join(import.meta.dirname, '..', 'out', 'bench')

/**
 * A folder of test material that is made once. `name` says everything that it is made from; `make` fills an empty folder,
 * and only a whole one gets its name.
 */
export async function material(name: string, make: (folder: string) => Promise<void> | void): Promise<string> {
  const folder = join(KEPT, name)
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  await make(making)
  renameSync(making, folder)
  return folder
}

/** A sample phone. Rounds count for the key of encrypted ones. Put into `folder`, which holds `phone` and `truth.json` then. */
export function samplePhone(folder: string, kind: string, messages: number, rounds = 1_000_000): void {
  output(peel('sample', kind, folder, '--messages', String(Math.max(100, messages)), '--seed', 'bench'), {
    PEEL_SAMPLE_ROUNDS: String(rounds),
  })
}

/** A place for what one run makes; empty, and thrown away by the next call. */
export function place(name: string): string {
  const path = join(KEPT, 'runs', name)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(join(KEPT, 'runs'), { recursive: true })
  return path
}

export function clean(): void {
  rmSync(KEPT, { recursive: true, force: true })
}

// A worker on an archive of recordings that is killed while it works, and the one that goes on.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ops } from '../../src/actions/index.ts'

const WORKER = join(import.meta.dirname, 'archive-worker.ts')

/** What a worker is given: the name of the work, and the id that it is about. */
export type Given = readonly [what: 'take-in' | 'match' | 'destroy' | 'keep' | 'close', id: string]

/** Lets a worker begin, and kills it so many milliseconds after; returns how long it took where it was done before. */
export async function killedAfter(
  { archivesFolder }: Pick<Ops, 'archivesFolder'>,
  databaseAddress: string,
  given: Given,
  wait: number,
): Promise<number | undefined> {
  const child = spawn(process.execPath, [WORKER, dirname(archivesFolder), databaseAddress, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  let began = 0
  const begun = new Promise<void>((resolve) =>
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part
      began ||= performance.now()
      resolve()
    }),
  )
  await Promise.race([begun, gone])
  await Promise.race([gone, pause(wait, undefined, { ref: false })])
  child.kill('SIGKILL')
  await gone
  return said.includes('over') ? performance.now() - began : undefined
}

/** Does what is left, as another worker does who finds it. */
export async function goesOn(act: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await act()) === 'over') return
    // The database has not noticed yet that the other is gone.
    await pause(50)
  }
  assert.fail('it never came to its end')
}

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPackageFile } from '../src/apps/package/package-file.ts'
import { readPackage } from '../src/apps/package/read-package.ts'
import type { Bench } from './shape.ts'
import { median } from './timed.ts'

const SAMPLES = join(
  process.env['PEEL_TESTDATA'] ?? join(import.meta.dirname, '../../shared/testdata'),
  'app-governance-apk-permissions',
)
const EXAMPLE = join(import.meta.dirname, '..', 'docs', 'examples')
const TURNS = 20

/** Reading the manifests of real packages, with signers and resources, in this process: starting a thread is not measured. */
export const apk: Bench = {
  name: 'apk',
  title: 'Inspecting apps',
  async run({ runs, note }) {
    const real = globSync('*.apk', { cwd: SAMPLES }).map((name) => join(SAMPLES, name))
    const files = real.length > 0 ? real : globSync('*.apk', { cwd: EXAMPLE }).map((name) => join(EXAMPLE, name))
    note(`reading ${files.length} packages`)
    // Into the page cache.
    for (const file of files) readFileSync(file)
    const taken: number[] = []
    for (let turn = 0; turn < runs * TURNS; turn++)
      for (const file of files) {
        const started = performance.now()
        const bytes = openPackageFile(file)
        await readPackage(bytes)
        bytes.close()
        taken.push(performance.now() - started)
      }
    return [
      {
        what: 'an APK manifest',
        value: median(taken),
        unit: 'ms',
        target: 50,
        beside: `${files.length} ${real.length > 0 ? 'real packages' : 'package of ours'}, with signers and resources; the slowest ${Math.max(...taken).toFixed(1)} ms`,
      },
    ]
  },
}

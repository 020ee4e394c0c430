import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Real packages; empty where they are not there. */
const SAMPLES = join(
  process.env['PEEL_TESTDATA'] ?? join(import.meta.dirname, '../../../../shared/testdata'),
  'app-governance-apk-permissions',
)
export const REAL_PACKAGES = globSync('*.apk', { cwd: SAMPLES })
  .sort()
  .map((name) => ({ name, path: join(SAMPLES, name) }))

/** What `aapt package` compiles manifests against. */
export const FRAMEWORK = '/usr/share/android-framework-res/framework-res.apk'

/** Why a test that needs aapt is skipped; false where it is there, or where PEEL_REQUIRE_TOOLS wants it to fail. */
export const withoutAapt =
  (spawnSync('aapt', ['version']).error !== undefined || !existsSync(FRAMEWORK)) &&
  !process.env['PEEL_REQUIRE_TOOLS'] &&
  'not installed: aapt, android-framework-res'

/** A folder for a test's own files; gone with the process. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-apps-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generateKey, type PrivateKey, readPrivateKey, writePrivateKey } from '../signature/index.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Which build this is: the version of the package, and the commit where it is known. */
export async function toolIdentity(): Promise<{ name: 'peel'; version: string; commit: string }> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return { name: 'peel', version, commit: process.env['PEEL_COMMIT'] ?? (await commitOf()) }
}

async function commitOf(): Promise<string> {
  if (!existsSync(join(ROOT, '.git'))) return 'unknown'
  try {
    const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: ROOT })).stdout.trim()
    const [head, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ])
    return changes === '' ? head : `${head}-changed`
  } catch {
    return 'unknown'
  }
}

/**
 * The key with which this installation signs what it made: not a person's, and not one that authorises. Made at first use in
 * `PEEL_DATA/keys`, so that a force can list it among those it trusts.
 */
export async function installationKey(): Promise<PrivateKey> {
  const folder = join(process.env['PEEL_DATA'] ?? 'data', 'keys')
  const path = join(folder, 'installation.pem')
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    await writePrivateKey(path, generateKey().privatePem)
  }
  return readPrivateKey(readFileSync(path, 'utf8'))
}

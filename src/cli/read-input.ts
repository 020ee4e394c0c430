import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type PublicKey, readPublicKeys } from '../signature/index.ts'
import { readIdentities } from '../vault/index.ts'
import { EXIT, Stop } from './exit.ts'

/** Reads a file that the user named. Throws Stop with `usage` when it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Stop(
      EXIT.usage,
      `${path} ${missing ? 'is not there' : 'cannot be read'}`,
      'check the path and that you may read it',
    )
  }
}

/**
 * Reads the keys to trust: files and folders of `*.pub`, or keys themselves, separated by commas or given one by one.
 * Throws Stop or SignatureError.
 */
export function readTrust(values: readonly string[]): PublicKey[] {
  const keys = new Map<string, PublicKey>()
  for (const value of values.flatMap((one) => one.split(',')).map((one) => one.trim()))
    for (const key of readPublicKeys(value.startsWith('ed25519:') ? value : trustText(value))) keys.set(key.keyid, key)
  if (keys.size === 0)
    throw new Stop(EXIT.usage, 'no key to trust was given', 'give --trust a file with one public key a line')
  return [...keys.values()]
}

function trustText(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return readText(path)
  const files = readdirSync(path).filter((name) => /\.(pub|pem|txt)$/.test(name))
  return files
    .sort()
    .map((name) => readText(join(path, name)))
    .join('\n')
}

/** Reads an age identity file. */
export function readIdentityFile(path: string): string[] {
  return readIdentities(readText(path))
}

/** Reads a password: the first line of its file. */
export function readPassword(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readText(path).replace(/\r?\n[\s\S]*$/, '')
}

/** Reads recipients: `age1…` themselves, or files that hold some. Throws Stop with `usage` when there are none. */
export function readRecipients(values: readonly string[]): string[] {
  const found = values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .flatMap((value) =>
      value.startsWith('age1') ? [value] : [...readText(value).matchAll(/age1[0-9a-z]+/g)].map(([found]) => found),
    )
  if (found.length === 0)
    throw new Stop(
      EXIT.usage,
      'there is no recipient',
      'give --recipient an age public key (age1…), or a file that holds one',
    )
  return found
}

/** A container that the user named. Throws Stop with `usage` when there is nothing of that name. */
export function containerAt(path: string): string {
  if (!existsSync(path))
    throw new Stop(EXIT.usage, `${path} is not there`, 'give the folder that `peel extract --out` made')
  return path
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileEpochKeys } from './file-epoch-keys.ts'
import type { KeyringPlace } from './keyring.ts'

/** A new folder with room for a keyring and, apart from it, for its epoch keys. */
export function newPlace(): KeyringPlace & { readonly base: string; readonly epochs: string; remove(): void } {
  const base = mkdtempSync(join(tmpdir(), 'peel-keyring-'))
  return { ...placeIn(base), base, epochs: join(base, 'epochs'), remove: () => rmSync(base, { recursive: true }) }
}

/** The same for a folder that is there. */
export function placeIn(base: string): KeyringPlace {
  return {
    folder: join(base, 'keyring'),
    epochKeys: new FileEpochKeys(join(base, 'epochs')),
    now: () => new Date('2026-11-22T10:00:00.000Z'),
  }
}

import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyringError } from '../../keyring/index.ts'
import { Catalogue } from '../../review/index.ts'
import { ContainerReader, readManifest, UNFINISHED, VaultError } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'
import { extractPath } from '../extraction/extract-path.ts'

/** For so long, in milliseconds, a catalogue may be in the making. */
const LONGEST_MAKING = 24 * 60 * 60 * 1000

/** Where the catalogue of an extract is kept: apart from the extract, because it is none of what was sealed and signed. */
export function cataloguePath({ cataloguesFolder }: Pick<Ops, 'cataloguesFolder'>, extraction: string): string {
  return join(cataloguesFolder, `${extraction}.catalogue`)
}

/** Opens the catalogue of an extract, and makes and keeps it where it is not there. Throws VaultError DAMAGED, and what `stop` was fired with. */
export async function openCatalogue(
  ops: Ops,
  extraction: string,
  reader: ContainerReader,
  stop: AbortSignal,
): Promise<Catalogue> {
  const catalogue = await Catalogue.open(reader, {
    manifest: readManifest(extractPath(ops, extraction)),
    file: cataloguePath(ops, extraction),
    stop,
  })
  // Whoever destroys an extract destroys its key, and then what lies here: one of the two finds what the other left.
  if (!(await ops.keyring.has(extraction))) await removeCatalogue(ops, extraction)
  return catalogue
}

/**
 * Makes the catalogue of an extract that was sealed just now, so that nobody who opens it waits. Where that fails nothing is lost: it is made when the
 * extract is opened. `stop` ends it early.
 */
export async function prepareCatalogue(ops: Ops, extraction: string, stop: AbortSignal): Promise<void> {
  try {
    const reader = await ops.keyring.useExtractIdentity(extraction, (identity) =>
      ContainerReader.open(extractPath(ops, extraction), [identity]),
    )
    try {
      await openCatalogue(ops, extraction, reader, stop)
    } finally {
      reader.close()
    }
  } catch (error) {
    const isExpected = error instanceof VaultError || error instanceof KeyringError || stop.aborted
    if (!isExpected) throw error
  }
}

/** Removes what lies here of the catalogue of an extract, whole or in the making. */
export async function removeCatalogue(ops: Ops, extraction: string): Promise<void> {
  for (const name of await readdir(ops.cataloguesFolder).catch(nothingThere))
    if (name.startsWith(`${extraction}.`)) await rm(join(ops.cataloguesFolder, name), { force: true })
}

/** Removes catalogues whose extract is not here any more, and what was left by whoever was ended while making one. */
export async function tidyCatalogues(ops: Ops): Promise<void> {
  const held = new Set(await ops.keyring.extractIds())
  for (const name of await readdir(ops.cataloguesFolder).catch(nothingThere)) {
    const path = join(ops.cataloguesFolder, name)
    const made = await stat(path).catch(() => undefined)
    const isStale = made !== undefined && made.mtimeMs < ops.now().getTime() - LONGEST_MAKING
    if (!held.has(name.split('.', 1)[0] ?? '') || (name.endsWith(UNFINISHED) && isStale))
      await rm(path, { force: true })
  }
}

function nothingThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

import type { PeelRecord } from '../records/index.ts'
import { ContainerReader, readEarlierManifests, readManifest } from './container-reader.ts'
import { type ContainerFile, ContainerWriter } from './container-writer.ts'
import { damaged, VaultError, writingFailed } from './errors.ts'
import type { TreeHead } from './records-writer.ts'

export interface ResealOptions {
  /** where the new container goes; it stands beside the old one until somebody has checked it */
  readonly out: string
  /** ids of records that are left out, with the files that only they name */
  readonly without?: ReadonlySet<string>
  /** paths in the source that an oddity may go on naming although a record that stood there is left out */
  readonly placesKept?: ReadonlySet<string>
  /** called for every record of the old container, in their order */
  readonly visit?: (record: PeelRecord, json: string, kept: boolean) => void
}

/** A new container that is complete but for its manifest. Exactly one of its functions must be called. */
export interface ResealedContainer {
  readonly files: readonly ContainerFile[]
  readonly tree: TreeHead
  /** files of the source whose bytes are in it, by path */
  readonly sourceFiles: readonly { path: string; bytes: number; sha256: string }[]
  finish(manifest: string): void
  abandon(): Promise<void>
}

/**
 * Writes a container anew under a key of its own, for other recipients or without some of its records. Nothing of it opens
 * with anything of the old one: records, names of payloads and every file key are new. The old container is only read; to let
 * go of what was left out, its key must be destroyed once the new one was checked (architecture.md 3.2).
 *
 * Throws VaultError: as `ContainerReader.open` and `ContainerWriter.create` do; NO_SUCH_RECORD where `without` names a record
 * that is not there; DAMAGED where the old one is not as it was written. Then nothing is left of the new one.
 */
export async function resealContainer(
  dir: string,
  identities: readonly string[],
  recipients: readonly string[],
  options: ResealOptions,
): Promise<ResealedContainer> {
  const reader = await ContainerReader.open(dir, identities)
  try {
    const writer = await ContainerWriter.create(options.out, recipients)
    try {
      return await copy(dir, reader, writer, options)
    } catch (error) {
      await writer.abandon()
      throw writingFailed(error)
    }
  } finally {
    reader.close()
  }
}

async function copy(
  dir: string,
  reader: ContainerReader,
  writer: ContainerWriter,
  { without = new Set(), placesKept = new Set(), visit }: ResealOptions,
): Promise<ResealedContainer> {
  for (const text of [...readEarlierManifests(dir), readManifest(dir)]) writer.addEarlierManifest(text)
  for (const key of ['format', 'authorisation']) {
    const value = reader.about(key)
    if (value !== undefined) writer.addAbout(key, value)
  }
  const missing = new Set(without)
  /** digests of the files that kept records name */
  const media = new Set<string>()
  /** files that were records themselves */
  const gone = new Set<string>()
  for (const { id, json } of reader.records()) {
    const record = JSON.parse(json) as PeelRecord
    const kept = !missing.delete(id)
    visit?.(record, json, kept)
    if (kept) {
      await writer.addRecord(json)
      for (const { taken, sha256 } of record.attachments) if (taken && sha256) media.add(sha256)
    } else if (record.provenance.table === undefined) gone.add(record.provenance.file)
  }
  if (missing.size > 0)
    throw new VaultError(
      'NO_SUCH_RECORD',
      'a record that is to be left out is not there',
      'list the records again; nothing was changed',
    )
  const sourceFiles = reader
    .sourceFiles()
    .map(({ path, bytes, sha256 }) => ({ path, bytes, sha256: Buffer.from(sha256).toString('hex') }))
    .filter(({ path, sha256 }) => media.has(sha256) && !gone.has(path))
  for (const { path, bytes, sha256 } of sourceFiles) writer.addSourceFile(path, bytes, Buffer.from(sha256, 'hex'))
  const places = placesKept.union(new Set(sourceFiles.map(({ path }) => path)))
  for (const { code, file, detail } of reader.problems())
    writer.addProblem(code, file !== null && (without.size === 0 || places.has(file)) ? file : undefined, detail)
  await copyPayloads(reader, writer, media)
  const { files, tree } = await writer.close()
  return {
    files,
    tree,
    sourceFiles,
    finish: (manifest) => writer.finish(manifest),
    abandon: () => writer.abandon(),
  }
}

async function copyPayloads(
  reader: ContainerReader,
  writer: ContainerWriter,
  media: ReadonlySet<string>,
): Promise<void> {
  for (const { sha256, bytes } of reader.payloads()) {
    const digest = Buffer.from(sha256).toString('hex')
    if (!media.has(digest)) continue
    const sealed = await writer.addPayload(async () => ({
      size: bytes,
      chunks: () => reader.payload(digest),
      close: async () => {},
    }))
    if (sealed.sha256 !== digest) throw damaged('a payload is not the file that its record names')
  }
}

import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { AcquisitionError, type FileSource, type OpenFile } from '../../../acquisition/index.ts'
import { FACTS, type KeptRecording } from '../../../artefacts/index.ts'
import { VaultError } from '../../../vault/index.ts'
import type { Ops } from '../../ops.ts'
import { type RecordingDetails, withArchiveKeys } from '../details.ts'
import { archiveOf } from '../read-archive.ts'
import { readRecording, recordingPlace } from '../recording-file.ts'
import { keptPlace, setDigest } from './kept-set.ts'

/** One recording as it is read: its key is in memory for so long, and nowhere else. */
interface Sound {
  readonly id: string
  readonly sha256: string
  readonly bytes: number
  readonly details: RecordingDetails
}

/**
 * The recordings of a keep as a source of files that extraction reads: of each what was matched, and its sound, opened in memory alone. Its device's serial
 * number is the digest of what is really there, so that another set is another device to the authorisation. Throws ActionError NOT_FOUND, DAMAGED.
 */
export async function keptSource(ops: Ops, keepId: string): Promise<FileSource> {
  const keep = await ops.store.db
    .selectFrom('recording_keeps')
    .select(['archive_id', 'item_ids'])
    .where('id', '=', keepId)
    .executeTakeFirstOrThrow()
  const archive = await archiveOf(ops, keep.archive_id)
  const rows = await ops.store.db
    .selectFrom('archive_items')
    .select(['id', 'sha256', 'bytes', 'phone', 'sealed'])
    .where('archive_id', '=', archive.id)
    .where('state', '=', 'held')
    .where('id', '=', ({ fn, val }) => fn.any(val(keep.item_ids)))
    .execute()
  const sounds = new Map<string, Sound>()
  const facts = new Map<string, Buffer>()
  await withArchiveKeys(ops, archive, (keys) => {
    for (const { sealed, phone, ...row } of rows) {
      if (sealed === null) continue
      const place = keptPlace(archive.id, { id: row.id, phone })
      const details = keys.openDetails(row.id, sealed)
      sounds.set(place, { ...row, details })
      facts.set(`${place}${FACTS}`, Buffer.from(JSON.stringify(told(details))))
    }
  })
  return {
    kind: 'recordings',
    device: { serial: setDigest(archive.id, [...sounds.values()]) },
    about: [],
    files: [
      ...[...facts].map(([path, { length }]) => ({ path, size: length })),
      ...[...sounds].map(([path, { bytes }]) => ({ path, size: bytes })),
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
    missing: [],
    problems: [],
    async open({ path }) {
      const known = facts.get(path)
      if (known !== undefined) return inMemory(path, known)
      const sound = sounds.get(path)
      if (sound === undefined) throw new AcquisitionError('NOT_FOUND', 'there is no such recording', 'list them again')
      return soundOf(ops, archive.id, path, sound)
    },
    async close() {
      for (const bytes of facts.values()) bytes.fill(0)
      facts.clear()
      sounds.clear()
    },
  }
}

function told({ path, named, audio, facts }: RecordingDetails): KeptRecording {
  return {
    numbers: facts?.numbers ?? [],
    began: facts?.began.map(({ from, to }) => ({ from, to })) ?? [],
    name: basename(path),
    ...(named?.contact !== undefined && { contact: named.contact }),
    ...(facts?.direction !== undefined && { direction: facts.direction }),
    ...(facts?.durationMs !== undefined && { durationMs: facts.durationMs }),
    ...(named?.via !== undefined && { via: named.via }),
    ...(audio !== undefined && { container: audio.container }),
  }
}

function inMemory(path: string, bytes: Buffer): OpenFile {
  return {
    path,
    size: bytes.length,
    async *chunks() {
      yield bytes
    },
    head: async (length) => bytes.subarray(0, length),
    close: async () => {},
  }
}

/** The sound of a recording: read to its end it is what was taken in, or it fails. */
function soundOf(ops: Ops, archiveId: string, path: string, { id, sha256, bytes, details }: Sound): OpenFile {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const digest = createHash('sha256')
    try {
      const place = recordingPlace(ops, archiveId, id)
      for await (const piece of readRecording(place, { recordingKey: details.recordingKey, bytes })) {
        digest.update(piece)
        yield piece
      }
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code
      if (cause instanceof VaultError || code === 'ENOENT' || code === 'EIO') throw notAsTakenIn(cause)
      throw cause
    }
    if (digest.digest('hex') !== sha256) throw notAsTakenIn()
  }
  return {
    path,
    size: bytes,
    chunks,
    async head(length) {
      for await (const piece of chunks()) return Buffer.from(piece.subarray(0, length))
      return new Uint8Array()
    },
    close: async () => {},
  }
}

function notAsTakenIn(cause?: unknown): AcquisitionError {
  return new AcquisitionError('DAMAGED', 'a recording is not as it was taken in', 'restore the archive from a backup', {
    cause,
  })
}

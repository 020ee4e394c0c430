/**
 * DCIM: the pictures and films of a phone's camera, on iOS and Android, with when, where and with what they were taken. Knows
 * the folders and the formats. Does not know albums, edits or what else the gallery app keeps in its own database than what was deleted.
 * Invariant: every picture or film in a DCIM folder is one record, readable or not, unless it was deleted; its bytes are looked at, never kept.
 */
import { AcquisitionError, type FileSource, type SourceFile } from '../../acquisition/index.ts'
import { type MediaItem, type Problem, rfc3339 } from '../../records/index.ts'
import type { FileArtefact, FileReading } from '../artefact.ts'
import { Bytes } from './bytes.ts'
import type { MediaFacts, Odd } from './facts.ts'
import { readHeif } from './heif.ts'
import { readJpeg } from './jpeg.ts'
import { fitsName, mediaType, namedType } from './media-type.ts'
import { readMovie } from './movie.ts'
import { recentlyDeleted } from './recently-deleted.ts'
import { readGif, readPng, readTiff, readWebp } from './still.ts'

/** A DCIM folder, and below it no part that begins with a dot: thumbnails, what is being written, what was put in the bin. */
const IN_DCIM = /(^|\/)DCIM\/(?:[^./][^/]*\/)*[^./][^/]*\.(?:jpe?g|hei[cf]|png|gif|webp|dng|mp4|mov|3gp|m4v)$/i

/** Folders that mirror DCIM and hold no originals: iOS's thumbnails and edits, and what Android apps keep for themselves. */
const NOT_ORIGINALS = /(^|\/)(?:PhotoData|Android\/(?:data|media|obb))\//

export const dcim: FileArtefact = {
  type: 'files',
  id: 'dcim',
  title: 'Camera (pictures and films in DCIM)',
  yields: [{ kind: 'media_item', app: 'camera' }],

  locates: (path) => IN_DCIM.test(path) && !NOT_ORIGINALS.test(path),

  neverRead: recentlyDeleted,

  read: readMediaItem,
}

async function readMediaItem(file: SourceFile, source: FileSource): Promise<FileReading> {
  const problems: Problem[] = []
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const told = new Set<string>()
  const odd: Odd = (detail) => {
    if (!told.has(detail)) problems.push({ code: 'value_odd', file: file.path, detail })
    told.add(detail)
  }
  try {
    const opened = await source.open(file)
    try {
      const bytes = await Bytes.of(opened)
      try {
        const type = mediaType(bytes.head)
        if (type === undefined) {
          problems.push({ code: 'file_damaged', file: file.path, detail: 'its first bytes are of no picture or film' })
        } else if (!fitsName(name, type)) odd('the name says another type than the bytes')
        const facts = type === undefined ? {} : await readFacts(type, bytes, odd)
        const found = mediaItem(name, type && namedType(name, type), opened.size, facts)
        return { placed: [{ found, provenance: { file: file.path, wal: false } }], problems, bytesRead: bytes.read }
      } finally {
        await bytes.close()
      }
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    problems.push({ code: 'file_unreadable', file: file.path, detail: error.code })
    return { placed: [], problems, bytesRead: 0 }
  }
}

function readFacts(type: string, bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  if (type === 'image/jpeg') return readJpeg(bytes, odd)
  if (type === 'image/png') return readPng(bytes, odd)
  if (type === 'image/gif') return readGif(bytes)
  if (type === 'image/webp') return readWebp(bytes, odd)
  if (type === 'image/tiff') return readTiff(bytes, odd)
  return type.startsWith('image/') ? readHeif(bytes, odd) : readMovie(bytes, odd)
}

function mediaItem(name: string, type: string | undefined, bytes: number, facts: MediaFacts): MediaItem {
  const { when, place, width, height, durationSeconds, camera } = facts
  const mediaType = type === undefined ? {} : { media_type: type }
  return {
    kind: 'media_item',
    app: 'camera',
    name,
    ...mediaType,
    ...(when?.ms === undefined ? {} : { time: rfc3339(when.ms) }),
    ...(when === undefined ? {} : { time_raw: when.raw }),
    ...(when?.ms === undefined || when.zone === undefined ? {} : { time_zone: when.zone }),
    ...(place === undefined ? {} : { place }),
    ...(width && height ? { width, height } : {}),
    ...(durationSeconds === undefined ? {} : { duration_seconds: durationSeconds }),
    ...(camera === undefined ? {} : { camera }),
    attachments: [{ name, ...mediaType, bytes, taken: false }],
  }
}

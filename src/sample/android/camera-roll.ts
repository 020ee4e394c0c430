import { type MediaItem, rfc3339 } from '../../records/index.ts'
import { writtenDecimal } from '../media/boxes.ts'
import { localTime, writtenDegrees } from '../media/exif.ts'
import type { StoryFile } from '../story/types.ts'
import { takenFile } from './phone-files.ts'

/** Seconds from 1904, from which films count, to 1970. */
const SECONDS_TO_1970 = 2_082_844_800

/** The record that a file in DCIM means: what EXIF, or a film's header, can hold of the story. */
export function cameraRecord(file: StoryFile, bytes: Buffer): MediaItem {
  const film = file.type.startsWith('video/')
  const { camera, place, width, height, duration } = file
  return {
    kind: 'media_item',
    app: 'camera',
    name: file.name,
    media_type: file.type,
    ...(film ? filmTime(file) : pictureTime(file)),
    ...(place && { place: film ? decimal(place) : degrees(place) }),
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(duration !== undefined && { duration_seconds: duration }),
    ...(camera && !film && { camera: `${camera.make} ${camera.model}` }),
    attachments: [takenFile(file, bytes)],
  }
}

type Time = Pick<MediaItem, 'time' | 'time_raw' | 'time_zone'>

/** EXIF writes a time of day, sometimes with the offset beside it; without, it can only be read as UTC. */
function pictureTime({ at, offset }: StoryFile): Time {
  if (at === undefined) return {}
  const written = localTime(at, offset ?? 0)
  return {
    time: rfc3339(Math.floor(at / 1000) * 1000),
    time_raw: written,
    time_zone: offset === undefined ? 'assumed_utc' : 'stated',
  }
}

function filmTime({ at }: StoryFile): Time {
  if (at === undefined) return {}
  const seconds = Math.floor(at / 1000)
  return { time: rfc3339(seconds * 1000), time_raw: String(seconds + SECONDS_TO_1970) }
}

function degrees({ lat, lon }: NonNullable<StoryFile['place']>) {
  return { lat: writtenDegrees(lat), lon: writtenDegrees(lon) }
}

function decimal({ lat, lon }: NonNullable<StoryFile['place']>) {
  return { lat: writtenDecimal(lat), lon: writtenDecimal(lon) }
}

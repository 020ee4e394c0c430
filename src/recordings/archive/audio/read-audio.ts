import { isAmr, readAmr } from './amr.ts'
import type { Audio, AudioFile } from './audio.ts'
import { piece } from './bytes.ts'
import { isFlac, readFlac } from './flac.ts'
import { isIsoMedia, readIsoMedia } from './iso-media.ts'
import { isMp3, readMp3 } from './mp3.ts'
import { isOgg, readOgg } from './ogg.ts'
import { isWav, readWav } from './wav.ts'

type Reader = readonly [is: (head: Buffer) => boolean, read: (file: AudioFile) => Promise<Audio>]

// An MP3 begins with the least telling bytes, and is asked last.
const READERS: readonly Reader[] = [
  [isAmr, readAmr],
  [isOgg, readOgg],
  [isFlac, readFlac],
  [isWav, readWav],
  [isIsoMedia, readIsoMedia],
  [isMp3, readMp3],
]

/**
 * What a file says of its sound, by its bytes and never by its name. Undefined where it is none of the containers that
 * recorders write. Nothing is decoded. Throws what reading the file throws.
 */
export async function readAudio(file: AudioFile): Promise<Audio | undefined> {
  const head = await piece(file, 0, 64)
  const reader = READERS.find(([is]) => is(head))
  return reader?.[1](file)
}

import { hash } from 'node:crypto'
import type { StoryFile } from '../story/types.ts'
import { heic, movie } from './boxes.ts'
import { exif } from './exif.ts'
import { jpeg, segment } from './jpeg.ts'
import { paint } from './scene.ts'

/** Makes the bytes of a file of the story: the same for the same file and seed. */
export function fileBytes(file: StoryFile, seed: string): Buffer {
  const width = file.width ?? 320
  const height = file.height ?? 240
  switch (file.type) {
    case 'image/jpeg': {
      const tiff = exif(file)
      const segments = tiff ? [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))] : []
      return jpeg(paint(file.scene ?? 'street', width, height, `${seed}/${file.id}`), segments)
    }
    case 'image/heic':
      return heic(exif(file) ?? Buffer.alloc(0), width, height)
    case 'video/mp4':
    case 'video/quicktime':
    case 'audio/mp4':
      return movie(file)
    default:
      return Buffer.from(`${file.name}\n`)
  }
}

/** A small picture of the same scene with `word` in a JPEG comment: what apps keep beside a file, and nobody may take. */
export function thumbnailBytes(file: Pick<StoryFile, 'id' | 'scene'>, word: string, seed: string): Buffer {
  const comment = segment(0xfe, Buffer.from(`thumbnail ${word}`, 'utf8'))
  return jpeg(paint(file.scene ?? 'portrait', 64, 48, `${seed}/${file.id}`), [comment])
}

/** Lower-case hexadecimal SHA-256, as attachments carry it. */
export function digest(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex')
}

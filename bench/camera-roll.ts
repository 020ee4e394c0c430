import { createCipheriv } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { extname, join } from 'node:path'
import { MB } from './shape.ts'

const FOLDER = join('phone', 'private', 'var', 'mobile', 'Media', 'DCIM')
/** Pictures are 1 to 8 MB here, as phones write them. */
const PICTURE = { least: 1 * MB, step: 0.5 * MB, steps: 15 }
const FILM = 60 * MB
/** One film for so many pictures. */
const PICTURES_PER_FILM = 30

/**
 * Fills a sample phone's camera roll: heads of the sample's own pictures and films, with their times and places, and behind
 * each as many bytes that cannot be compressed as real ones have. Returns how many bytes there are.
 */
export function fillCameraRoll(folder: string, bytes: number): number {
  const roll = join(folder, FOLDER)
  const originals = join(roll, '100APPLE')
  const heads = readdirSync(originals)
    .sort()
    .filter((name) => ['.JPG', '.MOV'].includes(extname(name)))
    .map((name) => ({ end: extname(name), head: readFileSync(join(originals, name)) }))
  const pictures = heads.filter(({ end }) => end === '.JPG')
  const films = heads.filter(({ end }) => end === '.MOV')
  rmSync(originals, { recursive: true })
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16))
  let made = 0
  for (let number = 1; made < bytes; number++) {
    const film = number % PICTURES_PER_FILM === 0
    const kind = film ? films : pictures
    const { end, head } = kind[number % kind.length]!
    const size = film ? FILM : PICTURE.least + PICTURE.step * (number % PICTURE.steps)
    const inside = join(roll, `${101 + Math.floor(number / 1000)}APPLE`)
    mkdirSync(inside, { recursive: true })
    const file = openSync(join(inside, `IMG_${String(number).padStart(4, '0')}${end}`), 'w')
    writeSync(file, head)
    // A box that readers of films pass over; in a picture it stands behind the end of the image.
    const box = Buffer.alloc(8)
    box.writeUInt32BE(8 + size)
    box.write('free', 4, 'latin1')
    writeSync(file, box)
    for (let left = size; left > 0; left -= MB) writeSync(file, noise.update(Buffer.alloc(Math.min(left, MB))))
    closeSync(file)
    made += head.length + box.length + size
  }
  return made
}

/** The pictures and films of a camera roll, by path. */
export function cameraRoll(folder: string): string[] {
  const roll = join(folder, FOLDER)
  return readdirSync(roll, { recursive: true, encoding: 'utf8' })
    .filter((name) => extname(name) !== '')
    .sort()
    .map((name) => join(roll, name))
}

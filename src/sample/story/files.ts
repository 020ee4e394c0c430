import { randomFrom } from '../random.ts'
import { storyInstant } from './calendar.ts'
import { NEVER } from './never-words.ts'
import { PLACES, type PlaceName } from './places.ts'
import type { Scene, StoryDevice, StoryFile } from './types.ts'

/** What is attached to messages. `isla-park` and `wrist` are each attached to several. */
export function attachedFiles(): StoryFile[] {
  const other = { make: 'Samsung', model: 'SM-A546B' }
  return [
    picture('isla-park', 'IMG_0007.JPG', 'park', '02-28 14:12', { place: PLACES.park }),
    picture('scarf', 'scarf.jpg', 'car', '03-11 08:02', { thumbnail: NEVER.thumbnail }),
    picture('spellings', 'spelling-list.jpg', 'document', '03-12 15:43', { camera: other }),
    picture('riverside-night', 'IMG_4410.jpg', 'night', '03-14 20:57', { camera: other, place: PLACES.riverside }),
    picture('wrist', 'IMG_0021.HEIC.jpg', 'portrait', '03-15 09:58', { place: PLACES.home }),
    picture('lost-photo', 'IMG_0031.jpg', 'street', '03-25 18:58', { missing: true }),
    picture('bench', 'IMG_0019.JPG', 'park', '03-13 18:18', { place: PLACES.park }),
    { id: 'voice', name: 'PTT-20260326-WA0003.m4a', type: 'audio/mp4', at: storyInstant('03-26 20:15'), duration: 9 },
    {
      id: 'video',
      name: 'VID-20260327-WA0001.mp4',
      type: 'video/mp4',
      at: storyInstant('03-27 11:58'),
      duration: 4,
      width: 640,
      height: 360,
    },
    ...Array.from({ length: 6 }, (_, at) =>
      picture(`bulk${at}`, `photo-${at + 1}.jpg`, SCENES[at] as Scene, `02-0${at + 1} 12:00`, {}),
    ),
  ]
}

const SCENES: readonly Scene[] = ['street', 'river', 'park', 'café', 'car', 'document']

function picture(id: string, name: string, scene: Scene, at: string, more: Partial<StoryFile>): StoryFile {
  return { id, name, type: 'image/jpeg', scene, at: storyInstant(at), width: 320, height: 240, ...more }
}

/** What the device user photographed: some with a zone, some without, some without a place, one without a time. */
export function cameraRoll(device: StoryDevice, seed: string): StoryFile[] {
  const random = randomFrom(`${seed}/camera`)
  const camera = { make: device.maker, model: device.camera }
  const roll: StoryFile[] = []
  const add = (name: string, more: Partial<StoryFile>) =>
    roll.push({ id: `dcim:${name}`, name, type: 'image/jpeg', width: 480, height: 360, camera, ...more })
  for (const [at, [time, place, scene]] of SHOTS.entries()) {
    const number = String(at + 1).padStart(4, '0')
    const taken = storyInstant(time) + random.below(50) * 1000
    // Summer time began on 29 March 2026.
    const offset = taken >= Date.UTC(2026, 2, 29, 1) ? 60 : 0
    if (at % 9 === 4) add(`IMG_${number}.HEIC`, { type: 'image/heic', scene, at: taken, offset, place: PLACES[place] })
    else if (at % 9 === 7)
      add(`IMG_${number}.${device.maker === 'Apple' ? 'MOV' : 'mp4'}`, {
        type: device.maker === 'Apple' ? 'video/quicktime' : 'video/mp4',
        at: taken,
        duration: 3 + random.below(20),
        place: PLACES[place],
      })
    else if (at % 9 === 2) add(`IMG_${number}.JPG`, { scene, at: taken, place: PLACES[place] })
    else if (at % 9 === 6) add(`IMG_${number}.JPG`, { scene, at: taken, offset })
    else if (at === 17) add(`IMG_${number}.JPG`, { scene })
    else add(`IMG_${number}.JPG`, { scene, at: taken, offset, place: PLACES[place] })
  }
  return roll
}

const SHOTS: readonly (readonly [string, PlaceName, Scene])[] = [
  ['03-02 08:15', 'kettle', 'café'],
  ['03-04 15:30', 'school', 'street'],
  ['03-05 09:00', 'market', 'street'],
  ['03-07 20:10', 'pub', 'night'],
  ['03-08 13:30', 'park', 'park'],
  ['03-08 14:00', 'towpath', 'river'],
  ['03-09 08:00', 'kettle', 'café'],
  ['03-10 17:00', 'home', 'portrait'],
  ['03-12 21:45', 'pub', 'night'],
  ['03-14 11:05', 'park', 'park'],
  ['03-14 21:27', 'riverside', 'night'],
  ['03-14 21:29', 'riverside', 'car'],
  ['03-15 09:57', 'home', 'portrait'],
  ['03-17 07:38', 'kettle', 'car'],
  ['03-20 13:40', 'station', 'street'],
  ['03-29 11:00', 'home', 'portrait'],
  ['04-05 12:00', 'park', 'park'],
  ['04-10 12:00', 'market', 'street'],
  ['04-22 08:00', 'kettle', 'café'],
  ['05-03 10:30', 'towpath', 'river'],
]

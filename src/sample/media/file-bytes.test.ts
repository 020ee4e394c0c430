import assert from 'node:assert/strict'
import { test } from 'node:test'
import exifr from 'exifr'
import { makeStory } from '../story/make-story.ts'
import type { StoryFile } from '../story/types.ts'
import { movie } from './boxes.ts'
import { localTime, writtenDegrees } from './exif.ts'
import { fileBytes, thumbnailBytes } from './file-bytes.ts'
import { jpeg, type Raster } from './jpeg.ts'

const story = makeStory({ messages: 100, seed: 's', system: 'ios' })
const pictures = story.camera.filter(({ type }) => type.startsWith('image/'))

test('an independent reader finds in every picture the time, zone, place and camera that the story gives it', async () => {
  assert.ok(pictures.length > 12)
  for (const file of pictures) {
    const found = await exifr.parse(fileBytes(file, 's'), { reviveValues: false })
    assert.equal(found.Model, 'iPhone 15')
    assert.equal(found.DateTimeOriginal, file.at === undefined ? undefined : localTime(file.at, file.offset ?? 0))
    assert.equal(
      found.OffsetTimeOriginal,
      file.offset === undefined ? undefined : file.offset === 60 ? '+01:00' : '+00:00',
    )
    if (file.place) {
      assert.equal(found.latitude, writtenDegrees(file.place.lat))
      assert.equal(found.longitude, writtenDegrees(file.place.lon))
      assert.ok(Math.abs(found.latitude - file.place.lat) < 2e-6)
    } else assert.equal(found.latitude, undefined)
  }
})

test('pictures of a scene differ by seed and are the same for the same seed', () => {
  const [file] = pictures as [StoryFile]
  assert.deepEqual(fileBytes(file, 's'), fileBytes(file, 's'))
  assert.notDeepEqual(fileBytes(file, 's'), fileBytes(file, 't'))
})

test('a picture is a whole baseline JPEG: its segments follow each other and no stray marker stands in its scan', () => {
  const raster: Raster = {
    width: 19,
    height: 11,
    pixels: Uint8Array.from({ length: 19 * 11 * 3 }, (_, at) => (at * 37) % 256),
  }
  const bytes = jpeg(raster)
  const markers: number[] = []
  let at = 2
  while (bytes[at + 1] !== 0xda) {
    assert.equal(bytes[at], 0xff)
    markers.push(bytes[at + 1] as number)
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  assert.deepEqual(markers, [0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4])
  for (at += 2 + bytes.readUInt16BE(at + 2); at < bytes.length - 2; at++)
    if (bytes[at] === 0xff) assert.equal(bytes[at + 1], 0)
  assert.deepEqual([...bytes.subarray(-2)], [0xff, 0xd9])
})

test('a film says when, where and how long in the boxes for that', () => {
  const file: StoryFile = {
    id: 'f',
    name: 'f.mov',
    type: 'video/quicktime',
    at: 0,
    duration: 7,
    place: { lat: -1.5, lon: 0.25 },
  }
  const bytes = movie(file)
  const header = bytes.indexOf('mvhd') + 8
  assert.equal(bytes.readUInt32BE(header), 2_082_844_800)
  assert.equal(bytes.readUInt32BE(header + 12) / bytes.readUInt32BE(header + 8), 7)
  assert.ok(bytes.includes('-01.5000+000.2500/'))
})

test('a thumbnail has its word inside', () => {
  assert.ok(thumbnailBytes({ id: 't', scene: 'park' }, 'quincewhit', 's').includes('quincewhit'))
})

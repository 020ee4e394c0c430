import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OpenFile } from '../../acquisition/index.ts'
import type { MediaItem } from '../../records/index.ts'
import { NO_REAL_DATA, realFile, TestPhone } from '../test-phone.fixture.ts'
import { dcim } from './dcim.ts'
import { fuzzMedia } from './media-fuzz.fixture.ts'
import { exifBlock, film, heic, jpeg, png, type SampleExif, webp } from './sample-media.fixture.ts'

const FOLDER = 'private/var/mobile/Media/DCIM/100APPLE'
const EXIF: SampleExif = {
  make: 'Example',
  model: 'Phone 1',
  taken: '2026:03:02 10:20:30',
  offset: '+01:00',
  fraction: '25',
  gps: {
    lat: [
      [51, 1],
      [30, 1],
      [3600, 100],
    ],
    latRef: 'N',
    lon: [
      [0, 1],
      [7, 1],
      [30, 1],
    ],
    lonRef: 'W',
  },
}
/** 2026-03-02T09:20:30Z as films count */
const CREATED = Date.UTC(2026, 2, 2, 9, 20, 30) / 1000 + 2_082_844_800

async function read(name: string, bytes: Uint8Array) {
  using phone = new TestPhone().file(`${FOLDER}/${name}`, bytes)
  const { placed, problems, bytesRead } = await phone.readFile(dcim, `${FOLDER}/${name}`)
  return { item: placed[0]?.found as MediaItem, problems: problems.map(({ code }) => code), bytesRead }
}

for (const [name, expected] of [
  [
    'DSCN0010.jpg',
    {
      time: '2008-10-22T16:28:39.000Z',
      time_raw: '2008:10:22 16:28:39',
      camera: 'NIKON COOLPIX P6000',
      width: 640,
      height: 480,
      lat: 43.467448,
      lon: 11.885127,
    },
  ],
  [
    'iphone_hdr_YES.jpg',
    {
      time: '2015-04-10T20:12:23.550Z',
      time_raw: '2015:04:10 20:12:23',
      camera: 'Apple iPhone 6',
      width: 3264,
      height: 2448,
      lat: 40.446972,
      lon: -3.724753,
    },
  ],
] as const) {
  const real = realFile(`locations-and-media/${name}`)
  test(`the real ${name} says what exiftool says`, { skip: real === undefined && NO_REAL_DATA }, async () => {
    using phone = new TestPhone()
    mkdirSync(join(phone.folder, 'DCIM'))
    copyFileSync(real ?? '', join(phone.folder, 'DCIM', name))
    const { placed, problems } = await phone.readFile(dcim, `DCIM/${name}`)
    const { time, time_raw, time_zone, camera, width, height, place } = placed.map(
      ({ found }) => found as MediaItem,
    )[0]!
    const position = { lat: Number(place?.lat.toFixed(6)), lon: Number(place?.lon.toFixed(6)) }
    assert.deepEqual({ time, time_raw, camera, width, height, ...position }, expected)
    assert.equal(time_zone, 'assumed_utc')
    assert.deepEqual(problems, [])
  })
}

for (const [name, type, bytes] of [
  ['IMG_0001.JPG', 'image/jpeg', jpeg(exifBlock(EXIF))],
  ['IMG_0002.HEIC', 'image/heic', heic(exifBlock(EXIF))],
  ['IMG_0003.heif', 'image/heic', heic(exifBlock(EXIF), 300_000, ['mif1', 'heic'])],
  ['IMG_0004.png', 'image/png', png(exifBlock(EXIF))],
  ['IMG_0005.webp', 'image/webp', webp(exifBlock(EXIF))],
] as const) {
  test(`${type}: time with its zone, place, size and camera (${name})`, async () => {
    const { item, problems } = await read(name, bytes)
    assert.deepEqual(item, {
      kind: 'media_item',
      app: 'camera',
      name,
      media_type: type,
      time: '2026-03-02T09:20:30.250Z',
      time_raw: '2026:03:02 10:20:30',
      time_zone: 'stated',
      place: { lat: 51.51, lon: -0.125 },
      width: 40,
      height: 30,
      camera: 'Example Phone 1',
      attachments: [{ name, media_type: type, bytes: bytes.length, taken: false }],
    })
    assert.deepEqual(problems, [])
  })
}

test('a raw picture is read for its tags, and its size left unsaid', async () => {
  const { item, problems } = await read('IMG_0006.DNG', exifBlock(EXIF))
  assert.deepEqual(
    [item.media_type, item.time, item.width],
    ['image/x-adobe-dng', '2026-03-02T09:20:30.250Z', undefined],
  )
  assert.deepEqual(problems, [])
})

test('without an offset a time of day is read as UTC and says so; without a time there is none', async () => {
  const { item } = await read('a.jpg', jpeg(exifBlock({ taken: '2026:03:02 10:20:30' })))
  assert.deepEqual([item.time, item.time_zone], ['2026-03-02T10:20:30.000Z', 'assumed_utc'])
  const digitised = await read('b.jpg', jpeg(exifBlock({ digitised: '2026:03:02 10:20:31' })))
  assert.equal(digitised.item.time, '2026-03-02T10:20:31.000Z')
  for (const bytes of [
    jpeg(),
    jpeg(exifBlock({ taken: '0000:00:00 00:00:00' })),
    jpeg(exifBlock({ taken: '    :  :     :  :  ' })),
  ]) {
    const { item, problems } = await read('c.jpg', bytes)
    assert.deepEqual([item.time, item.time_zone, item.time_raw, problems], [undefined, undefined, undefined, []])
  }
})

test('a date that is none is kept as written, and odd', async () => {
  for (const taken of ['2026:02:31 10:20:30', 'yesterday', '2026:13:01 00:00:00', '1950:01:01 00:00:00']) {
    const { item, problems } = await read('a.jpg', jpeg(exifBlock({ taken })))
    assert.deepEqual([item.time, item.time_zone, item.time_raw, problems], [undefined, undefined, taken, ['value_odd']])
  }
})

test('a place needs its hemispheres and cannot be 0,0, infinite or off the globe', async () => {
  const gps = EXIF.gps as NonNullable<SampleExif['gps']>
  const zero = [
    [0, 1],
    [0, 1],
    [0, 1],
  ] as const
  for (const wrong of [
    { ...gps, lat: zero, lon: zero },
    { ...gps, latRef: undefined },
    { ...gps, lonRef: 'X' },
    { ...gps, lat: [[51, 0], ...zero.slice(1)] as const },
    { ...gps, lat: [[0, 0], ...zero.slice(1)] as const },
    { ...gps, lat: [[91, 1], ...zero.slice(1)] as const },
    { ...gps, lat: [[51, 1]] as const },
  ]) {
    const { item, problems } = await read('a.jpg', jpeg(exifBlock({ gps: wrong })))
    assert.deepEqual([item.place, problems], [undefined, ['value_odd']], JSON.stringify(wrong))
  }
})

test('a value that claims more than the block holds is left out, and the others are read', async () => {
  const block = exifBlock({ make: 'Example', model: 'Phone 1', taken: '2026:03:02 10:20:30' })
  const make = block.indexOf(Buffer.from([0x01, 0x0f, 0, 2]))
  for (const type of [2, 3, 4, 5, 12, 99]) {
    block.writeUInt16BE(type, make + 2)
    block.writeUInt32BE(0xffff_ffff, make + 4)
    const { item, problems } = await read('a.jpg', jpeg(block))
    assert.deepEqual([item.time, item.camera, problems], ['2026-03-02T10:20:30.000Z', 'Phone 1', ['value_odd']])
  }
})

test('a film says its time, length, size and place; its table of contents may lie at the end', async () => {
  for (const mdat of [64, 3_000_000]) {
    for (const wide of [false, true]) {
      const bytes = film({ created: CREATED, xyz: '+51.5100-000.1250/', mdat, wide })
      const { item, problems } = await read('VID_0001.mp4', bytes)
      assert.deepEqual(item, {
        kind: 'media_item',
        app: 'camera',
        name: 'VID_0001.mp4',
        media_type: 'video/mp4',
        time: '2026-03-02T09:20:30.000Z',
        time_raw: String(CREATED),
        place: { lat: 51.51, lon: -0.125 },
        width: 40,
        height: 30,
        duration_seconds: 2.5,
        attachments: [{ name: 'VID_0001.mp4', media_type: 'video/mp4', bytes: bytes.length, taken: false }],
      })
      assert.deepEqual(problems, [])
    }
  }
})

test('in QuickTime the date that says its zone wins over the one that does not', async () => {
  for (const brand of ['qt  ', 'isom']) {
    const keys = {
      'com.apple.quicktime.make': 'Example',
      'com.apple.quicktime.model': 'Phone 1',
      'com.apple.quicktime.software': '26.0',
      'com.apple.quicktime.location.ISO6709': '+51.5100-000.1250+011.000/',
      'com.apple.quicktime.creationdate': '2026-03-02T10:20:30+0100',
    }
    const name = brand === 'qt  ' ? 'IMG_0001.MOV' : 'IMG_0001.mp4'
    const { item, problems } = await read(name, film({ brand, created: CREATED + 5, keys }))
    assert.deepEqual(
      [item.time, item.time_raw, item.time_zone, item.place, item.camera, problems],
      [
        '2026-03-02T09:20:30.000Z',
        '2026-03-02T10:20:30+0100',
        'stated',
        { lat: 51.51, lon: -0.125 },
        'Example Phone 1',
        [],
      ],
    )
  }
})

test('a film without a time, before 1970, or without its table of contents', async () => {
  assert.equal((await read('a.mp4', film({}))).item.time, undefined)
  const early = await read('a.mp4', film({ created: 1_772_443_230 }))
  assert.deepEqual([early.item.time, early.item.time_raw, early.problems], [undefined, '1772443230', ['value_odd']])
  const cut = await read('a.mp4', film({ created: CREATED }).subarray(0, 90))
  assert.deepEqual([cut.item.time, cut.item.media_type, cut.problems], [undefined, 'video/mp4', ['value_odd']])
})

test('a picture that is not what its name says is told by its bytes', async () => {
  const other = await read('IMG_0001.png', jpeg(exifBlock(EXIF)))
  assert.deepEqual(
    [other.item.media_type, other.item.camera, other.problems],
    ['image/jpeg', 'Example Phone 1', ['value_odd']],
  )
  const none = await read('IMG_0002.jpg', new Uint8Array(100))
  assert.deepEqual(
    [none.item.media_type, none.item.attachments[0]?.bytes, none.problems],
    [undefined, 100, ['file_damaged']],
  )
  const empty = await read('IMG_0003.jpg', new Uint8Array())
  assert.deepEqual([empty.item.name, empty.problems], ['IMG_0003.jpg', ['file_damaged']])
})

test('of a large picture the beginning is read', async () => {
  const { bytesRead, item } = await read('a.jpg', Buffer.concat([jpeg(exifBlock(EXIF)), Buffer.alloc(5_000_000)]))
  assert.equal(item.width, 40)
  assert.equal(bytesRead, 64 * 1024)
})

test('a source that reads at an offset is asked for no more than the boxes', async () => {
  const bytes = film({ created: CREATED, mdat: 5_000_000 })
  const opened: OpenFile = {
    path: 'DCIM/a.mp4',
    size: bytes.length,
    // oxlint-disable-next-line require-yield
    async *chunks() {
      throw new Error('not asked for')
    },
    head: async (length) => bytes.subarray(0, length),
    at: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  }
  const file = { path: 'DCIM/a.mp4' }
  const source = { open: async () => opened } as never
  const { placed, bytesRead } = await dcim.read(file, source)
  assert.equal(placed[0]?.found.time, '2026-03-02T09:20:30.000Z')
  assert.ok(bytesRead < 70_000)
})

test('pictures of the camera are located on both systems; thumbnails, edits, sidecars and the bin are not', () => {
  for (const path of [
    'private/var/mobile/Media/DCIM/100APPLE/IMG_0001.JPG',
    'CameraRollDomain/Media/DCIM/101APPLE/IMG_1234.HEIC',
    'data/media/0/DCIM/Camera/20260302_102030.jpg',
    'sdcard/DCIM/Camera/VID_1.mp4',
    'storage/emulated/0/DCIM/Screenshots/a.png',
    'shared/0/DCIM/Camera/PXL_1.dng',
    'DCIM/a.gif',
  ]) {
    assert.ok(dcim.locates(path), path)
  }
  for (const path of [
    'data/media/0/DCIM/.thumbnails/1.jpg',
    'data/media/0/DCIM/Camera/.trashed-1775000000-IMG_1.jpg',
    'data/media/0/DCIM/Camera/.pending-1775000000-IMG_1.jpg',
    'private/var/mobile/Media/DCIM/100APPLE/IMG_0001.AAE',
    'private/var/mobile/Media/PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0001.JPG/5005.JPG',
    'CameraRollDomain/Media/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg',
    'data/media/0/Android/data/org.example/files/DCIM/a.jpg',
    'data/media/0/Pictures/a.jpg',
    'data/media/0/MyDCIM/a.jpg',
  ]) {
    assert.ok(!dcim.locates(path), path)
  }
})

test('any bytes are a record, and no more than a problem', () => fuzzMedia(400, 11))

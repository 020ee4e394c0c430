import type { StoryFile } from '../story/types.ts'

/** Seconds from 1904 to 1970, the epoch of ISO base media files. */
const EPOCH_1904 = 2_082_844_800

/** One box of an ISO base media file (ISO/IEC 14496-12). */
function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...parts])
}

const u8 = (...values: number[]) => Buffer.from(values)
const u16 = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])))
const u32 = (...values: number[]) =>
  Buffer.concat(
    values.map((value) => {
      const word = Buffer.alloc(4)
      word.writeUInt32BE(value >>> 0)
      return word
    }),
  )
const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

/** A film or sound of the right length, time and place (`©xyz`, ISO 6709) with no pictures in it. */
export function movie(file: StoryFile): Buffer {
  const brand = { 'video/quicktime': 'qt  ', 'audio/mp4': 'M4A ' }[file.type as string] ?? 'isom'
  const made = file.at === undefined ? 0 : Math.floor(file.at / 1000) + EPOCH_1904
  const length = (file.duration ?? 0) * 600
  const header = box(
    'mvhd',
    u32(0, made, made, 600, length, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    MATRIX,
    Buffer.alloc(24),
    u32(2),
  )
  const track = box(
    'trak',
    box(
      'tkhd',
      u32(7, made, made, 1, 0, length, 0, 0),
      u16(0, 0, 0, 0),
      MATRIX,
      u32((file.width ?? 0) * 0x10000, (file.height ?? 0) * 0x10000),
    ),
  )
  const data: Buffer[] = []
  if (file.place) {
    const text = Buffer.from(`${sexagesimal(file.place.lat, 2)}${sexagesimal(file.place.lon, 3)}/`, 'latin1')
    data.push(box('udta', box('\u00a9xyz', u16(text.length, 0x15c7), text)))
  }
  return Buffer.concat([
    box('ftyp', Buffer.from(brand, 'latin1'), u32(0x200), Buffer.from(brand, 'latin1')),
    box('moov', header, ...(file.width === undefined ? [] : [track]), ...data),
    box('mdat', Buffer.from(`no pictures in ${file.id}`)),
  ])
}

/** What a reader of `©xyz` gets back: four decimals. */
export function writtenDecimal(value: number): number {
  return Number(value.toFixed(4))
}

function sexagesimal(value: number, digits: number): string {
  const text = Math.abs(value)
    .toFixed(4)
    .padStart(digits + 5, '0')
  return `${value < 0 ? '-' : '+'}${text}`
}

/** A HEIC with its EXIF item and no picture: enough for whoever reads what stands beside the picture (ISO/IEC 23008-12). */
export function heic(exif: Buffer, width: number, height: number): Buffer {
  const item = Buffer.concat([u32(6), Buffer.from('Exif\0\0', 'latin1'), exif])
  const full = (type: string, version: number, ...parts: Buffer[]) => box(type, u32(version * 0x1000000), ...parts)
  const name = box('ftyp', Buffer.from('heic', 'latin1'), u32(0), Buffer.from('mif1heic', 'latin1'))
  const meta = (offset: number) =>
    full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      full('pitm', 0, u16(1)),
      full(
        'iinf',
        0,
        u16(2),
        full('infe', 2, u16(1, 0), Buffer.from('hvc1\0', 'latin1')),
        full('infe', 2, u16(2, 0), Buffer.from('Exif\0', 'latin1')),
      ),
      full('iref', 0, box('cdsc', u16(2, 1, 1))),
      box('iprp', box('ipco', full('ispe', 0, u32(width, height))), full('ipma', 0, u32(1), u16(1), u8(1, 1))),
      full(
        'iloc',
        0,
        u8(0x44, 0x00),
        u16(2),
        u16(1, 0, 1),
        u32(offset + item.length, 4),
        u16(2, 0, 1),
        u32(offset, item.length),
      ),
    )
  const before = name.length + meta(0).length + 8
  return Buffer.concat([name, meta(before), box('mdat', item, u32(0))])
}

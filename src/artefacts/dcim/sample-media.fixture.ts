/**
 * Pictures and films for tests: the smallest files that hold what is read, written by hand so that every byte is known. The
 * pictures show nothing.
 */

/** What EXIF can say here; rationals as [numerator, denominator]. */
export interface SampleExif {
  readonly make?: string
  readonly model?: string
  readonly taken?: string
  readonly offset?: string
  readonly fraction?: string
  readonly digitised?: string
  readonly gps?: {
    readonly lat: readonly (readonly [number, number])[]
    readonly latRef?: string
    readonly lon: readonly (readonly [number, number])[]
    readonly lonRef?: string
  }
}

type Value = string | readonly (readonly [number, number])[] | number
type Tag = readonly [tag: number, value: Value]

const u16 = (value: number) => Buffer.from([value >>> 8, value & 255])
const u32 = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])

/** A block of EXIF in big-endian order (TIFF 6.0, section 2). */
export function exifBlock(exif: SampleExif): Buffer {
  const given = (tags: readonly (readonly [number, Value | undefined])[]) =>
    tags.filter((tag): tag is Tag => tag[1] !== undefined)
  const main = given([
    [0x010f, exif.make],
    [0x0110, exif.model],
  ])
  const photo = given([
    [0x9003, exif.taken],
    [0x9004, exif.digitised],
    [0x9011, exif.offset],
    [0x9291, exif.fraction],
  ])
  const gps = given([
    [1, exif.gps?.latRef],
    [2, exif.gps?.lat],
    [3, exif.gps?.lonRef],
    [4, exif.gps?.lon],
  ])
  const at = 8
  const pointers = (photoAt: number, gpsAt: number) =>
    directory([...main, [0x8769, photoAt], ...(gps.length > 0 ? ([[0x8825, gpsAt]] as Tag[]) : [])], at)
  const photoAt = at + pointers(0, 0).length
  const gpsAt = photoAt + directory(photo, photoAt).length
  const header = Buffer.concat([Buffer.from('MM\0*'), u32(at)])
  return Buffer.concat([header, pointers(photoAt, gpsAt), directory(photo, photoAt), directory(gps, gpsAt)])
}

/** One directory with its values after it; `at` is where it will lie in the block. */
export function directory(tags: readonly Tag[], at: number): Buffer {
  const entries: Buffer[] = []
  const values: Buffer[] = []
  let valueAt = at + 2 + tags.length * 12 + 4
  for (const [tag, value] of tags) {
    const [type, count, bytes] = encoded(value)
    entries.push(Buffer.concat([u16(tag), u16(type), u32(count)]))
    if (bytes.length <= 4) entries.push(Buffer.concat([bytes, Buffer.alloc(4 - bytes.length)]))
    else {
      entries.push(u32(valueAt))
      values.push(bytes)
      valueAt += bytes.length
    }
  }
  return Buffer.concat([u16(tags.length), ...entries, u32(0), ...values])
}

function encoded(value: Value): [type: number, count: number, bytes: Buffer] {
  if (typeof value === 'number') return [4, 1, u32(value)]
  if (typeof value === 'string') return [2, value.length + 1, Buffer.from(`${value}\0`, 'latin1')]
  return [5, value.length, Buffer.concat(value.flatMap(([above, below]) => [u32(above), u32(below)]))]
}

/** A JPEG of 40 by 30 with that block; `before` are whole segments that come first. */
export function jpeg(exif?: Buffer, before: readonly Buffer[] = []): Buffer {
  const segment = (marker: number, content: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker]), u16(content.length + 2), content])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...before,
    ...(exif ? [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif]))] : []),
    segment(0xc0, Buffer.concat([Buffer.from([8]), u16(30), u16(40), Buffer.from([1, 1, 0x11, 0])])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0, 0xff, 0xd9]),
  ])
}

/** A PNG of 40 by 30; checksums are left at zero, which nobody here looks at. */
export function png(exif?: Buffer): Buffer {
  const chunk = (type: string, content: Buffer) =>
    Buffer.concat([u32(content.length), Buffer.from(type), content, u32(0)])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([u32(40), u32(30), Buffer.from([8, 2, 0, 0, 0])])),
    ...(exif ? [chunk('eXIf', exif)] : []),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A WebP of 40 by 30, its EXIF at the end where encoders put it. */
export function webp(exif: Buffer): Buffer {
  const little = (value: number) => u32(value).reverse()
  const chunk = (type: string, content: Buffer) =>
    Buffer.concat([Buffer.from(type), little(content.length), content, Buffer.alloc(content.length & 1)])
  const size = Buffer.concat([little(39).subarray(0, 3), little(29).subarray(0, 3)])
  const chunks = Buffer.concat([
    chunk('VP8X', Buffer.concat([Buffer.from([8, 0, 0, 0]), size])),
    chunk('VP8 ', Buffer.alloc(11)),
    chunk('EXIF', exif),
  ])
  return Buffer.concat([Buffer.from('RIFF'), little(chunks.length + 4), Buffer.from('WEBP'), chunks])
}

/** A box (ISO/IEC 14496-12); `wide` writes its size in 64 bits. */
export function box(type: string, content: Buffer, wide = false): Buffer {
  const name = Buffer.from(type, 'latin1')
  return wide
    ? Buffer.concat([u32(1), name, u32(0), u32(content.length + 16), content])
    : Buffer.concat([u32(content.length + 8), name, content])
}

const full = (type: string, content: Buffer, version = 0) =>
  box(type, Buffer.concat([Buffer.from([version, 0, 0, 0]), content]))

/** A HEIC of 40 by 30 in tiles of 20 by 30, its EXIF item after `far` bytes of picture. */
export function heic(exif: Buffer, far = 16, brands = ['heic', 'mif1']): Buffer {
  const item = Buffer.concat([u32(6), Buffer.from('Exif\0\0'), exif])
  const ftyp = box(
    'ftyp',
    Buffer.concat([Buffer.from(brands[0] ?? ''), u32(0), ...brands.map((one) => Buffer.from(one))]),
  )
  const infe = (id: number, type: string) =>
    full('infe', Buffer.concat([u16(id), u16(0), Buffer.from(type), Buffer.from([0])]), 2)
  const iinf = full('iinf', Buffer.concat([u16(2), infe(1, 'grid'), infe(2, 'Exif')]))
  const iloc = (at: number) =>
    full(
      'iloc',
      Buffer.concat([
        u16(0x4400),
        u16(2),
        u16(1),
        u16(0),
        u16(1),
        u32(at),
        u32(far),
        u16(2),
        u16(0),
        u16(1),
        u32(at + far),
        u32(item.length),
      ]),
    )
  const ispe = (width: number, height: number) => full('ispe', Buffer.concat([u32(width), u32(height)]))
  const iprp = box('iprp', box('ipco', Buffer.concat([ispe(20, 30), ispe(40, 30), ispe(8, 6)])))
  const meta = (at: number) => full('meta', Buffer.concat([full('hdlr', Buffer.alloc(20)), iinf, iloc(at), iprp]))
  const at = ftyp.length + meta(0).length + 8
  return Buffer.concat([ftyp, meta(at), box('mdat', Buffer.concat([Buffer.alloc(far), item]))])
}

export interface SampleFilm {
  readonly brand?: string
  /** seconds since 1904 */
  readonly created?: number
  readonly milliseconds?: number
  /** the older way to write a place */
  readonly xyz?: string
  readonly keys?: Readonly<Record<string, string>>
  /** bytes of film that lie before the table of contents */
  readonly mdat?: number
  readonly wide?: boolean
}

/** A film of 40 by 30 with its table of contents at the end, as phones write it. */
export function film(sample: SampleFilm): Buffer {
  const { brand = 'isom', created = 0, milliseconds = 2500, wide = false } = sample
  const times = wide ? [u32(0), u32(created), u32(0), u32(created)] : [u32(created), u32(created)]
  const length = wide ? [u32(0), u32(milliseconds)] : [u32(milliseconds)]
  const mvhd = full('mvhd', Buffer.concat([...times, u32(1000), ...length, Buffer.alloc(80)]), wide ? 1 : 0)
  const before = wide ? 84 : 72
  const tkhd = full('tkhd', Buffer.concat([Buffer.alloc(before), u16(40), u16(0), u16(30), u16(0)]), wide ? 1 : 0)
  const sound = box('trak', full('tkhd', Buffer.alloc(wide ? 92 : 80), wide ? 1 : 0))
  const parts = [mvhd, sound, box('trak', tkhd)]
  if (sample.xyz !== undefined) {
    const text = Buffer.from(sample.xyz)
    parts.push(box('udta', box('\xa9xyz', Buffer.concat([u16(text.length), u16(0x15c7), text]))))
  }
  if (sample.keys !== undefined) parts.push(keyed(sample.keys, brand === 'qt  '))
  const ftyp = box('ftyp', Buffer.concat([Buffer.from(brand), u32(0), Buffer.from(brand)]))
  return Buffer.concat([ftyp, box('mdat', Buffer.alloc(sample.mdat ?? 64), wide), box('moov', Buffer.concat(parts))])
}

function keyed(keys: Readonly<Record<string, string>>, plain: boolean): Buffer {
  const names = Object.keys(keys).map((name) => box('mdta', Buffer.from(name)))
  const values = Object.values(keys).map((value, at) =>
    Buffer.concat([
      u32(24 + Buffer.byteLength(value)),
      u32(at + 1),
      box('data', Buffer.concat([u32(1), u32(0), Buffer.from(value)])),
    ]),
  )
  const content = Buffer.concat([
    full('hdlr', Buffer.alloc(20)),
    full('keys', Buffer.concat([u32(names.length), ...names])),
    box('ilst', Buffer.concat(values)),
  ])
  return plain ? box('meta', content) : full('meta', content)
}

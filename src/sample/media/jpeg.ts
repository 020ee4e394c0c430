/** A picture in memory: red, green, blue, one byte each, row by row. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/**
 * Encodes a baseline JPEG (ITU-T T.81): three components, no subsampling, the example tables of annex K. `segments` are whole
 * marker segments to put after SOI (APP1 with EXIF, COM). The same raster gives the same bytes.
 */
export function jpeg(raster: Raster, segments: readonly Buffer[] = []): Buffer {
  const { width, height } = raster
  const frame = Buffer.from([
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
    1,
    0x11,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ])
  const tables = [LUMA_DC, LUMA_AC, CHROMA_DC, CHROMA_AC]
  const ids = [0x00, 0x10, 0x01, 0x11]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xdb, Buffer.from([0, ...ZIGZAG.map((at) => LUMA_QUANTA[at] as number)])),
    segment(0xdb, Buffer.from([1, ...ZIGZAG.map((at) => CHROMA_QUANTA[at] as number)])),
    segment(0xc0, frame),
    ...tables.map((table, at) => segment(0xc4, Buffer.from([ids[at] as number, ...table.counts, ...table.symbols]))),
    segment(0xda, Buffer.from([3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0])),
    scan(raster),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** One marker segment with its length. */
export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

interface Table {
  readonly counts: readonly number[]
  readonly symbols: readonly number[]
  /** by symbol: the code, and how many bits it has */
  readonly codes: Uint16Array
  readonly lengths: Uint8Array
}

function table(counts: readonly number[], symbols: readonly number[]): Table {
  const codes = new Uint16Array(256)
  const lengths = new Uint8Array(256)
  let code = 0
  let at = 0
  for (const [index, count] of counts.entries()) {
    for (let nth = 0; nth < count; nth++) {
      const symbol = symbols[at++] as number
      codes[symbol] = code++
      lengths[symbol] = index + 1
    }
    code <<= 1
  }
  return { counts, symbols, codes, lengths }
}

const bytes = (hex: string) => [...Buffer.from(hex, 'hex')]

const LUMA_DC = table(bytes('00010501010101010100000000000000'), bytes('000102030405060708090a0b'))
const CHROMA_DC = table(bytes('00030101010101010101010000000000'), bytes('000102030405060708090a0b'))
const LUMA_AC = table(
  bytes('0002010303020403050504040000017d'),
  bytes(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a' +
      '434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8' +
      'a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
  ),
)
const CHROMA_AC = table(
  bytes('00020102040403040705040400010277'),
  bytes(
    '0001020311040521310612415107617113223281081442 91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a'.replace(
      ' ',
      '',
    ) +
      '434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7' +
      'a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
  ),
)

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]
const LUMA_QUANTA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
]
const CHROMA_QUANTA = [
  17,
  18,
  24,
  47,
  99,
  99,
  99,
  99,
  18,
  21,
  26,
  66,
  99,
  99,
  99,
  99,
  24,
  26,
  56,
  99,
  99,
  99,
  99,
  99,
  47,
  66,
  99,
  99,
  99,
  99,
  99,
  99,
  ...Array<number>(32).fill(99),
]

/** cos((2x+1)uπ/16)·c(u)/2, in whole 1/65536: integers, so that no machine rounds otherwise. */
const COSINES = Float64Array.from({ length: 64 }, (_, at) => {
  const u = at >> 3
  const x = at & 7
  return Math.round((Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 65_536) / 2)
})

function scan(raster: Raster): Buffer {
  const out = new Bits()
  const previous = [0, 0, 0]
  const block = new Int32Array(64)
  for (let top = 0; top < raster.height; top += 8)
    for (let left = 0; left < raster.width; left += 8)
      for (let component = 0; component < 3; component++) {
        sample(raster, left, top, component, block)
        const quanta = component === 0 ? LUMA_QUANTA : CHROMA_QUANTA
        const coefficients = transform(block, quanta)
        previous[component] = write(out, coefficients, previous[component] as number, component === 0)
      }
  return out.end()
}

function sample(
  { width, height, pixels }: Raster,
  left: number,
  top: number,
  component: number,
  block: Int32Array,
): void {
  for (let at = 0; at < 64; at++) {
    const x = Math.min(left + (at & 7), width - 1)
    const y = Math.min(top + (at >> 3), height - 1)
    const from = (y * width + x) * 3
    const r = pixels[from] as number
    const g = pixels[from + 1] as number
    const b = pixels[from + 2] as number
    // ITU-R BT.601 in whole 1/65536, luma less 128.
    block[at] =
      component === 0
        ? ((19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16) - 128
        : component === 1
          ? (-11_059 * r - 21_709 * g + 32_768 * b + 32_768) >> 16
          : (32_768 * r - 27_439 * g - 5_329 * b + 32_768) >> 16
  }
}

const half = new Float64Array(64)
const whole = new Int32Array(64)

/** Transforms and quantises one block, into an array that the next block reuses. */
function transform(block: Int32Array, quanta: readonly number[]): Int32Array {
  for (let y = 0; y < 64; y += 8)
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += (block[y + x] as number) * (COSINES[u * 8 + x] as number)
      half[y + u] = sum
    }
  for (let u = 0; u < 8; u++)
    for (let v = 0; v < 8; v++) {
      let sum = 0
      for (let y = 0; y < 8; y++) sum += (half[y * 8 + u] as number) * (COSINES[v * 8 + y] as number)
      whole[v * 8 + u] = Math.round(sum / 4_294_967_296 / (quanta[v * 8 + u] as number))
    }
  return whole
}

function write(out: Bits, block: Int32Array, previous: number, luma: boolean): number {
  const dc = luma ? LUMA_DC : CHROMA_DC
  const ac = luma ? LUMA_AC : CHROMA_AC
  const first = block[0] as number
  number(out, dc, 0, first - previous)
  let zeros = 0
  for (let at = 1; at < 64; at++) {
    const value = block[ZIGZAG[at] as number] as number
    if (value === 0) {
      zeros++
      continue
    }
    for (; zeros > 15; zeros -= 16) out.code(ac, 0xf0)
    number(out, ac, zeros << 4, value)
    zeros = 0
  }
  if (zeros > 0) out.code(ac, 0)
  return first
}

function number(out: Bits, codes: Table, run: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value))
  out.code(codes, run | size)
  if (size > 0) out.put(value > 0 ? value : value + (1 << size) - 1, size)
}

class Bits {
  readonly #bytes: number[] = []
  #held = 0
  #count = 0

  code(codes: Table, symbol: number): void {
    this.put(codes.codes[symbol] as number, codes.lengths[symbol] as number)
  }

  put(value: number, length: number): void {
    // At most 7 bits are held between calls and no code is longer than 16.
    this.#held = (this.#held << length) | (value & ((1 << length) - 1))
    this.#count += length
    while (this.#count >= 8) {
      this.#count -= 8
      const byte = (this.#held >>> this.#count) & 0xff
      this.#bytes.push(byte)
      if (byte === 0xff) this.#bytes.push(0)
    }
    this.#held &= (1 << this.#count) - 1
  }

  end(): Buffer {
    if (this.#count > 0) this.put(0xff, 8 - this.#count)
    return Buffer.from(this.#bytes)
  }
}

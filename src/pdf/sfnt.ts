import { inflateSync } from 'node:zlib'

/** A font file that is none, or not one that is read here. */
export class FontError extends Error {
  override readonly name = 'FontError'
}

interface Font {
  readonly version: number
  readonly tables: ReadonlyMap<string, Buffer>
}

/** Reads the tables of a TrueType or OpenType font, bare or as WOFF 1.0. Throws FontError. */
function readFont(bytes: Buffer): Font {
  const woff = bytes.length > 44 && bytes.toString('latin1', 0, 4) === 'wOFF'
  const count = bytes.readUInt16BE(woff ? 12 : 4)
  const tables = new Map<string, Buffer>()
  for (let at = 0; at < count; at++) {
    const entry = woff ? 44 + at * 20 : 12 + at * 16
    const tag = bytes.toString('latin1', entry, entry + 4)
    const offset = bytes.readUInt32BE(entry + (woff ? 4 : 8))
    const length = bytes.readUInt32BE(entry + (woff ? 12 : 12))
    const packed = woff ? bytes.readUInt32BE(entry + 8) : length
    const body = bytes.subarray(offset, offset + packed)
    tables.set(tag, packed < length ? inflateSync(body) : body)
  }
  if (!tables.has('cmap')) throw new FontError('not a font')
  return { version: bytes.readUInt32BE(woff ? 4 : 0), tables }
}

/** Ranges of code points, both ends included. */
export type Coverage = readonly (readonly [from: number, to: number])[]

/**
 * Reads a font that we ship: which characters it has (cmap formats 4 and 12), and the font itself under a family name of ours,
 * so that no font of the same name on somebody's machine is taken in its place. Throws FontError.
 */
export function readSfnt(
  bytes: Buffer,
  family: string,
  style: 'Regular' | 'Bold',
): { font: Buffer; coverage: Coverage } {
  const { version, tables } = readFont(bytes)
  const renamed = new Map(tables)
  renamed.set('name', nameTable(family, style))
  return { font: writeFont(version, renamed), coverage: coverageOf(tables.get('cmap') ?? Buffer.alloc(0)) }
}

function coverageOf(cmap: Buffer): Coverage {
  let best: { format: number; at: number } | undefined
  for (let n = 0; n < cmap.readUInt16BE(2); n++) {
    const at = cmap.readUInt32BE(4 + n * 8 + 4)
    const format = cmap.readUInt16BE(at)
    if ((format === 12 || format === 4) && (best === undefined || format > best.format)) best = { format, at }
  }
  if (best === undefined) throw new FontError('no table of characters that is read here')
  return best.format === 12 ? groups(cmap, best.at) : segments(cmap, best.at)
}

function groups(cmap: Buffer, at: number): Coverage {
  return Array.from({ length: cmap.readUInt32BE(at + 12) }, (_, n) => [
    cmap.readUInt32BE(at + 16 + n * 12),
    cmap.readUInt32BE(at + 20 + n * 12),
  ])
}

function segments(cmap: Buffer, at: number): Coverage {
  const twice = cmap.readUInt16BE(at + 6)
  const ranges: [number, number][] = []
  for (let n = 0; n < twice; n += 2) {
    const to = cmap.readUInt16BE(at + 14 + n)
    const from = cmap.readUInt16BE(at + 16 + twice + n)
    const delta = cmap.readUInt16BE(at + 16 + twice * 2 + n)
    const where = at + 16 + twice * 3 + n
    const offset = cmap.readUInt16BE(where)
    if (from === 0xffff) continue
    for (let code = from; code <= to; code++) {
      const raw = offset === 0 ? code : cmap.readUInt16BE(where + offset + (code - from) * 2)
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph === 0) continue
      const last = ranges.at(-1)
      if (last && last[1] === code - 1) last[1] = code
      else ranges.push([code, code])
    }
  }
  return ranges
}

/** OpenType `name`, format 0: family, style, full and PostScript name, for Windows in Unicode. */
function nameTable(family: string, style: string): Buffer {
  const names: [number, string][] = [
    [1, family],
    [2, style],
    [4, `${family} ${style}`],
    [6, `${family}-${style}`.replaceAll(' ', '')],
  ]
  const head = Buffer.alloc(6 + names.length * 12)
  head.writeUInt16BE(names.length, 2)
  head.writeUInt16BE(head.length, 4)
  const texts: Buffer[] = []
  let offset = 0
  names.forEach(([id, text], n) => {
    const utf16 = Buffer.from(text, 'utf16le').swap16()
    const record = [3, 1, 0x409, id, utf16.length, offset]
    record.forEach((value, field) => {
      head.writeUInt16BE(value, 6 + n * 12 + field * 2)
    })
    texts.push(utf16)
    offset += utf16.length
  })
  return Buffer.concat([head, ...texts])
}

function writeFont(version: number, tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const head = Buffer.alloc(12 + sorted.length * 16)
  const power = 2 ** Math.floor(Math.log2(sorted.length))
  head.writeUInt32BE(version, 0)
  head.writeUInt16BE(sorted.length, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((sorted.length - power) * 16, 10)
  const bodies: Buffer[] = []
  let offset = head.length
  sorted.forEach(([tag, body], n) => {
    const entry = 12 + n * 16
    head.write(tag, entry, 'latin1')
    head.writeUInt32BE(checksum(body), entry + 4)
    head.writeUInt32BE(offset, entry + 8)
    head.writeUInt32BE(body.length, entry + 12)
    const padding = (4 - (body.length % 4)) % 4
    bodies.push(body, Buffer.alloc(padding))
    offset += body.length + padding
  })
  return Buffer.concat([head, ...bodies])
}

function checksum(body: Buffer): number {
  let sum = 0
  for (let at = 0; at < body.length; at += 4)
    sum =
      (sum +
        (at + 4 <= body.length
          ? body.readUInt32BE(at)
          : Buffer.concat([body.subarray(at), Buffer.alloc(4)]).readUInt32BE(0))) >>>
      0
  return sum
}

import { instant } from '../../records/index.ts'
import { type Box, boxOf, contentOf, listBoxes } from './boxes.ts'
import { ascii, type Bytes, view } from './bytes.ts'
import { offsetMinutes } from './exif-time.ts'
import type { MediaFacts, Odd, When } from './facts.ts'
import { iso6709 } from './iso6709.ts'

/** From 1904-01-01, from which films count, to 1970. */
const SECONDS_TO_1970 = 2_082_844_800

const MOST_TRACKS = 64
const MOST_KEYS = 256

/** Reads a film's time, length, size, place and camera: MP4 (ISO/IEC 14496-12 and -14) and QuickTime. */
export async function readMovie(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  const moov = boxOf(await listBoxes(bytes, 0, bytes.size), 'moov')
  if (moov === undefined) {
    odd('a film without its table of contents')
    return {}
  }
  const boxes = await listBoxes(bytes, moov.start, moov.end)
  const facts: MediaFacts = {}
  const header = boxOf(boxes, 'mvhd')
  if (header) Object.assign(facts, readHeader(await contentOf(bytes, header), odd))
  Object.assign(facts, await pictureSize(bytes, boxes))
  const udta = boxOf(boxes, 'udta')
  const position = udta && boxOf(await listBoxes(bytes, udta.start, udta.end), '\xa9xyz')
  if (position) {
    const text = await contentOf(bytes, position)
    // Two bytes of length and two of language come before the text.
    facts.place = iso6709(ascii(text, 4, Math.min(text.length, 128)), odd)
  }
  const meta = boxOf(boxes, 'meta')
  if (meta) describe(facts, await readKeys(bytes, meta), odd)
  return facts
}

function readHeader(mvhd: Uint8Array, odd: Odd): Pick<MediaFacts, 'when' | 'durationSeconds'> {
  const wide = mvhd[0] === 1
  if (mvhd.length < (wide ? 32 : 20)) return {}
  const data = view(mvhd)
  const created = wide ? Number(data.getBigUint64(4)) : data.getUint32(4)
  const scale = data.getUint32(wide ? 20 : 12)
  const length = wide ? Number(data.getBigUint64(24)) : data.getUint32(16)
  const unknown = wide ? length >= 2 ** 63 : length === 0xffff_ffff
  const ms = created === 0 ? undefined : instant(created - SECONDS_TO_1970, 'unix_seconds')
  if (created !== 0 && ms === undefined) odd('a time outside the years that a time can have')
  return {
    ...(created === 0 ? {} : { when: { ms, raw: String(created) } }),
    ...(scale === 0 || unknown ? {} : { durationSeconds: Math.round((length / scale) * 1000) / 1000 }),
  }
}

/** The largest picture of any track, before it is turned. */
async function pictureSize(bytes: Bytes, boxes: readonly Box[]): Promise<Pick<MediaFacts, 'width' | 'height'>> {
  let size: Pick<MediaFacts, 'width' | 'height'> = {}
  for (const track of boxes.filter(({ type }) => type === 'trak').slice(0, MOST_TRACKS)) {
    const header = boxOf(await listBoxes(bytes, track.start, track.end), 'tkhd')
    const tkhd = header && (await contentOf(bytes, header))
    const at = tkhd?.[0] === 1 ? 88 : 76
    if (tkhd === undefined || tkhd.length < at + 8) continue
    // 16.16 fixed point
    const width = view(tkhd).getUint32(at) >>> 16
    const height = view(tkhd).getUint32(at + 4) >>> 16
    if (width * height > (size.width ?? 0) * (size.height ?? 0)) size = { width, height }
  }
  return size
}

/** QuickTime's named values: `keys` lists the names, `ilst` the values by the number of their name, from 1. */
async function readKeys(bytes: Bytes, meta: Box): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  // In MP4 the box begins with four bytes of version; in QuickTime it does not.
  const plain = ascii(await bytes.at(meta.start, 8), 4, 8) === 'hdlr'
  const boxes = await listBoxes(bytes, meta.start + (plain ? 0 : 4), meta.end)
  const keys = boxOf(boxes, 'keys')
  const list = boxOf(boxes, 'ilst')
  if (keys === undefined || list === undefined) return found
  const names = keyNames(await contentOf(bytes, keys))
  for (const item of await listBoxes(bytes, list.start, list.end)) {
    const name = names[Buffer.from(item.type, 'latin1').readUInt32BE(0) - 1]
    if (name === undefined || !WANTED.has(name)) continue
    const value = boxOf(await listBoxes(bytes, item.start, item.end), 'data')
    if (value === undefined || value.end - value.start > 1024) continue
    const content = await contentOf(bytes, value)
    // Four bytes of type (1 is UTF-8) and four of locale come before the value.
    if (content.length > 8 && view(content).getUint32(0) === 1) {
      found.set(name, new TextDecoder().decode(content.subarray(8)))
    }
  }
  return found
}

const PREFIX = 'com.apple.quicktime.'
const WANTED = new Set(['creationdate', 'location.ISO6709', 'make', 'model'].map((name) => PREFIX + name))

function keyNames(keys: Uint8Array): string[] {
  const names: string[] = []
  for (let at = 8; at + 8 <= keys.length && names.length < MOST_KEYS; ) {
    const size = view(keys).getUint32(at)
    if (size < 8 || at + size > keys.length) break
    names.push(ascii(keys, at + 8, at + size))
    at += size
  }
  return names
}

function describe(facts: MediaFacts, values: ReadonlyMap<string, string>, odd: Odd): void {
  const created = values.get(`${PREFIX}creationdate`)
  const when = created === undefined ? undefined : creationDate(created, odd)
  if (when?.ms !== undefined) facts.when = when
  const position = values.get(`${PREFIX}location.ISO6709`)
  if (position !== undefined) facts.place = iso6709(position, odd) ?? facts.place
  const camera = [values.get(`${PREFIX}make`), values.get(`${PREFIX}model`)].filter(Boolean).join(' ').trim()
  if (camera !== '') facts.camera = camera
}

/** `2026-03-02T10:20:30+0100`: the one time in a film that says its zone. */
function creationDate(text: string, odd: Odd): When | undefined {
  const fields = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/.exec(text.trim())
  const local = Date.parse(`${fields?.[1]}Z`)
  const east = offsetMinutes(fields?.[2])
  const written = Number.isNaN(local) ? undefined : new Date(local).toISOString().slice(0, 19)
  if (fields === null || written !== fields[1] || east === undefined) {
    odd('a time that is none')
    return undefined
  }
  const ms = instant(local - east * 60_000, 'unix_milliseconds')
  return { ms, raw: text.trim(), zone: 'stated' }
}

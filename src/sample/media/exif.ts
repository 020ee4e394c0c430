import type { StoryFile } from '../story/types.ts'

const ASCII = 2
const SHORT = 3
const LONG = 4
const RATIONAL = 5
const UNDEFINED = 7

type Entry = readonly [tag: number, type: number, count: number, data: Buffer]

/** The TIFF of a camera picture (EXIF 2.32): camera, local time, its offset where known, GPS position. Undefined if nothing. */
export function exif(file: StoryFile): Buffer | undefined {
  if (file.at === undefined && file.place === undefined && file.camera === undefined) return undefined
  const time = file.at === undefined ? undefined : localTime(file.at, file.offset ?? 0)
  const main: Entry[] = []
  if (file.camera) main.push(text(0x010f, file.camera.make), text(0x0110, file.camera.model))
  main.push(short(0x0112, 1))
  if (time !== undefined) main.push(text(0x0132, time))
  const details: Entry[] = [[0x9000, UNDEFINED, 4, Buffer.from('0232')]]
  if (time !== undefined) details.push(text(0x9003, time), text(0x9004, time))
  if (file.offset !== undefined && time !== undefined)
    details.push(text(0x9010, zone(file.offset)), text(0x9011, zone(file.offset)))
  if (file.width !== undefined && file.height !== undefined)
    details.push(long(0xa002, file.width), long(0xa003, file.height))
  const position: Entry[] = file.place
    ? [
        [0x0000, 1, 4, Buffer.from([2, 3, 0, 0])],
        text(0x0001, file.place.lat < 0 ? 'S' : 'N'),
        degrees(0x0002, Math.abs(file.place.lat)),
        text(0x0003, file.place.lon < 0 ? 'W' : 'E'),
        degrees(0x0004, Math.abs(file.place.lon)),
      ]
    : []
  return tiff(main, details, position)
}

/** `2026:03-14 21:27:00` as cameras write it, at `offset` minutes east of UTC. */
export function localTime(at: number, offset: number): string {
  return new Date(at + offset * 60_000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ')
}

/** What a reader gets back from the coordinates that `degrees` wrote. */
export function writtenDegrees(value: number): number {
  const { degree, minute, hundredths } = parts(Math.abs(value))
  const read = degree + minute / 60 + hundredths / 100 / 3600
  return value < 0 ? -read : read
}

function parts(value: number) {
  const degree = Math.floor(value)
  const minute = Math.floor((value - degree) * 60)
  const hundredths = Math.round(((value - degree) * 60 - minute) * 6000)
  return { degree, minute, hundredths }
}

function degrees(tag: number, value: number): Entry {
  const { degree, minute, hundredths } = parts(value)
  const data = Buffer.alloc(24)
  for (const [at, word] of [degree, 1, minute, 1, hundredths, 100].entries()) data.writeUInt32LE(word, at * 4)
  return [tag, RATIONAL, 3, data]
}

function zone(offset: number): string {
  const minutes = Math.abs(offset)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function text(tag: number, value: string): Entry {
  const data = Buffer.from(`${value}\0`, 'latin1')
  return [tag, ASCII, data.length, data]
}

function short(tag: number, value: number): Entry {
  const data = Buffer.alloc(4)
  data.writeUInt16LE(value)
  return [tag, SHORT, 1, data]
}

function long(tag: number, value: number): Entry {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value)
  return [tag, LONG, 1, data]
}

function tiff(main: readonly Entry[], details: readonly Entry[], position: readonly Entry[]): Buffer {
  const pointers = position.length > 0 ? 2 : 1
  const mainAt = 8
  const detailsAt = mainAt + size(main, pointers)
  const positionAt = detailsAt + size(details)
  const whole = [...main, long(0x8769, detailsAt), ...(position.length > 0 ? [long(0x8825, positionAt)] : [])]
  const head = Buffer.from('49492a0008000000', 'hex')
  return Buffer.concat([
    head,
    directory(whole, mainAt),
    directory(details, detailsAt),
    ...(position.length > 0 ? [directory(position, positionAt)] : []),
  ])
}

function size(entries: readonly Entry[], more = 0): number {
  const outside = entries.reduce(
    (sum, [, , , data]) => sum + (data.length > 4 ? data.length + (data.length & 1) : 0),
    0,
  )
  return 2 + (entries.length + more) * 12 + 4 + outside
}

function directory(entries: readonly Entry[], at: number): Buffer {
  const sorted = [...entries].sort(([a], [b]) => a - b)
  const table = Buffer.alloc(2 + sorted.length * 12 + 4)
  table.writeUInt16LE(sorted.length)
  const outside: Buffer[] = []
  let next = at + table.length
  for (const [nth, [tag, type, count, data]] of sorted.entries()) {
    const from = 2 + nth * 12
    table.writeUInt16LE(tag, from)
    table.writeUInt16LE(type, from + 2)
    table.writeUInt32LE(count, from + 4)
    if (data.length <= 4) data.copy(table, from + 8)
    else {
      table.writeUInt32LE(next, from + 8)
      const even = data.length & 1 ? Buffer.concat([data, Buffer.alloc(1)]) : data
      outside.push(even)
      next += even.length
    }
  }
  return Buffer.concat([table, ...outside])
}

import { pictureOf } from '../report/index.ts'

/** What a browser may be given to show, told by its first bytes and never by its name. SVG and HTML run code and are none of these. */
export type ShownType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/gif'
  | 'image/webp'
  | 'video/mp4'
  | 'video/webm'
  | 'audio/mpeg'
  | 'audio/mp4'
  | 'audio/ogg'
  | 'audio/wav'
  | 'audio/flac'
  | 'audio/amr'

/** Bytes that are looked at to tell what something is: a photograph may carry so much before it says its size. */
const HEAD = 512 << 10

/** Tells what the bytes at the beginning of a file are, where it is something that may be shown; undefined where it is not. */
export function shownType(head: Buffer): ShownType | undefined {
  return pictureOf(head)?.media_type ?? soundOrFilm(head)
}

// ISO/IEC 14496-12 §4.3; RFC 3533 §6; RFC 9649's RIFF; Matroska's EBML header; RFC 4867 §5; RFC 9639 §6.
function soundOrFilm(head: Buffer): ShownType | undefined {
  if (head.length < 16) return undefined
  const four = (at: number) => head.toString('latin1', at, at + 4)
  if (four(4) === 'ftyp') {
    const brand = four(8)
    if (/^(?:heic|heix|mif1|avif|msf1)/.test(brand)) return undefined
    return /^M4[AB] /.test(brand) ? 'audio/mp4' : 'video/mp4'
  }
  if (four(0) === 'OggS') return 'audio/ogg'
  if (four(0) === 'fLaC') return 'audio/flac'
  if (/^#!AMR(?:-WB)?\n/.test(head.toString('latin1', 0, 9))) return 'audio/amr'
  if (four(0) === 'RIFF' && four(8) === 'WAVE') return 'audio/wav'
  if (head.readUInt32BE(0) === 0x1a45dfa3) return 'video/webm'
  if (four(0).startsWith('ID3') || ((head[0] ?? 0) === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg'
  return undefined
}

/** Bytes of a file, and what they are. */
export interface ShownMedia {
  readonly type: ShownType
  /** whether browsers show or play it; else it is given to be saved */
  readonly isPlayed: boolean
  readonly chunks: AsyncIterable<Buffer>
}

/** Begins to read a file and tells what it is; undefined, and read no further, where it may not be shown. Throws what the reading throws. */
export async function openMedia(chunks: AsyncGenerator<Buffer>): Promise<ShownMedia | undefined> {
  const held: Buffer[] = []
  let bytes = 0
  let ended = false
  let type: ShownType | undefined
  while (type === undefined && !ended && bytes < HEAD) {
    const next = await chunks.next()
    if (next.done) ended = true
    else {
      held.push(Buffer.from(next.value))
      bytes += next.value.length
      type = shownType(Buffer.concat(held))
    }
  }
  if (type === undefined) {
    await chunks.return(undefined)
    return undefined
  }
  return {
    type,
    isPlayed: type !== 'audio/amr',
    chunks: (async function* () {
      try {
        yield* held
        if (!ended) yield* chunks
      } finally {
        await chunks.return(undefined)
      }
    })(),
  }
}

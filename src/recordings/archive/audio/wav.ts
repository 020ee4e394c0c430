import type { Audio, AudioFile } from './audio.ts'
import { piece } from './bytes.ts'

/** Chunks in a row before we give up: recorders write a handful. */
const MOST_CHUNKS = 1_000

/** `wFormatTag` of WAVE files that recorders write. */
const FORMATS: Readonly<Record<number, string>> = {
  1: 'pcm',
  3: 'pcm',
  6: 'g711-a',
  7: 'g711-mu',
  0x11: 'adpcm',
  0x55: 'mp3',
  0xfffe: 'pcm',
}

/** Whether a file begins as WAVE does. */
export function isWav(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE'
}

/** Reads the length of a WAVE file from its format and the size of its sound. */
export async function readWav(file: AudioFile): Promise<Audio> {
  let codec: string | undefined
  let perSecond = 0
  let at = 12
  for (let n = 0; n < MOST_CHUNKS && at + 8 <= file.size; n++) {
    const head = await piece(file, at, 8 + 16)
    const type = head.toString('latin1', 0, 4)
    const size = head.readUInt32LE(4)
    if (type === 'fmt ' && head.length >= 24) {
      codec = FORMATS[head.readUInt16LE(8)] ?? 'other'
      perSecond = head.readUInt32LE(16)
    }
    if (type === 'data') return soundOf(codec, perSecond, size, file.size - at - 8)
    at += 8 + size + (size % 2)
  }
  return { container: 'wav', ...(codec !== undefined && { codec }), state: 'damaged', damage: 'no_index' }
}

function soundOf(codec: string | undefined, perSecond: number, said: number, there: number): Audio {
  if (codec === undefined || perSecond === 0) return { container: 'wav', state: 'damaged', damage: 'odd_headers' }
  const length = (bytes: number) => ({ container: 'wav', codec, durationMs: (bytes / perSecond) * 1000 }) as const
  // A recorder that writes as it goes leaves 0, or all ones, and corrects it at the end.
  if ((said === 0 && there > 0) || said === 0xffffffff)
    return { ...length(there), state: 'damaged', damage: 'never_closed' }
  if (said > there) return { ...length(there), state: 'damaged', damage: 'cut_short' }
  return { ...length(said), state: said === 0 ? 'empty' : 'whole' }
}

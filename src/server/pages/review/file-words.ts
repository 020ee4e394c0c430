import { plainText } from './phone-text.ts'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'JPEG picture'],
  ['image/png', 'PNG picture'],
  ['image/gif', 'GIF picture'],
  ['image/webp', 'WebP picture'],
  ['image/heic', 'HEIC picture'],
  ['image/heif', 'HEIF picture'],
  ['video/mp4', 'MP4 film'],
  ['video/quicktime', 'QuickTime film'],
  ['video/3gpp', '3GP film'],
  ['video/webm', 'WebM film'],
  ['audio/mpeg', 'MP3 sound'],
  ['audio/mp4', 'MP4 sound'],
  ['audio/x-m4a', 'MP4 sound'],
  ['audio/aac', 'AAC sound'],
  ['audio/amr', 'AMR sound'],
  ['audio/amr-wb', 'AMR sound'],
  ['audio/3gpp', '3GP sound'],
  ['audio/flac', 'FLAC sound'],
  ['audio/ogg', 'Ogg sound'],
  ['audio/opus', 'Opus sound'],
  ['audio/wav', 'WAV sound'],
  ['audio/x-wav', 'WAV sound'],
  ['application/pdf', 'PDF document'],
  ['text/plain', 'plain text'],
  ['text/vcard', 'contact card'],
  ['text/x-vcard', 'contact card'],
])

/** What kind of file something is, going by what the phone says of it; `exactly` gives the phone's own word as well. */
export function typeWords(type: string | undefined, exactly = false): string {
  if (type === undefined) return 'unknown kind'
  const [word, raw] = [TYPES.get(type), plainText(type, 40)]
  return word === undefined ? raw : exactly ? `${word} (${raw})` : word
}

/** With what a browser shows a file, going by what the phone says it is; the bytes are looked at before they are sent. */
export function showsAs(type: string | undefined): 'picture' | 'film' | 'sound' | 'download' | 'nothing' {
  if (type === undefined) return 'nothing'
  if (/^image\/(?:jpeg|png|gif|webp)$/.test(type)) return 'picture'
  if (/^video\/(?:mp4|quicktime|3gpp|webm)$/.test(type)) return 'film'
  if (/^audio\/(?:mpeg|mp4|x-m4a|aac|flac|ogg|opus|wav|x-wav)$/.test(type)) return 'sound'
  // What recorders of calls write and no browser plays: it is given as it is.
  return /^audio\/(?:amr|amr-wb|3gpp)$/.test(type) ? 'download' : 'nothing'
}

const [BROADEST, TALLEST] = [640, 320]

/** How large a picture will stand on the page, so that the page does not jump when it comes; undefined where the phone does not say. */
export function boxOf({ width, height }: { readonly width?: number; readonly height?: number }) {
  if (width === undefined || height === undefined || !(width > 0) || !(height > 0)) return undefined
  const scale = Math.min(1, BROADEST / width, TALLEST / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

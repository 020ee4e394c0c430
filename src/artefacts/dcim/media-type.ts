import { ascii } from './bytes.ts'

/** Brands of `ftyp` (ISO/IEC 14496-12) that say more than "MPEG-4"; from the MP4 registration authority. */
const BRANDS: Readonly<Record<string, string>> = {
  'qt  ': 'video/quicktime',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic-sequence',
  hevx: 'image/heic-sequence',
  mif1: 'image/heif',
  msf1: 'image/heif-sequence',
  avif: 'image/avif',
  avis: 'image/avif',
}

/** Which media types a name may have, by its extension. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  heic: ['image/heic', 'image/heif', 'image/heic-sequence'],
  heif: ['image/heic', 'image/heif', 'image/heif-sequence', 'image/avif'],
  png: ['image/png'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  dng: ['image/tiff'],
  mp4: ['video/mp4', 'video/3gpp'],
  m4v: ['video/mp4'],
  mov: ['video/quicktime'],
  '3gp': ['video/3gpp', 'video/mp4'],
}

/** Says what a file is by its first bytes, whatever it is called; undefined where it is none of the types known here. */
export function mediaType(head: Uint8Array): string | undefined {
  if (head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg'
  const start = ascii(head, 0, 12)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif'
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'image/webp'
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'image/tiff'
  const box = start.slice(4, 8)
  if (box === 'ftyp') return brand(head)
  // QuickTime files from before `ftyp` begin with one of these.
  return ['moov', 'mdat', 'wide'].includes(box) ? 'video/quicktime' : undefined
}

/** Whether a name's extension fits what the file is. */
export function fitsName(name: string, type: string): boolean {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return EXTENSIONS[extension]?.includes(type) ?? true
}

/** A DNG is a TIFF by its bytes; only its name says that it is a camera's raw picture. */
export function namedType(name: string, type: string): string {
  return type === 'image/tiff' && /\.dng$/i.test(name) ? 'image/x-adobe-dng' : type
}

function brand(head: Uint8Array): string {
  const major = ascii(head, 8, 12)
  if (major.startsWith('3g')) return 'video/3gpp'
  const known = BRANDS[major]
  if (known !== undefined && known !== 'image/heif') return known
  // mif1 says only "a picture"; the brands that it is compatible with say of which kind.
  const length = Math.min(head.length, Buffer.from(head.subarray(0, 4)).readUInt32BE(0), 256)
  for (let at = 16; at + 4 <= length; at += 4) {
    const compatible = BRANDS[ascii(head, at, at + 4)]
    if (known !== undefined && compatible !== undefined && compatible !== known) return compatible
  }
  return known ?? 'video/mp4'
}

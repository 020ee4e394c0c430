import exifr from 'exifr'
import { fenced } from './exif-fence.ts'
import { exifTime } from './exif-time.ts'
import { type MediaFacts, type Odd, placeOf } from './facts.ts'

/** A JPEG's segment holds no more; other containers are held to the same. */
export const MOST_EXIF = 64 * 1024

// Tags by number (EXIF 2.32 and TIFF 6.0), so that no dictionary is needed to read them.
const MAKE = 0x010f
const MODEL = 0x0110
const TAKEN = 0x9003
const DIGITISED = 0x9004
const OFFSET_TAKEN = 0x9011
const OFFSET_DIGITISED = 0x9012
const FRACTION_TAKEN = 0x9291
const FRACTION_DIGITISED = 0x9292
const WIDTH = 0xa002
const HEIGHT = 0xa003
const LATITUDE_REF = 1
const LATITUDE = 2
const LONGITUDE_REF = 3
const LONGITUDE = 4

const PHOTO = [TAKEN, DIGITISED, OFFSET_TAKEN, OFFSET_DIGITISED, FRACTION_TAKEN, FRACTION_DIGITISED, WIDTH, HEIGHT]
const POSITION = [LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE]
const WANTED = new Set([MAKE, MODEL, ...PHOTO, ...POSITION])

const OPTIONS = {
  tiff: true,
  ifd0: { pick: [MAKE, MODEL] },
  exif: { pick: PHOTO },
  gps: { pick: POSITION },
  ifd1: false,
  interop: false,
  makerNote: false,
  userComment: false,
  xmp: false,
  icc: false,
  iptc: false,
  jfif: false,
  ihdr: false,
  mergeOutput: false,
  sanitize: true,
  reviveValues: false,
  translateKeys: false,
  translateValues: false,
  silentErrors: true,
}

type Tags = Readonly<Record<string, unknown>>

/**
 * Reads a block of EXIF: a TIFF header and what it points at, nothing else of the file, so that no pointer in it leads
 * anywhere but into itself. A block that cannot be read gives nothing and is odd.
 */
export async function readExif(block: Uint8Array, odd: Odd): Promise<MediaFacts> {
  const tiff = fenced(new Uint8Array(block.subarray(0, MOST_EXIF)), WANTED, odd)
  if (tiff === undefined) {
    odd('EXIF that cannot be read')
    return {}
  }
  let parts: { ifd0?: Tags; exif?: Tags; gps?: Tags; errors?: unknown[] } | undefined
  try {
    parts = await exifr.parse(tiff, OPTIONS as never)
  } catch {
    // The parser throws errors of every kind on bytes that are not what they claim.
    odd('EXIF that cannot be read')
    return {}
  }
  if (parts?.errors !== undefined && parts.errors.length > 0) odd('EXIF that cannot be read to its end')
  const exif = parts?.exif ?? {}
  const facts: MediaFacts = {}
  const make = text(parts?.ifd0?.[MAKE])
  const model = text(parts?.ifd0?.[MODEL])
  const camera = make !== undefined && model?.startsWith(make) ? model : [make, model].filter(Boolean).join(' ')
  if (camera) facts.camera = camera
  const taken = text(exif[TAKEN])
  const digitised = text(exif[DIGITISED])
  if (taken !== undefined) facts.when = exifTime(taken, text(exif[OFFSET_TAKEN]), text(exif[FRACTION_TAKEN]), odd)
  if (facts.when === undefined && digitised !== undefined) {
    facts.when = exifTime(digitised, text(exif[OFFSET_DIGITISED]), text(exif[FRACTION_DIGITISED]), odd)
  }
  if (isLength(exif[WIDTH]) && isLength(exif[HEIGHT])) {
    facts.width = exif[WIDTH]
    facts.height = exif[HEIGHT]
  }
  facts.place = readPlace(parts?.gps, odd)
  return facts
}

function readPlace(gps: Tags | undefined, odd: Odd) {
  if (gps?.[LATITUDE] === undefined && gps?.[LONGITUDE] === undefined) return undefined
  const lat = degrees(gps[LATITUDE], text(gps[LATITUDE_REF]), 'N', 'S')
  const lon = degrees(gps[LONGITUDE], text(gps[LONGITUDE_REF]), 'E', 'W')
  return placeOf(lat, lon, odd)
}

/** Degrees, minutes and seconds with the letter of a hemisphere; NaN where anything of it is missing. */
function degrees(value: unknown, hemisphere: string | undefined, positive: string, negative: string): number {
  if (!Array.isArray(value) || value.length !== 3) return Number.NaN
  const [whole, minutes, seconds] = value as [number, number, number]
  const letter = hemisphere?.toUpperCase()
  const sign = letter === positive ? 1 : letter === negative ? -1 : Number.NaN
  return sign * (whole + minutes / 60 + seconds / 3600)
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const plain = value.replaceAll('\0', '').trim()
  return plain === '' || plain.length > 256 ? undefined : plain
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}

import { AcquisitionError } from '../errors.ts'
import { parseBinaryPlist } from './binary.ts'
import { badPlist, type PlistValue } from './value.ts'
import { parseXmlPlist } from './xml.ts'

/** The largest property list that is read, in bytes. */
const LARGEST = 64 << 20

/**
 * Reads a property list, binary or XML, told apart by how it begins. Throws AcquisitionError: DAMAGED where it breaks its
 * format, holds itself or is nested too deeply; TOO_LARGE beyond 64 MiB; NOT_SUPPORTED for the old form that is neither.
 */
export function parsePlist(bytes: Uint8Array): PlistValue {
  if (bytes.length > LARGEST)
    throw new AcquisitionError(
      'TOO_LARGE',
      'a property list is larger than 64 MiB',
      'look at the file with another tool',
    )
  if (beginsWith(bytes, 'bplist0')) return parseBinaryPlist(bytes)
  const text = decoded(bytes)
  if (/^\s*</.test(text)) return parseXmlPlist(text)
  throw new AcquisitionError(
    'NOT_SUPPORTED',
    'not a property list in binary or XML form',
    'convert it with plutil, or look at the file with another tool',
  )
}

function beginsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, text.length)).toString('latin1') === text
}

function decoded(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be'
  try {
    return new TextDecoder(wide || 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badPlist('its text is not what it says')
  }
}

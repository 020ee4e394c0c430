import { FleetError } from '../errors.ts'

/** The largest file of JSON that is read, in bytes. */
const LARGEST = 256 << 20

export type JsonObject = Readonly<Record<string, unknown>>

/** Reads JSON, in UTF-8 or, as PowerShell writes it, UTF-16. Throws FleetError NOT_JSON or TOO_LARGE. */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length > LARGEST)
    throw new FleetError('TOO_LARGE', 'the file is larger than 256 MiB', 'export fewer devices at a time')
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    // What the parser says of it would repeat what stands there.
    throw new FleetError('NOT_JSON', 'the file is not JSON', 'export it again')
  }
}

/** Text as management systems export it: UTF-8, or UTF-16 where it begins with its mark. Throws TypeError where it is neither. */
export function textOf(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list; undefined is an empty one, as Google leaves out lists that are empty. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : undefined
}

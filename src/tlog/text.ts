/**
 * Reads standard base64 (RFC 4648 section 4) that is written in the one way in which it can be written: padded, without line ends, with
 * unused bits zero. Anything else gives undefined, so that no two texts mean the same bytes.
 */
export function readBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Reads a whole number from 0 to 2^53 - 1 in decimal, without sign or leading zeroes. Anything else gives undefined. */
export function readDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

/** Reads UTF-8 as it stands, a byte order mark included. What is not UTF-8 gives undefined. */
export function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

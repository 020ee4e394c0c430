/** MIBenum of UTF-8 (IANA character sets), the only charset that Android writes today. */
const UTF_8 = 106

/**
 * Reads an MMS subject. Android keeps its bytes as if they were Latin-1 and says the real charset in `sub_cs`: "Café" stands
 * there as "CafÃ©". Anything that does not decode is left as the phone has it.
 */
export function subjectText(sub: unknown, charset: unknown): string | undefined {
  if (typeof sub !== 'string' || sub === '') return undefined
  if (Number(charset) !== UTF_8 || !isLatin1(sub)) return sub
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(sub, 'latin1'))
  } catch {
    return sub
  }
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false
  return true
}

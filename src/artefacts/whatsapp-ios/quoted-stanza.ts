const QUOTED_STANZA = 5
const MOST_FIELDS = 32
const STANZA_ID = /^[\x21-\x7e]{4,128}$/

/**
 * Finds the stanza id of the message that a message answers in the start of `ZWAMEDIAITEM.ZMETADATA`, a protocol buffer
 * whose field 5 it is. What is quoted (field 19) is somebody's words, perhaps nobody's to read: it is never looked at. Returns
 * undefined where there is no such field before the bytes end or stop making sense.
 */
export function quotedStanza(metadata: Uint8Array): string | undefined {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = metadata[at++]
      if (byte === undefined) return Number.NaN
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    // Longer ones are negative or hostile; nothing here is either.
    return Number.NaN
  }
  for (let fields = 0; fields < MOST_FIELDS && at < metadata.length; fields++) {
    const tag = varint()
    if (Number.isNaN(tag)) return undefined
    const wire = tag % 8
    if (wire === 0) {
      while ((metadata[at++] ?? 0) >= 128);
    } else if (wire === 1) at += 8
    else if (wire === 5) at += 4
    else if (wire === 2) {
      const length = varint()
      if (Number.isNaN(length) || at + length > metadata.length) return undefined
      if (Math.floor(tag / 8) === QUOTED_STANZA) {
        const id = String.fromCharCode(...metadata.subarray(at, at + Math.min(length, 200)))
        return STANZA_ID.test(id) ? id : undefined
      }
      at += length
    } else return undefined
  }
  return undefined
}

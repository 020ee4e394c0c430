/**
 * `ZWAMEDIAITEM.ZMETADATA` of a reply, a protocol buffer: 5 is the id of the message answered, 6 who wrote it, 19 a copy of it
 * (1: its text). The copy is what must never come out with the reply.
 */
export function replyMetadata(stanza: string, writer: string, quote: string): Buffer {
  return Buffer.concat([
    field(5, Buffer.from(stanza)),
    field(6, Buffer.from(writer)),
    field(19, field(1, Buffer.from(quote))),
  ])
}

/** `ZWAMESSAGEINFO.ZRECEIPTINFO` of a message that people put emoji on: 7 the list, in each 2 who and 3 which. */
export function reactionReceipt(reactions: readonly (readonly [jid: string, emoji: string])[]): Buffer {
  const each = reactions.map(([jid, emoji]) =>
    field(1, Buffer.concat([field(2, Buffer.from(jid)), field(3, Buffer.from(emoji))])),
  )
  return field(7, Buffer.concat(each))
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128)
  bytes.push(rest)
  return Buffer.from(bytes)
}

/** Writes the archives that Messages keeps text in, for tests. */

/** An NSAttributedString, or its mutable sister, with one run of attributes, as `NSArchiver` writes it. */
export function archiveOf(text: string, mutable = false): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const names = mutable
    ? [
        ['NSMutableAttributedString', 0],
        ['NSAttributedString', 0],
        ['NSObject', 0],
      ]
    : [
        ['NSAttributedString', 0],
        ['NSObject', 0],
      ]
  const string = mutable
    ? [
        ['NSMutableString', 1],
        ['NSString', 1],
      ]
    : [['NSString', 1]]
  const root = Buffer.from([0x92 + names.length])
  return Buffer.concat([
    Buffer.from('040b73747265616d747970656481e803840140', 'hex'),
    Buffer.from([0x84]),
    ...names.map(klass),
    Buffer.from([0x85, 0x92, 0x84]),
    ...string.map(klass),
    root,
    Buffer.from('84012b', 'hex'),
    length(bytes.length),
    bytes,
    Buffer.from('868402694901', 'hex'),
    length([...text].length),
    // A dictionary of no attributes, then the ends of it and of the whole.
    Buffer.from('928484840c4e5344696374696f6e61727900', 'hex'),
    root,
    Buffer.from('84016900868686', 'hex'),
  ])
}

function klass([name, version]: (string | number)[]): Buffer {
  return Buffer.concat([
    Buffer.from([0x84, 0x84, String(name).length]),
    Buffer.from(String(name)),
    Buffer.from([Number(version)]),
  ])
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value])
  const bytes = Buffer.alloc(value < 0x8000 ? 3 : 5)
  bytes[0] = value < 0x8000 ? 0x81 : 0x82
  if (value < 0x8000) bytes.writeInt16LE(value, 1)
  else bytes.writeInt32LE(value, 1)
  return bytes
}

/** One version of a part of a message. */
export type Version = readonly [seconds: number, text: string]

/** A `message_summary_info` with the history of parts, and the parts taken back. */
export function summaryOf(parts: Readonly<Record<number, readonly Version[]>>, taken: readonly number[] = []): Buffer {
  const history = ([seconds, text]: Version) =>
    `<dict><key>d</key><real>${seconds}</real><key>t</key><data>${archiveOf(text).toString('base64')}</data></dict>`
  const edits = Object.entries(parts).map(
    ([part, versions]) => `<key>${part}</key><array>${versions.map(history).join('')}</array>`,
  )
  const back = taken.map((part) => `<integer>${part}</integer>`)
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>ust</key><true/><key>ec</key><dict>${edits.join('')}</dict>${
      back.length > 0 ? `<key>rp</key><array>${back.join('')}</array>` : ''
    }</dict></plist>`,
  )
}

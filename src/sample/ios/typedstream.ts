/**
 * Writes an attributed string the way Messages archives it (typedstream, the format of NSArchiver): a mutable attributed string
 * of one run with the attribute "part 0 of the message".
 */
export function attributedBody(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  // Runs are counted in UTF-16 units, strings in bytes.
  return Buffer.concat([HEAD, integer(bytes.length), bytes, MIDDLE, integer(text.length), TAIL])
}

const shared = (name: string) => Buffer.concat([Buffer.from([0x84, name.length]), Buffer.from(name, 'latin1')])
const mark = (...values: number[]) => Buffer.from(values)

/** Classes are written where they first occur, with their version, down to NSObject. */
const HEAD = Buffer.concat([
  mark(0x04, 0x0b),
  Buffer.from('streamtyped', 'latin1'),
  mark(0x81, 0xe8, 0x03, 0x84, 0x01, 0x40, 0x84, 0x84),
  shared('NSMutableAttributedString'),
  mark(0x00, 0x84),
  shared('NSAttributedString'),
  mark(0x00, 0x84),
  shared('NSObject'),
  mark(0x00, 0x85, 0x92, 0x84, 0x84),
  shared('NSMutableString'),
  mark(0x01, 0x84),
  shared('NSString'),
  mark(0x01, 0x95, 0x84, 0x01, 0x2b),
])

/** End of the string; then the runs: the first set of attributes, over so many characters. */
const MIDDLE = mark(0x86, 0x84, 0x02, 0x69, 0x49, 0x01)

const TAIL = Buffer.concat([
  mark(0x92, 0x84, 0x84),
  shared('NSDictionary'),
  mark(0x00, 0x95, 0x84, 0x01, 0x69, 0x01, 0x92, 0x84, 0x98, 0x98, 0x1d),
  Buffer.from('__kIMMessagePartAttributeName', 'latin1'),
  mark(0x86, 0x92, 0x84, 0x84),
  shared('NSNumber'),
  mark(0x00, 0x84),
  shared('NSValue'),
  mark(0x00, 0x95, 0x84, 0x01, 0x2a, 0x84, 0x9b, 0x9b, 0x00, 0x86, 0x86, 0x86),
])

/** One byte up to 127, else a mark and two or four bytes, little-endian. */
function integer(value: number): Buffer {
  if (value < 0x80) return mark(value)
  if (value < 0x8000) return mark(0x81, value & 255, value >> 8)
  const wide = Buffer.alloc(5)
  wide[0] = 0x82
  wide.writeInt32LE(value, 1)
  return wide
}

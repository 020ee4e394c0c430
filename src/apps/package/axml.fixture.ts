/** An attribute to be written: with Android's number it is known by that, without by its name. */
export interface MadeAttribute {
  readonly id?: number
  readonly name?: string
  /** text, a truth, a whole number, or a reference to a resource */
  readonly value: string | boolean | number | { readonly reference: number }
}

export interface MadeElement {
  readonly name: string
  readonly attributes?: readonly MadeAttribute[]
  readonly children?: readonly MadeElement[]
}

/** What makes a compiled XML lie. */
export interface Lies {
  readonly utf16?: boolean
  /** the type of the file, where it is not that of XML */
  readonly type?: number
  /** how many strings the pool says that it has */
  readonly strings?: number
  /** a chunk of unknown type before the elements */
  readonly dummy?: boolean
  /** bytes between attributes that belong to none */
  readonly stride?: number
  /** start tags without an end */
  readonly unclosed?: boolean
}

const NONE = 0xffffffff

/** Writes a compiled XML (ResourceTypes.h) for tests, as asked, true or not. */
export function makeAxml(root: MadeElement, lies: Lies = {}): Buffer {
  // Attributes with numbers come first in the pool: the resource map says of the first strings which numbers they have.
  const ids: number[] = []
  const strings: string[] = []
  const collect = (element: MadeElement, visit: (attribute: MadeAttribute) => void): void => {
    for (const attribute of element.attributes ?? []) visit(attribute)
    for (const child of element.children ?? []) collect(child, visit)
  }
  collect(root, ({ id }) => {
    if (id !== undefined && !ids.includes(id)) {
      ids.push(id)
      strings.push('')
    }
  })
  const known = new Map<string, number>()
  const string = (text: string): number => {
    const index = known.get(text) ?? strings.push(text) - 1
    known.set(text, index)
    return index
  }
  const nodes: Buffer[] = []
  const write = (element: MadeElement): void => {
    nodes.push(startTag(element, ids, string, lies.stride ?? 20))
    for (const child of element.children ?? []) write(child)
    if (!lies.unclosed) nodes.push(node(0x0103, words(NONE, string(element.name))))
  }
  write(root)
  const map = chunk(0x0180, 8, words(...ids))
  const dummy = lies.dummy ? [chunk(0x7777, 8, Buffer.alloc(16))] : []
  const body = Buffer.concat([stringPool(strings, lies), map, ...dummy, ...nodes])
  return chunk(lies.type ?? 0x0003, 8, body)
}

function startTag(
  { name, attributes = [] }: MadeElement,
  ids: readonly number[],
  string: (text: string) => number,
  stride: number,
): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt32LE(NONE, 0)
  head.writeUInt32LE(string(name), 4)
  head.writeUInt16LE(20, 8)
  head.writeUInt16LE(stride, 10)
  head.writeUInt16LE(attributes.length, 12)
  const written = attributes.map(({ id, name: called = '', value }) => {
    const bytes = Buffer.alloc(Math.max(20, stride))
    bytes.writeUInt32LE(NONE, 0)
    bytes.writeUInt32LE(id === undefined ? string(called) : ids.indexOf(id), 4)
    bytes.writeUInt32LE(typeof value === 'string' ? string(value) : NONE, 8)
    bytes.writeUInt16LE(8, 12)
    const [type, data] =
      typeof value === 'string'
        ? [0x03, string(value)]
        : typeof value === 'boolean'
          ? [0x12, value ? NONE : 0]
          : typeof value === 'number'
            ? [0x10, value >>> 0]
            : [0x01, value.reference]
    bytes.writeUInt8(type, 15)
    bytes.writeUInt32LE(data, 16)
    return bytes
  })
  return node(0x0102, Buffer.concat([head, ...written]))
}

/** A string pool, in UTF-8 or in UTF-16. */
export function stringPool(
  strings: readonly string[],
  { utf16 = false, strings: count = strings.length }: Lies = {},
): Buffer {
  const written = strings.map((text) => {
    if (utf16) {
      const length = Buffer.alloc(2)
      length.writeUInt16LE(text.length, 0)
      return Buffer.concat([length, Buffer.from(`${text}\0`, 'utf16le')])
    }
    const bytes = Buffer.from(text)
    return Buffer.concat([short(text.length), short(bytes.length), bytes, Buffer.from([0])])
  })
  let offset = 0
  const offsets = written.map((bytes) => {
    offset += bytes.length
    return offset - bytes.length
  })
  const header = words(count, 0, utf16 ? 0 : 0x100, 28 + strings.length * 4, 0)
  const data = Buffer.concat([header, words(...offsets), ...written])
  return chunk(0x0001, 28, Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]))
}

/** A length in one byte or two. */
function short(length: number): Buffer {
  return length < 0x80 ? Buffer.from([length]) : Buffer.from([0x80 | (length >> 8), length & 0xff])
}

/** A chunk: type, size of its header, size of all of it. */
export function chunk(type: number, headerSize: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(headerSize, 2)
  head.writeUInt32LE(8 + body.length, 4)
  return Buffer.concat([head, body])
}

function node(type: number, body: Buffer): Buffer {
  return chunk(type, 16, Buffer.concat([words(1, NONE), body]))
}

/** Numbers of 32 bits. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4)
  return bytes
}

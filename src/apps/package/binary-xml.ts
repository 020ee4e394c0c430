import { Bounded } from './bounded.ts'
import { damaged, hostile } from './errors.ts'
import { STRING_POOL, StringPool } from './string-pool.ts'

/** A value as Res_value has it: a type and 32 bits; `raw` is the text that was written, where the file keeps it. */
export interface TypedValue {
  readonly type: number
  readonly data: number
  readonly raw: string | undefined
}

export interface XmlAttribute {
  /** Android's number for the attribute; 0 for one that has none, such as `package` */
  readonly id: number
  readonly name: string
  readonly value: TypedValue
}

export interface XmlElement {
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
}

export interface BinaryXml {
  readonly root: XmlElement
  /** what a compiler does not write and a phone reads nevertheless, in plain words */
  readonly oddities: readonly string[]
}

/** Chunk types, ResourceTypes.h. */
const XML = 0x0003
const START_ELEMENT = 0x0102
const END_ELEMENT = 0x0103
const RESOURCE_MAP = 0x0180

const NONE = 0xffffffff
/** Res_value::TYPE_STRING. */
export const STRING = 0x03

const DEEPEST = 64
const MOST_CHUNKS = 250_000
const MOST_ELEMENTS = 50_000
const MOST_ATTRIBUTES = 200
const MOST_ATTRIBUTES_IN_ALL = 400_000

/**
 * Reads a binary XML as Android does (ResXMLTree): attributes are known by their number in the resource map, whatever they and
 * their namespaces are called; chunks of unknown type are passed over; the type of the file itself is not looked at. Throws
 * PackageError DAMAGED for what breaks the format, TOO_DEEP, TOO_LARGE.
 */
export function readBinaryXml(bytes: Buffer, part: string): BinaryXml {
  const oddities: string[] = []
  const whole = new Bounded(bytes, part)
  if (whole.u16(0) !== XML) oddities.push('its first bytes are not those of a compiled XML')
  const size = whole.u32(4)
  if (size > whole.length) throw damaged(part, 'it ends early')
  if (size < whole.length) oddities.push('bytes follow its end')
  const xml = whole.slice(0, size)
  let pool: StringPool | undefined
  let ids: Bounded | undefined
  const builder = new Builder(part)
  let chunks = 0
  let unknown = 0
  for (let at = xml.u16(2); at < size; ) {
    if (++chunks > MOST_CHUNKS) throw hostile('TOO_LARGE', `${part} has more parts than any app needs`)
    const headerSize = xml.u16(at + 2)
    const length = xml.u32(at + 4)
    if (length < 8 || headerSize < 8 || headerSize > length || at + length > size)
      throw damaged(part, 'a chunk lies outside it')
    const chunk = xml.slice(at, at + length)
    const type = chunk.u16(0)
    if (type === STRING_POOL) pool ??= new StringPool(chunk)
    else if (type === RESOURCE_MAP) ids ??= chunk.slice(headerSize, length)
    else if (type === START_ELEMENT) {
      if (pool === undefined) throw damaged(part, 'its strings come too late')
      builder.open(readElement(chunk, headerSize, pool, ids))
    } else if (type === END_ELEMENT) builder.close()
    else if (type < 0x0100 || type > 0x017f) unknown++
    at += length
  }
  if (unknown > 0) oddities.push('it holds chunks of a type that nobody knows')
  return { root: builder.finished(), oddities }
}

/** A start tag: ResXMLTree_attrExt after the node's header, then attributes of `attributeSize` bytes each. */
function readElement(chunk: Bounded, headerSize: number, pool: StringPool, ids: Bounded | undefined): OpenElement {
  const name = pool.at(chunk.u32(headerSize + 4))
  if (name === undefined) throw damaged(chunk.part, 'an element without a name')
  const start = headerSize + chunk.u16(headerSize + 8)
  const stride = chunk.u16(headerSize + 10)
  const count = chunk.u16(headerSize + 12)
  if (count > MOST_ATTRIBUTES) throw hostile('TOO_LARGE', `${chunk.part} has an element with too many attributes`)
  if (count > 0 && stride < 20) throw damaged(chunk.part, 'its attributes are too short')
  const attributes: XmlAttribute[] = []
  for (let index = 0; index < count; index++) {
    const at = start + index * stride
    const nameIndex = chunk.u32(at + 4)
    const raw = chunk.u32(at + 8)
    const type = chunk.u8(at + 15)
    const data = chunk.u32(at + 16)
    attributes.push({
      id: ids !== undefined && nameIndex * 4 + 4 <= ids.length ? ids.u32(nameIndex * 4) : 0,
      name: pool.at(nameIndex) ?? '',
      value: { type, data, raw: raw !== NONE ? pool.at(raw) : type === STRING ? pool.at(data) : undefined },
    })
  }
  return { name, attributes, children: [] }
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
}

/** Puts elements into one another, without calling itself: how deep they go is the file's choice. */
class Builder {
  readonly #part: string
  readonly #open: OpenElement[] = []
  #root: OpenElement | undefined
  #elements = 0
  #attributes = 0

  constructor(part: string) {
    this.#part = part
  }

  open(element: OpenElement): void {
    this.#attributes += element.attributes.length
    if (++this.#elements > MOST_ELEMENTS || this.#attributes > MOST_ATTRIBUTES_IN_ALL)
      throw hostile('TOO_LARGE', `${this.#part} has more elements than any app needs`)
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.children.push(element)
    else if (this.#root === undefined) this.#root = element
    else throw damaged(this.#part, 'it has two roots')
    if (this.#open.push(element) > DEEPEST) throw hostile('TOO_DEEP', `${this.#part} is nested too deeply`)
  }

  close(): void {
    if (this.#open.pop() === undefined) throw damaged(this.#part, 'its elements do not match')
  }

  finished(): XmlElement {
    if (this.#root === undefined || this.#open.length > 0) throw damaged(this.#part, 'it ends inside an element')
    return this.#root
  }
}

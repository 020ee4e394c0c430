import { STRING, type TypedValue, type XmlElement } from './binary-xml.ts'
import { hostile } from './errors.ts'
import type { Resources } from './resources.ts'

/** Res_value types. */
const REFERENCE = 0x01
const DYNAMIC_REFERENCE = 0x07
const FLOAT = 0x04
const FIRST_INTEGER = 0x10
const LAST_INTEGER = 0x1f
const BOOLEAN = 0x12

/** Longer than any name that Android takes; a label may have as many. */
const LONGEST = 4_096
/** All that is said of a package, in UTF-16 units: one long string may be named a million times. */
const MOST_TEXT = 4 << 20

/** Reads attributes of a compiled XML, through the table of resources where they refer to it. */
export class AttributeReader {
  readonly #resources: Resources | undefined
  readonly #part: string
  #said = 0

  constructor(part: string, resources: Resources | undefined) {
    this.#part = part
    this.#resources = resources
  }

  /** The text of an attribute; numbers as text, as Android gives them. Undefined where it has none or cannot be resolved. */
  text(element: XmlElement, attribute: number | string): string | undefined {
    const value = this.#resolved(element, attribute)[0]
    if (value === undefined) return undefined
    return this.#charged(value.raw ?? (value.type === FLOAT ? String(floatOf(value.data)) : integerText(value)))
  }

  /** A name: text of the attribute that stands there itself or in the table; undefined where it is empty. */
  name(element: XmlElement, attribute: number | string): string | undefined {
    return this.text(element, attribute) || undefined
  }

  /** Undefined where it is not said. Where it depends on the phone, true: what may be on some phone is said. */
  flag(element: XmlElement, attribute: number | string): boolean | undefined {
    const values = this.#resolved(element, attribute)
    if (values.length === 0) return undefined
    return values.some(({ type, data, raw }) =>
      type === STRING ? raw === 'true' || raw === '1' : type >= FIRST_INTEGER && type <= LAST_INTEGER && data !== 0,
    )
  }

  /** A whole number of 32 bits without sign. */
  integer(element: XmlElement, attribute: number | string): number | undefined {
    const value = this.#resolved(element, attribute)[0]
    if (value === undefined) return undefined
    if (value.type >= FIRST_INTEGER && value.type <= LAST_INTEGER && value.type !== BOOLEAN) return value.data
    return value.raw !== undefined && /^\d{1,10}$/.test(value.raw) ? Number(value.raw) : undefined
  }

  #resolved(element: XmlElement, attribute: number | string): readonly TypedValue[] {
    const value = element.attributes.find(({ id, name }) =>
      typeof attribute === 'number' ? id === attribute : id === 0 && name === attribute,
    )?.value
    if (value === undefined) return []
    if (value.type !== REFERENCE && value.type !== DYNAMIC_REFERENCE) return [value]
    return this.#resources?.values(value.data) ?? []
  }

  #charged(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    if (text.length > LONGEST) throw hostile('TOO_LARGE', `${this.#part} holds a name that is too long`)
    this.#said += text.length
    if (this.#said > MOST_TEXT) throw hostile('TOO_LARGE', `${this.#part} says more than any app needs`)
    return text
  }
}

function integerText({ type, data }: TypedValue): string | undefined {
  if (type === BOOLEAN) return data === 0 ? 'false' : 'true'
  if (type < FIRST_INTEGER || type > LAST_INTEGER) return undefined
  return String(data | 0)
}

function floatOf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, bits)
  return Number(view.getFloat32(0).toPrecision(7))
}

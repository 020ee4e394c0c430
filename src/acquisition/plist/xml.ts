import {
  badPlist,
  DEEPEST,
  emptyDictionary,
  isDictionary,
  type PlistDictionary,
  type PlistValue,
  put,
  Uid,
} from './value.ts'

/**
 * Reads a property list in XML. Only what Apple's DTD allows, read with a cursor: no external parts, no entities but XML's
 * own five and characters by number. Throws AcquisitionError DAMAGED.
 */
export function parseXmlPlist(text: string): PlistValue {
  const cursor = new Cursor(text)
  cursor.prolog()
  const outer = cursor.tag()
  if (outer.name !== 'plist' || outer.kind !== 'open') throw badPlist('it does not begin as one')
  const value = readValues(cursor)
  cursor.blank()
  if (!cursor.ended) throw badPlist('something follows its end')
  return value
}

interface Container {
  readonly name: 'plist' | 'dict' | 'array'
  readonly values: PlistValue[]
  readonly dictionary: PlistDictionary
  key?: string
}

/** Reads up to the end of `plist`, without calling itself: how deep a file is nested is the file's choice. */
function readValues(cursor: Cursor): PlistValue {
  const stack = [container('plist')]
  for (;;) {
    const inside = stack.at(-1)!
    cursor.blank()
    const tag = cursor.tag()
    if (tag.kind === 'close') {
      if (tag.name !== inside.name || inside.key !== undefined) throw badPlist('its tags do not match')
      stack.pop()
      if (inside.name === 'plist') return only(inside.values)
      add(stack.at(-1)!, finished(inside))
    } else if (tag.name === 'dict' || tag.name === 'array') {
      const begun = container(tag.name)
      if (tag.kind === 'empty') add(inside, finished(begun))
      else if (stack.push(begun) > DEEPEST) throw badPlist('it is nested too deeply')
    } else if (tag.name === 'key') {
      if (inside.name !== 'dict' || inside.key !== undefined) throw badPlist('a key out of place')
      inside.key = tag.kind === 'empty' ? '' : cursor.text('key')
    } else {
      add(inside, scalar(tag.name, tag.kind === 'empty' ? '' : cursor.text(tag.name)))
    }
  }
}

function container(name: Container['name']): Container {
  return { name, values: [], dictionary: emptyDictionary() }
}

function only(values: readonly PlistValue[]): PlistValue {
  if (values.length !== 1) throw badPlist('it does not hold one value')
  return values[0]!
}

function add(inside: Container, value: PlistValue): void {
  if (inside.name !== 'dict') {
    inside.values.push(value)
    return
  }
  if (inside.key === undefined) throw badPlist('a value without a key')
  put(inside.dictionary, inside.key, value)
  inside.key = undefined
}

function finished({ name, values, dictionary }: Container): PlistValue {
  if (name === 'array') return values
  // How an archive's references are written in XML.
  const index = dictionary.CF$UID
  const reference =
    isDictionary(dictionary) && typeof index === 'number' && index >= 0 && Object.keys(dictionary).length === 1
  return reference ? new Uid(index) : dictionary
}

function scalar(name: string, text: string): PlistValue {
  switch (name) {
    case 'string':
      return text
    case 'integer':
      return integer(text.trim())
    case 'real':
      return real(text.trim())
    case 'true':
      return true
    case 'false':
      return false
    case 'date':
      return date(text.trim())
    case 'data':
      return data(text)
    default:
      throw badPlist('an element of unknown name')
  }
}

function integer(text: string): number | bigint {
  const parts = /^([+-]?)(\d{1,40}|0x[0-9a-f]{1,32})$/i.exec(text)
  if (!parts) throw badPlist('a number that is not one')
  const value = BigInt(parts[2]!) * (parts[1] === '-' ? -1n : 1n)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function real(text: string): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  if (/^nan$/i.test(text)) return Number.NaN
  if (/^\+?inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY
  if (/^-inf(inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY
  throw badPlist('a number that is not one')
}

function date(text: string): Date | null {
  if (!/^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) throw badPlist('a date that is not one')
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : new Date(ms)
}

function data(text: string): Uint8Array {
  const packed = text.replace(/[ \t\r\n]+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw badPlist('data that is not base64')
  return new Uint8Array(Buffer.from(packed, 'base64'))
}

interface Tag {
  readonly name: string
  readonly kind: 'open' | 'close' | 'empty'
}

class Cursor {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get ended(): boolean {
    return this.#at >= this.#text.length
  }

  /** Passes over white space and comments. */
  blank(): void {
    for (;;) {
      while (!this.ended && ' \t\r\n'.includes(this.#text[this.#at]!)) this.#at++
      if (!this.#text.startsWith('<!--', this.#at)) return
      this.#past('-->', 4)
    }
  }

  /** Passes over the XML declaration and the document type, which may name Apple's and hold nothing of its own. */
  prolog(): void {
    this.blank()
    if (this.#text.startsWith('<?xml', this.#at)) this.#past('?>', 5)
    this.blank()
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) {
      const from = this.#at
      this.#past('>', 9)
      if (this.#text.slice(from, this.#at).includes('[')) throw badPlist('it declares a document type of its own')
    }
    this.blank()
  }

  tag(): Tag {
    const tag = /<(\/?)([A-Za-z]{1,16})(\s[^<>/]*)?(\/?)>/y
    tag.lastIndex = this.#at
    const parts = tag.exec(this.#text)
    if (!parts || (parts[1] && parts[4])) throw badPlist('something that is not a tag')
    this.#at = tag.lastIndex
    return { name: parts[2]!, kind: parts[1] ? 'close' : parts[4] ? 'empty' : 'open' }
  }

  /** Reads text up to the end tag of `name`. */
  text(name: string): string {
    let text = ''
    for (;;) {
      const open = this.#text.indexOf('<', this.#at)
      if (open < 0) throw badPlist('it ends early')
      text += entities(this.#text.slice(this.#at, open))
      this.#at = open
      if (this.#text.startsWith('<![CDATA[', open)) {
        this.#past(']]>', 9)
        text += this.#text.slice(open + 9, this.#at - 3)
      } else if (this.#text.startsWith('<!--', open)) {
        this.#past('-->', 4)
      } else {
        const tag = this.tag()
        if (tag.kind !== 'close' || tag.name !== name) throw badPlist('its tags do not match')
        return text
      }
    }
  }

  #past(end: string, skipped: number): void {
    const found = this.#text.indexOf(end, this.#at + skipped)
    if (found < 0) throw badPlist('it ends early')
    this.#at = found + end.length
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function entities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12};)?/g, (_, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? ''
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = number && (number[1] ? Number.parseInt(number[1], 16) : Number(number[2]))
    const character =
      code === null ? NAMED[name] : code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined
    if (character === undefined) throw badPlist('an entity that is not one of the five')
    return character
  })
}

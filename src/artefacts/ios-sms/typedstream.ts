/**
 * Typedstream: NeXT's archive format, in which Messages keeps the text of a message with its attributes.
 * Reads the header, the tables of shared strings and of objects, and the root object as far as its string; attributes come
 * after the string and are not read. There is no published specification: the shape is that of `NSArchiver`, version 4.
 * Invariant: any bytes give a string or undefined, in linear time.
 */

const INT16 = 0x81
const INT32 = 0x82
const NEW = 0x84
const NIL = 0x85
/** Numbers from -110 on stand for what was met before: the first shared string or object is 0x92. */
const FIRST_REFERENCE = -110
/** Real streams have four classes in a row at most (NSMutableAttributedString down to NSObject). */
const LONGEST_CLASS_CHAIN = 32
const LONGEST_NAME = 256

/** What a reader marks the end of the string and the start of the first run of attributes by, in every archive seen. */
const AFTER_STRING = Buffer.from([0x86, 0x84, 0x02, 0x69, 0x49])

/**
 * How Messages begins an NSMutableAttributedString and an NSAttributedString, up to the length of the string. Nearly every
 * archive begins in one of these ways; recognising them whole saves reading class by class.
 */
const BEGINNINGS = [
  '040b73747265616d747970656481e803840140848484194e534d757461626c6541747472696275746564537472696e67008484124e5341747472696275746564537472696e67008484084e534f626a6563740085928484840f4e534d757461626c65537472696e67018484084e53537472696e67019584012b',
  '040b73747265616d747970656481e803840140848484124e5341747472696275746564537472696e67008484084e534f626a656374008592848484084e53537472696e67019484012b',
].map((hex) => Buffer.from(hex, 'hex'))

export interface ArchivedText {
  readonly text: string
  /** false where the archive announces more text than it holds; `text` is then what is there */
  readonly whole: boolean
}

/** The text of an archived NSString or NSAttributedString (mutable or not); undefined where the bytes are no such archive. */
export function typedstreamText(bytes: Uint8Array): ArchivedText | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return new Stream(buffer).text()
  } catch (error) {
    if (error instanceof NotAnArchive) return undefined
    throw error
  }
}

class NotAnArchive extends Error {}

/** A class and what it descends from, nearest first. */
type ClassChain = readonly string[]

class Stream {
  readonly #bytes: Buffer
  #at = 0
  #littleEndian = true
  readonly #strings: string[] = []
  /** objects and classes share one numbering; only classes are ever looked up here */
  readonly #objects: (ClassChain | undefined)[] = []

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  text(): ArchivedText {
    const known = BEGINNINGS.find((beginning) => beginning.equals(this.#bytes.subarray(0, beginning.length)))
    if (known === undefined) this.#readToString()
    else this.#at = known.length
    const length = this.#length()
    if (length <= this.#bytes.length - this.#at) return { text: this.#take(length).toString('utf8'), whole: true }
    const end = this.#bytes.indexOf(AFTER_STRING, this.#at)
    return { text: this.#bytes.toString('utf8', this.#at, end === -1 ? this.#bytes.length : end), whole: false }
  }

  /** Reads all that comes before the length of the string. */
  #readToString(): void {
    this.#header()
    if (this.#sharedString() !== '@') throw new NotAnArchive()
    let root = this.#object()
    if (root.includes('NSAttributedString')) {
      if (this.#sharedString() !== '@') throw new NotAnArchive()
      root = this.#object()
    }
    if (!root.includes('NSString') || this.#sharedString() !== '+') throw new NotAnArchive()
  }

  #header(): void {
    const version = this.#byte()
    const signature = this.#take(this.#byte()).toString('latin1')
    if (version !== 4 || (signature !== 'streamtyped' && signature !== 'typedstream')) throw new NotAnArchive()
    this.#littleEndian = signature === 'streamtyped'
    this.#integer(this.#byte())
  }

  /** Starts an object: its class, then its contents follow as groups of a type and its values. */
  #object(): ClassChain {
    if (this.#byte() !== NEW) throw new NotAnArchive()
    this.#objects.push(undefined)
    return this.#class()
  }

  #class(): ClassChain {
    const names: string[] = []
    const from = this.#objects.length
    let known: ClassChain = []
    for (;;) {
      const head = this.#byte()
      if (head === NIL) break
      if (head !== NEW) {
        known = this.#objects[this.#integer(head) - FIRST_REFERENCE] ?? fail()
        break
      }
      names.push(this.#sharedString())
      this.#integer(this.#byte())
      this.#objects.push(undefined)
      if (names.length > LONGEST_CLASS_CHAIN) throw new NotAnArchive()
    }
    const chain = [...names, ...known]
    if (chain.length > LONGEST_CLASS_CHAIN) throw new NotAnArchive()
    for (let at = 0; at < names.length; at++) this.#objects[from + at] = chain.slice(at)
    return chain
  }

  /** A type or a class name: written out once, and by its number from then on. */
  #sharedString(): string {
    const head = this.#byte()
    if (head !== NEW) return this.#strings[this.#integer(head) - FIRST_REFERENCE] ?? fail()
    const length = this.#length()
    if (length > LONGEST_NAME) throw new NotAnArchive()
    const text = this.#take(length).toString('latin1')
    this.#strings.push(text)
    return text
  }

  /** A length is written like a number and is never negative. */
  #length(): number {
    const head = this.#byte()
    const value = this.#integer(head)
    if (value >= 0) return value
    if (head === INT16) return value + 0x10000
    return head === INT32 ? value + 0x1_0000_0000 : fail()
  }

  #integer(head: number): number {
    if (head === INT16) {
      const bytes = this.#take(2)
      return this.#littleEndian ? bytes.readInt16LE() : bytes.readInt16BE()
    }
    if (head === INT32) {
      const bytes = this.#take(4)
      return this.#littleEndian ? bytes.readInt32LE() : bytes.readInt32BE()
    }
    // Bytes from 0x80 up to the first reference are marks, not numbers.
    const value = head < 0x80 ? head : head - 0x100
    return value < 0 && value < FIRST_REFERENCE ? fail() : value
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? fail()
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new NotAnArchive()
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}

function fail(): never {
  throw new NotAnArchive()
}

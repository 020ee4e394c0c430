import { damaged } from './errors.ts'

/** One value of DER, or of BER where its length is left open. */
export interface DerValue {
  readonly tag: number
  /** with tag and length, as it stands: what is hashed and compared */
  readonly raw: Buffer
  readonly content: Buffer
}

const DEEPEST = 24
const MOST_VALUES = 10_000
const MOST_CERTIFICATES = 128
const MOST_SIGNERS = 32

/** Tags, X.690 §8. */
export const SEQUENCE = 0x30
export const SET = 0x31
export const CONTEXT_0 = 0xa0

/** Reads values one after another, as far as certificates and CMS need. Throws PackageError DAMAGED. */
export function readDer(bytes: Buffer, part: string): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    if (values.length >= MOST_VALUES) throw damaged(part, 'it has too many values')
    const value = valueAt(bytes, at, part, 0)
    if (value === undefined) break
    values.push(value)
    at += value.raw.length
  }
  return values
}

/** Undefined for the two zero bytes that end a value of open length. */
function valueAt(bytes: Buffer, at: number, part: string, depth: number): DerValue | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || depth > DEEPEST) throw damaged(part, 'its encoding ends early')
  if (tag === 0 && first === 0) return undefined
  // Tags of several bytes are in nothing that is read here.
  if ((tag & 0x1f) === 0x1f) throw damaged(part, 'its encoding has a tag that is not expected')
  if (first === 0x80) return openValue(bytes, at, part, depth)
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) throw damaged(part, 'its encoding ends early')
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
  const start = at + 2 + lengthBytes
  if (start + length > bytes.length) throw damaged(part, 'its encoding ends early')
  return { tag, raw: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) }
}

function openValue(bytes: Buffer, at: number, part: string, depth: number): DerValue {
  let end = at + 2
  for (;;) {
    const inner = valueAt(bytes, end, part, depth + 1)
    if (inner === undefined) break
    end += inner.raw.length
  }
  return { tag: bytes[at]!, raw: bytes.subarray(at, end + 2), content: bytes.subarray(at + 2, end) }
}

/** What a CMS SignedData holds: what was signed, and who signed. RFC 5652 §5.1. */
export interface SignedData {
  /** empty where the content stands elsewhere */
  readonly content: Buffer
  /** the certificates of those that signed, in the order of their signatures */
  readonly signers: readonly Buffer[]
}

/** Reads a SignedData without checking any signature. Throws PackageError DAMAGED. */
export function readSignedData(bytes: Buffer, part: string): SignedData {
  const inside = (value: DerValue | undefined, tag: number) => {
    if (value?.tag !== tag) throw damaged(part, 'it is no signed message')
    return readDer(value.content, part)
  }
  const [, explicit] = inside(readDer(bytes, part)[0], SEQUENCE)
  const [, , encapsulated, ...rest] = inside(inside(explicit, CONTEXT_0)[0], SEQUENCE)
  const [, wrapped] = inside(encapsulated, SEQUENCE)
  const certificates = rest
    .filter(({ tag }) => tag === CONTEXT_0)
    .flatMap(({ content }) => readDer(content, part))
    .filter(({ tag }) => tag === SEQUENCE)
    .slice(0, MOST_CERTIFICATES)
    .map(({ raw }) => ({ raw, id: issuerAndSerial(raw, part) }))
  const infos = rest.findLast(({ tag }) => tag === SET)
  const signers = inside(infos, SET)
    .slice(0, MOST_SIGNERS)
    .flatMap((info) => {
      const [, named] = inside(info, SEQUENCE)
      if (named?.tag !== SEQUENCE) return []
      return certificates.find(({ id }) => id.equals(named.content))?.raw ?? []
    })
  return { content: wrapped ? octets(inside(wrapped, CONTEXT_0)[0]!, part, 0) : Buffer.alloc(0), signers }
}

/** Issuer and serial number of a certificate, one after the other, as a SignerInfo names it: RFC 5280 §4.1, RFC 5652 §5.3. */
function issuerAndSerial(certificate: Buffer, part: string): Buffer {
  const [tbs] = readDer(readDer(certificate, part)[0]?.content ?? Buffer.alloc(0), part)
  const fields = readDer(tbs?.content ?? Buffer.alloc(0), part)
  const [serial, , issuer] = fields[0]?.tag === CONTEXT_0 ? fields.slice(1) : fields
  if (serial === undefined || issuer === undefined) throw damaged(part, 'a certificate is none')
  return Buffer.concat([issuer.raw, serial.raw])
}

/** An octet string, in one piece or in several. */
function octets({ tag, content }: DerValue | { tag: undefined; content: Buffer }, part: string, depth: number): Buffer {
  if (tag === 0x04) return content
  if (tag !== 0x24 || depth > DEEPEST) throw damaged(part, 'it signs something else than bytes')
  return Buffer.concat(readDer(content, part).map((one) => octets(one, part, depth + 1)))
}

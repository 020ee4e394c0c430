import { type MadeEntry, makeZip } from '../../acquisition/file-system/zip.fixture.ts'
import { chunk, type Lies, type MadeElement, makeAxml, stringPool, words } from './axml.fixture.ts'

/** `android.R.attr`, for the manifests of tests. */
export const ANDROID = {
  label: 0x01010001,
  name: 0x01010003,
  permission: 0x01010006,
  debuggable: 0x0101000f,
  exported: 0x01010010,
  minSdkVersion: 0x0101020c,
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  targetSdkVersion: 0x01010270,
  maxSdkVersion: 0x01010271,
} as const

export const named = (name: string, value: string, ...more: NonNullable<MadeElement['attributes']>): MadeElement => ({
  name,
  attributes: [{ id: ANDROID.name, value }, ...more],
})

/** An element with what is in it. */
export const holding = (element: MadeElement, ...children: MadeElement[]): MadeElement => ({ ...element, children })

/** A manifest of org.example.app for target SDK 30, with these elements and these components. */
export function manifest(
  elements: readonly MadeElement[],
  components: readonly MadeElement[],
  target = 30,
): MadeElement {
  return {
    name: 'manifest',
    attributes: [
      { name: 'package', value: 'org.example.app' },
      { id: ANDROID.versionCode, value: 7 },
      { id: ANDROID.versionName, value: '1.4' },
    ],
    children: [
      { name: 'uses-sdk', attributes: [{ id: ANDROID.targetSdkVersion, value: target }] },
      ...elements,
      { name: 'application', attributes: [{ id: ANDROID.label, value: 'Example' }], children: components },
    ],
  }
}

/** An APK of a manifest, and of what else is given. */
export function makeApk(root: MadeElement, more: readonly MadeEntry[] = [], lies?: Lies): Buffer {
  return makeZip([{ name: 'AndroidManifest.xml', data: makeAxml(root, lies) }, ...more])
}

/** A DEX file that defines these classes, as `org.example.Main`, and nothing else. */
export function makeDex(classes: readonly string[]): Buffer {
  const strings = classes.map((name) => {
    const text = Buffer.from(`L${name.replaceAll('.', '/')};\0`)
    return Buffer.concat([Buffer.from([(text.length - 1) & 0x7f]), text])
  })
  const count = classes.length
  const stringIds = 112
  const typeIds = stringIds + count * 4
  const definitions = typeIds + count * 4
  let at = definitions + count * 32
  const places = strings.map((text) => {
    at += text.length
    return at - text.length
  })
  const header = Buffer.alloc(112)
  header.write('dex\n035\0', 'latin1')
  words(count, stringIds, count, typeIds).copy(header, 56)
  words(count, definitions).copy(header, 96)
  const defined = classes.map((_, index) => words(index, 0, 0, 0, 0, 0, 0, 0))
  return Buffer.concat([header, words(...places), words(...classes.keys()), ...defined, ...strings])
}

/** A table of resources of package 0x7f with one type of strings, in the configurations given: language to values. */
export function makeResources(languages: Readonly<Record<string, readonly string[]>>): Buffer {
  const values = Object.values(languages).flat()
  let next = 0
  const types = Object.entries(languages).map(([language, texts]) => {
    const config = Buffer.alloc(28)
    config.writeUInt32LE(28, 0)
    config.write(language, 8, 'latin1')
    const head = Buffer.concat([Buffer.from([1, 0, 0, 0]), words(texts.length, 20 + config.length + texts.length * 4)])
    const entries = texts.map(() => Buffer.concat([words(8, 0), Buffer.from([8, 0, 0, 0x03]), words(next++)]))
    return chunk(
      0x0201,
      20 + config.length,
      Buffer.concat([head, config, words(...texts.keys().map((n) => n * 16)), ...entries]),
    )
  })
  const inner = Buffer.concat([words(0x7f), Buffer.alloc(256), words(0, 0, 0, 0, 0), ...types])
  return chunk(0x0002, 12, Buffer.concat([words(1), stringPool(values), chunk(0x0200, 288, inner)]))
}

/** The certificate of an invented maker, DER. */
export const CERTIFICATE = Buffer.from(
  'MIIBqzCCAVGgAwIBAgIUZYgPN9uSsao+9uH1EdBycWErupUwCgYIKoZIzj0EAwIwKjEQMA4GA1UECgwHRXhhbXBsZTEWMBQGA1UEAwwNRXhhbXBsZSBNYWtlcjAgFw0yNjExMjIwOTI1MjhaGA8yMDUxMDcxNDA5MjUyOFowKjEQMA4GA1UECgwHRXhhbXBsZTEWMBQGA1UEAwwNRXhhbXBsZSBNYWtlcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFlwS5lMCuJ6e0lR18FNAPRHGewpJVt+3CePRe9dNvk32gi+8MbmxMP4q0T6azaR9wIzJcF8mdDUWa38FXM1hCmjUzBRMB0GA1UdDgQWBBTrxmmS8X2+5Qk0pAejmjDQV+cpAjAfBgNVHSMEGDAWgBTrxmmS8X2+5Qk0pAejmjDQV+cpAjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCICKRWoy9qro0QhahQD6OfEScTDxaLNa7wEqML59UXT05AiEA/wv9F4oTrhf79KmaSWEZZ2fXXfWcDFdVRkpHW7+vztg=',
  'base64',
)

/** Signature schemes by their numbers in the block. */
export const SCHEME = { v2: 0x7109871a, v3: 0xf05368c0, 'v3.1': 0x1b93ad61 } as const

/** Puts a signing block with these pairs before the central directory. */
export function withSigningBlock(zip: Buffer, pairs: readonly (readonly [id: number, value: Buffer])[]): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const directory = zip.readUInt32LE(end + 16)
  const body = Buffer.concat(pairs.map(([id, value]) => Buffer.concat([long(value.length + 4), words(id), value])))
  const size = long(body.length + 24)
  const block = Buffer.concat([size, body, size, Buffer.from('APK Sig Block 42')])
  const signed = Buffer.concat([zip.subarray(0, directory), block, zip.subarray(directory)])
  signed.writeUInt32LE(directory + block.length, end + block.length + 16)
  return signed
}

/** The value of a scheme with one signer of these certificates. */
export function signer(...certificates: readonly Buffer[]): Buffer {
  const list = prefixed(Buffer.concat(certificates.map(prefixed)))
  return prefixed(prefixed(prefixed(Buffer.concat([prefixed(Buffer.alloc(0)), list, prefixed(Buffer.alloc(0))]))))
}

function prefixed(bytes: Buffer): Buffer {
  return Buffer.concat([words(bytes.length), bytes])
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

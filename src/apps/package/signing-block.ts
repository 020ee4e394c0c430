import { Bounded } from './bounded.ts'
import { damaged, hostile } from './errors.ts'
import type { Signer } from './package.ts'
import type { PackageZip } from './zip.ts'

/** https://source.android.com/docs/security/features/apksigning/v2, v3, v3-1. */
const MAGIC = 'APK Sig Block 42'
const SCHEMES: Readonly<Record<number, Exclude<Signer['scheme'], 'v1' | 'provisioning-profile'>>> = {
  0x7109871a: 'v2',
  0xf05368c0: 'v3',
  0x1b93ad61: 'v3.1',
}

const LARGEST = 16 << 20
const MOST_PAIRS = 256
const MOST_SIGNERS = 32
export const PART = 'the signing block'

export interface BlockCertificate {
  readonly scheme: Signer['scheme']
  readonly certificate: Buffer
}

/**
 * The first certificate of every signer in the block before the central directory. Empty where there is no block. Throws
 * PackageError DAMAGED, TOO_LARGE.
 */
export function readSigningBlock({ reader, directory }: PackageZip): BlockCertificate[] {
  if (directory < 32) return []
  const footer = reader.read(directory - 24, 24)
  if (footer.toString('latin1', 8) !== MAGIC) return []
  const size = Number(footer.readBigUInt64LE(0))
  if (size > LARGEST) throw hostile('TOO_LARGE', `${PART} is larger than 16 MiB`)
  // The size counts all but the first of the two fields that hold it.
  if (size < 24 || size + 8 > directory) throw damaged(PART, 'it lies outside the package')
  const block = new Bounded(reader.read(directory - size, size - 24), PART)
  const found: BlockCertificate[] = []
  let pairs = 0
  for (let at = 0; at < block.length; ) {
    if (++pairs > MOST_PAIRS) throw damaged(PART, 'it has too many parts')
    if (block.u32(at + 4) !== 0) throw damaged(PART, 'a part lies outside it')
    const length = block.u32(at)
    const id = block.u32(at + 8)
    if (length < 4) throw damaged(PART, 'a part without a number')
    const value = block.slice(at + 12, at + 8 + length)
    const scheme = SCHEMES[id]
    if (scheme !== undefined) for (const certificate of signersOf(value)) found.push({ scheme, certificate })
    at += 8 + length
  }
  return found
}

/** signers → signer → signed data → digests, certificates …; everything begins with its length in 32 bits. */
function signersOf(value: Bounded): Buffer[] {
  const signers = prefixed(value, 0)
  const found: Buffer[] = []
  for (let at = 0; at < signers.length; ) {
    if (found.length >= MOST_SIGNERS) throw damaged(PART, 'it has too many signers')
    const signer = prefixed(signers, at)
    const signed = prefixed(signer, 0)
    const certificates = prefixed(signed, 4 + signed.u32(0))
    if (certificates.length === 0) throw damaged(PART, 'a signer without a certificate')
    found.push(prefixed(certificates, 0).bytes)
    at += 4 + signer.length
  }
  return found
}

function prefixed(bytes: Bounded, at: number): Bounded {
  return bytes.slice(at + 4, at + 4 + bytes.u32(at))
}

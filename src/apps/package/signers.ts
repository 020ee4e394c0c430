import { createHash, X509Certificate } from 'node:crypto'
import { readSignedData } from './der.ts'
import { PackageError } from './errors.ts'
import type { PackageProblem, Signer } from './package.ts'
import { type BlockCertificate, readSigningBlock } from './signing-block.ts'
import type { PackageZip } from './zip.ts'

const SIGNATURE_FILE = /^META-INF\/([^/]{1,200})\.(RSA|DSA|EC)$/i
const MOST_FILES = 32
const LARGEST = 1 << 20
const LONGEST_SUBJECT = 512

/**
 * Who signed an Android package, by every scheme that it carries: the certificates that it names. That a signature holds is
 * not checked. What cannot be read is a problem; TOO_LARGE is thrown.
 */
export function readSigners(zip: PackageZip, problem: (problem: PackageProblem) => void): Signer[] {
  const found: BlockCertificate[] = []
  const attempt = (file: string | undefined, read: () => BlockCertificate[]) => {
    try {
      found.push(...read())
    } catch (error) {
      if (!(error instanceof PackageError) || error.code !== 'DAMAGED') throw error
      problem({ code: 'signature_unreadable', ...(file !== undefined && { file }), detail: error.message })
    }
  }
  for (const file of signatureFiles(zip))
    attempt(file, () =>
      readSignedData(zip.read(file, LARGEST)!, 'a signature file').signers.map((certificate) => ({
        scheme: 'v1',
        certificate,
      })),
    )
  attempt(undefined, () => readSigningBlock(zip))
  const signers = new Map<string, Signer>()
  for (const { scheme, certificate } of found) {
    const signer = signerOf(scheme, certificate)
    signers.set(`${scheme} ${signer.sha256}`, signer)
  }
  if (signers.size === 0) problem({ code: 'not_signed', detail: 'it names nobody who signed it: no phone installs it' })
  return [...signers.values()]
}

/** Signature blocks that have the file that they sign beside them, as Android asks. */
function signatureFiles({ entries }: PackageZip): string[] {
  const names = new Set([...entries.keys()].filter((name) => name.startsWith('META-INF/')).map(upper))
  return [...entries.keys()]
    .filter((name) => {
      const stem = SIGNATURE_FILE.exec(name)?.[1]
      return stem !== undefined && names.has(`META-INF/${upper(stem)}.SF`)
    })
    .slice(0, MOST_FILES)
}

const upper = (name: string) => name.toUpperCase()

export function signerOf(scheme: Signer['scheme'], certificate: Buffer): Signer {
  const subject = subjectOf(certificate)
  return {
    scheme,
    sha256: createHash('sha256').update(certificate).digest('hex'),
    ...(subject !== undefined && { subject }),
  }
}

/** In one line, the most particular part last; undefined where node cannot read the certificate. */
function subjectOf(certificate: Buffer): string | undefined {
  try {
    return new X509Certificate(certificate).subject.split('\n').join(', ').slice(0, LONGEST_SUBJECT) || undefined
  } catch {
    return undefined
  }
}

import { damaged } from './errors.ts'

/** One destruction, kept so that whoever was interrupted can ask again what became of it. Ids are the only names in it. */
export interface Destruction {
  /** the extracts whose keys were destroyed */
  readonly ids: readonly string[]
  /** RFC 3339 */
  readonly at: string
  readonly epochBefore: string
  readonly epochAfter: string
  readonly generationBefore: number
  readonly generationAfter: number
  /** lower-case hex SHA-256 over the keyring's file */
  readonly keyringDigestBefore: string
  /** absent in the file of the destruction itself, which cannot hold its own digest; the next writing puts it in */
  readonly keyringDigestAfter?: string
}

/** What a keyring holds while it is open. Secrets are buffers, never strings, so that `wipe` leaves none in memory. */
export interface Contents {
  /** lower-case hex SHA-256 over the file of the generation before; empty in the first */
  readonly previous: string
  /** X25519 secrets, 32 bytes, by the id of the extract */
  readonly extracts: Map<string, Buffer>
  /** Ed25519 seeds (RFC 8032 §5.1.5), 32 bytes, by the id of the signer */
  readonly signers: Map<string, Buffer>
  readonly destructions: readonly Destruction[]
}

const SECRET = 32

interface Names {
  readonly previous: string
  readonly extracts: readonly string[]
  readonly signers: readonly string[]
  readonly destructions: readonly Destruction[]
}

/** Writes contents: a line of JSON with every name, then 32 bytes for each, in the same order. Wipe it after use. */
export function encodeContents({ previous, extracts, signers, destructions }: Contents): Buffer {
  const names: Names = { previous, extracts: [...extracts.keys()], signers: [...signers.keys()], destructions }
  const line = `${JSON.stringify(names)}\n`
  const length = Buffer.byteLength(line)
  // Not of the pool, which others share and nobody wipes.
  const bytes = Buffer.alloc(length + SECRET * (extracts.size + signers.size))
  bytes.write(line)
  let at = length
  for (const secret of [...extracts.values(), ...signers.values()]) at += secret.copy(bytes, at, 0, SECRET)
  return bytes
}

/** Reads contents. Its secrets are views of `bytes`: wiping those wipes all. Throws KeyringError DAMAGED. */
export function decodeContents(bytes: Buffer): Contents {
  const end = bytes.indexOf(0x0a)
  const { previous, extracts, signers, destructions } = JSON.parse(bytes.toString('utf8', 0, end)) as Names
  if (bytes.length !== end + 1 + SECRET * (extracts.length + signers.length))
    throw damaged('the keyring does not hold what it names')
  let at = end + 1
  const next = (): Buffer => bytes.subarray(at, (at += SECRET))
  return {
    previous,
    extracts: new Map(extracts.map((id) => [id, next()])),
    signers: new Map(signers.map((id) => [id, next()])),
    destructions,
  }
}

/** Whether two hold the same names with the same secrets. */
export function sameContents(a: Contents, b: Contents): boolean {
  const bytes = [encodeContents(a), encodeContents(b)] as const
  try {
    return bytes[0].equals(bytes[1])
  } finally {
    for (const one of bytes) one.fill(0)
  }
}

/** Overwrites every secret. */
export function wipe({ extracts, signers }: Contents): void {
  for (const secret of [...extracts.values(), ...signers.values()]) secret.fill(0)
}

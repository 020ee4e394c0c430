import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unwrapFileKey, type X25519Pair, x25519Pair } from './age-header.ts'
import { isFile } from './container-reader.ts'
import { damaged } from './errors.ts'

export { type X25519Pair, x25519Pair }

/** To whom the key of a container is sealed. Whom a recipient belongs to nobody can tell; only a key that fits can. */
export interface ContainerRecipients {
  /** lower-case hex SHA-256 of `key.age`: copies of one container have the same */
  readonly sha256: string
  /** stanzas for X25519 keys */
  readonly x25519: number
  /** stanzas of other types: passphrases, ssh keys, plugins. None but a key of that type can tell whether it opens one */
  readonly others: number
  /** Whether a key opens any of the X25519 stanzas. */
  opensWith(key: X25519Pair): boolean
}

/** Longer than the header of any `key.age`: 600 recipients. */
const LONGEST = 64 << 10

// c2sp.org/age, "Header": version line, stanzas of an argument line and a base64 body in lines of 64, the last one shorter.
const HEADER =
  /^age-encryption\.org\/v1\n((?:-> [!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+)--- [A-Za-z0-9+/]{43}\n/
const STANZA = /-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63})\n/g

/**
 * Reads to whom the `key.age` of a container, or of what is left of one, is sealed; undefined where there is none. Opens
 * nothing. Throws VaultError DAMAGED where it is no age file: whether that opens with something cannot be said.
 */
export function containerRecipients(dir: string): ContainerRecipients | undefined {
  const path = join(dir, 'key.age')
  if (!isFile(path)) return undefined
  const file = readFileSync(path)
  const [, stanzas] = HEADER.exec(file.toString('latin1', 0, LONGEST)) ?? []
  if (stanzas === undefined) throw damaged('key.age cannot be read')
  // "Grease" is put in by age's own implementations to keep others honest; it holds nothing.
  const all = [...stanzas.matchAll(STANZA)].map(([, line = '', body = '']) => ({ line, body }))
  const real = all.filter(({ line }) => !line.split(' ')[0]?.endsWith('-grease'))
  const x25519 = real.flatMap(({ line, body }) => {
    const [, share] = /^X25519 ([A-Za-z0-9+/]{43})$/.exec(line) ?? []
    return share !== undefined && body.length === 43
      ? [{ share: Buffer.from(share, 'base64'), wrapped: Buffer.from(body, 'base64') }]
      : []
  })
  return {
    sha256: hash('sha256', file),
    x25519: x25519.length,
    others: real.length - x25519.length,
    opensWith: (key) => x25519.some(({ share, wrapped }) => opens(share, wrapped, key)),
  }
}

function opens(share: Buffer, wrapped: Buffer, key: X25519Pair): boolean {
  try {
    return unwrapFileKey(share, wrapped, key) !== undefined
  } catch {
    // A share of low order, which X25519 itself refuses.
    return false
  }
}

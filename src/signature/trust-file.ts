import { createPublicKey, type KeyObject } from 'node:crypto'
import { SignatureError } from './errors.ts'
import { keyidOf, type PublicKey, publicKeyFromBytes } from './key.ts'

const MAX_CHARACTERS = 1 << 20
const MAX_KEYS = 1000
const LINE = /^ed25519:([A-Za-z0-9+/]{43}=)(?:\s+(.*))?$/
const HINT =
  'a trust file holds one key a line, `ed25519:<base64> [id:<person>] [name]`, or PEM blocks of PUBLIC KEY; # starts a comment'

/**
 * Reads the public keys that somebody trusts: PEM blocks (SPKI) and one-line keys in any mixture, `#` comments, blank lines.
 * A key that stands there twice is one key. Throws SignatureError `KEY_UNREADABLE`, `PRIVATE_KEY_SHARED` or `TOO_LARGE`: a
 * line that is no key is never passed over, because it was meant to be one.
 */
export function readPublicKeys(text: string): PublicKey[] {
  if (text.length > MAX_CHARACTERS) throw tooLarge()
  const keys = new Map<string, PublicKey>()
  let pem: string[] | undefined
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim()
    let found: PublicKey | undefined
    if (pem) {
      pem.push(line)
      if (!line.startsWith('-----')) continue
      if (line !== '-----END PUBLIC KEY-----') throw unreadable(at)
      found = fromPem(pem.join('\n'), at)
      pem = undefined
    } else if (line === '' || line.startsWith('#')) {
      continue
    } else if (line === '-----BEGIN PUBLIC KEY-----') {
      pem = [line]
      continue
    } else if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)) {
      throw new SignatureError(
        'PRIVATE_KEY_SHARED',
        `line ${at + 1} of the trust file begins a private key`,
        'take it out, and give the public key instead; if the file has left its owner, make a new key',
      )
    } else {
      found = fromLine(line, at)
    }
    const before = keys.get(found.keyid)
    keys.set(found.keyid, { ...found, name: before?.name ?? found.name, person: before?.person ?? found.person })
    if (before?.person !== undefined && found.person !== undefined && before.person !== found.person)
      throw new SignatureError(
        'KEY_UNREADABLE',
        `line ${at + 1} of the trust file gives a key to a second person`,
        'one key belongs to one person: take one of the two lines out',
      )
    if (keys.size > MAX_KEYS) throw tooLarge()
  }
  if (pem) throw unreadable(-1)
  return [...keys.values()]
}

function fromPem(block: string, at: number): PublicKey {
  let key: KeyObject
  try {
    key = createPublicKey(block)
  } catch {
    throw unreadable(at)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw unreadable(at)
  return { keyid: keyidOf(key), key }
}

function fromLine(line: string, at: number): PublicKey {
  const match = LINE.exec(line)
  if (!match) throw unreadable(at)
  const [, base64 = '', rest = ''] = match
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) throw unreadable(at)
  const person = /^id:(\S+)/.exec(rest)?.[1]
  const name = rest.replace(/^id:\S+\s*/, '').trim()
  return {
    ...publicKeyFromBytes(bytes),
    ...(name === '' ? {} : { name }),
    ...(person === undefined ? {} : { person }),
  }
}

function unreadable(at: number): SignatureError {
  const where = at < 0 ? 'the end of the trust file' : `line ${at + 1} of the trust file`
  return new SignatureError('KEY_UNREADABLE', `${where} is not an Ed25519 public key`, HINT)
}

function tooLarge(): SignatureError {
  return new SignatureError(
    'TOO_LARGE',
    'the trust file is too large',
    `at most ${MAX_KEYS} keys and ${MAX_CHARACTERS} characters; name only the people who may sign`,
  )
}

import { createCipheriv, hash, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

const BACKUP = 1
/** Class keys wrapped under the password. */
const BY_PASSWORD = 2
const CLASSES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
/** Rounds of the first derivation on real phones are 10,000,000; a sample is opened more often than a phone. */
const ROUNDS = 1_000_000
const ITERATIONS = 10_000

/** Keys of an encrypted backup: what goes into Manifest.plist, and what files are encrypted under. */
export interface KeyBag {
  readonly bytes: Buffer
  /** Wraps a key under a class: four bytes of class, then RFC 3394. */
  wrap(protection: number, key: Buffer): Buffer
  /** a key for the nth thing of a sort */
  key(sort: string): Buffer
}

/**
 * Makes the key bag of a backup under `password`: PBKDF2 with SHA-256, then with SHA-1, unwraps eleven class keys. Keys follow
 * from the seed, so that samples are the same every time; that makes them worthless for anything else. `PEEL_SAMPLE_ROUNDS`
 * sets the rounds of the first derivation.
 */
export async function makeKeyBag(seed: string, password: string): Promise<KeyBag> {
  const rounds = Number(process.env.PEEL_SAMPLE_ROUNDS ?? ROUNDS)
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('PEEL_SAMPLE_ROUNDS is a whole number above 0')
  const bytes = (sort: string, length: number) => hash('sha256', `${seed}/${sort}`, 'buffer').subarray(0, length)
  const salts = { first: bytes('DPSL', 20), second: bytes('SALT', 20) }
  const derive = promisify(pbkdf2)
  const once = await derive(password, salts.first, rounds, 32, 'sha256')
  const master = await derive(once, salts.second, ITERATIONS, 32, 'sha1')
  const classKey = (protection: number) => bytes(`class ${protection}`, 32)
  const parts = [
    tag('VERS', number(5)),
    tag('TYPE', number(BACKUP)),
    tag('UUID', bytes('UUID', 16)),
    tag('HMCK', wrapped(master, bytes('HMCK', 32))),
    tag('WRAP', number(0)),
    tag('SALT', salts.second),
    tag('ITER', number(ITERATIONS)),
    tag('DPWT', number(1)),
    tag('DPIC', number(rounds)),
    tag('DPSL', salts.first),
  ]
  for (const protection of CLASSES)
    parts.push(
      tag('UUID', bytes(`UUID ${protection}`, 16)),
      tag('CLAS', number(protection)),
      tag('WRAP', number(BY_PASSWORD)),
      tag('KTYP', number(0)),
      tag('WPKY', wrapped(master, classKey(protection))),
    )
  return {
    bytes: Buffer.concat(parts),
    wrap: (protection, key) => {
      const head = Buffer.alloc(4)
      head.writeUInt32LE(protection)
      return Buffer.concat([head, wrapped(classKey(protection), key)])
    },
    key: (sort) => bytes(`key ${sort}`, 32),
  }
}

function tag(name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), number(value.length), value])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** AES key wrap, RFC 3394. */
function wrapped(under: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', under, Buffer.alloc(8, 0xa6))
  return Buffer.concat([cipher.update(key), cipher.final()])
}

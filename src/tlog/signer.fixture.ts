import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import type { Signer } from './vkey.ts'

/** A key for tests: the same name gives the same key. */
export function testSigner(name: string): Signer {
  const seed = hash('sha256', `a key for tests: ${name}`, 'buffer')
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { name, publicKey: spki.subarray(-32), sign: (bytes) => sign(null, bytes, key) }
}

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SignatureError } from './errors.ts'
import { generateKey, publicKeyOf, readPrivateKey, writePrivateKey } from './key.ts'
import { readPublicKeys } from './trust-file.ts'

const key = generateKey(new Uint8Array(32).fill(7))
const other = generateKey(new Uint8Array(32).fill(8))

describe('a key', () => {
  it('is the one of RFC 8032 for its seed', () => {
    // Section 7.1, test 1.
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
    const expected = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
    assert.equal(generateKey(seed).publicLine, `ed25519:${expected.toString('base64')}`)
  })

  it('is another one every time it is made without a seed', () => {
    assert.notEqual(generateKey().keyid, generateKey().keyid)
  })

  it('comes back from its PEM with the same name', () => {
    assert.equal(readPrivateKey(key.privatePem).keyid, key.keyid)
    assert.equal(publicKeyOf(readPrivateKey(key.privatePem)).keyid, key.keyid)
  })

  it('is named by the SHA-256 of its SPKI DER', () => {
    const der = Buffer.from(key.publicPem.replace(/-----.*?-----/g, ''), 'base64')
    assert.equal(hash('sha256', der, 'hex'), key.keyid)
  })

  it('is refused with a reason when it is of another kind or no key', () => {
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' })
    for (const pem of [rsa as string, key.publicPem, '', 'x'])
      assert.throws(() => readPrivateKey(pem), { code: 'KEY_UNREADABLE' })
  })

  it('is written so that only its owner can read it, and never over another', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'key.pem')
      await writePrivateKey(path, key.privatePem)
      assert.equal(statSync(path).mode & 0o777, 0o600)
      await assert.rejects(writePrivateKey(path, other.privatePem), { code: 'KEY_EXISTS' })
      assert.equal(readFileSync(path, 'utf8'), key.privatePem)
    })
  })

  it('made by openssl is read here, and ours by openssl', async (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return t.skip('openssl is not installed')
    await inFolder((folder) => {
      const theirs = spawnSync('openssl', ['genpkey', '-algorithm', 'ed25519']).stdout.toString()
      writeFileSync(join(folder, 'theirs.pem'), theirs)
      const spki = spawnSync('openssl', ['pkey', '-in', join(folder, 'theirs.pem'), '-pubout']).stdout.toString()
      assert.equal(readPublicKeys(spki)[0]?.keyid, readPrivateKey(theirs).keyid)
      writeFileSync(join(folder, 'ours.pem'), key.privatePem)
      const ours = spawnSync('openssl', ['pkey', '-in', join(folder, 'ours.pem'), '-pubout']).stdout.toString()
      assert.equal(ours, key.publicPem)
    })
  })
})

describe('a trust file', () => {
  it('mixes lines, PEM blocks, comments and blank lines', () => {
    const text = `# signers\n\n${key.publicLine} id:pc4321 PC Jo Bloggs\r\n${other.publicPem}\n   # end`
    const [first, second, ...rest] = readPublicKeys(text)
    assert.equal(rest.length, 0)
    assert.deepEqual([first?.keyid, first?.person, first?.name], [key.keyid, 'pc4321', 'PC Jo Bloggs'])
    assert.deepEqual([second?.keyid, second?.person, second?.name], [other.keyid, undefined, undefined])
  })

  it('takes a name without an id, and an id without a name', () => {
    assert.equal(readPublicKeys(`${key.publicLine} Jo Bloggs`)[0]?.name, 'Jo Bloggs')
    const [held] = readPublicKeys(`${key.publicLine} id:pc1`)
    assert.deepEqual([held?.person, held?.name], ['pc1', undefined])
  })

  it('counts a key that stands there twice once, and does not give it to two people', () => {
    const twice = readPublicKeys(`${key.publicLine} Jo\n${key.publicPem}`)
    assert.equal(twice.length, 1)
    assert.equal(twice[0]?.name, 'Jo')
    const two = `${key.publicLine} id:a\n${key.publicLine} id:b`
    assert.throws(() => readPublicKeys(two), { code: 'KEY_UNREADABLE' })
  })

  it('is empty when nothing is in it', () => {
    assert.deepEqual(readPublicKeys('\uFEFF# nobody\n'), [])
  })

  it('says on which line something is no key, and passes over none', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' })
    for (const text of [
      `${key.publicLine}\ned25519:short`,
      `${key.publicLine}x`,
      key.publicLine.toUpperCase(),
      'ssh-ed25519 AAAA',
      key.publicPem.replace(/\n-----END.*/, ''),
      key.publicPem.replace('MCow', 'MCoX'),
      ec as string,
    ])
      assert.throws(() => readPublicKeys(text), { code: 'KEY_UNREADABLE', message: /trust file/ })
  })

  it('refuses a private key that was put there by mistake', () => {
    assert.throws(() => readPublicKeys(key.privatePem), { code: 'PRIVATE_KEY_SHARED' })
  })

  it('refuses with a reason whatever is none, and never crashes', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '-----BEGIN PUBLIC KEY-----',
        '-----END PUBLIC KEY-----',
        '',
        '#',
        key.publicLine,
        ...key.publicPem.split('\n'),
      ),
      fc.base64String({ minLength: 44, maxLength: 44 }).map((text) => `ed25519:${text}`),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        try {
          for (const { keyid } of readPublicKeys(lines.join('\n'))) assert.match(keyid, /^[0-9a-f]{64}$/)
        } catch (error) {
          if (!(error instanceof SignatureError)) throw error
        }
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('refuses a file of absurd length', () => {
    assert.throws(() => readPublicKeys('#'.repeat(2 ** 21)), { code: 'TOO_LARGE' })
  })
})

async function inFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-key-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

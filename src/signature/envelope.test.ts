import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  IN_TOTO,
  joinEnvelope,
  openEnvelope,
  preAuthenticationEncoding,
  sealEnvelope,
  signPayload,
  verifyEnvelope,
  writeEnvelope,
} from './envelope.ts'
import { SignatureError } from './errors.ts'
import { generateKey, publicKeyOf } from './key.ts'

const [ann, ben, cat] = [1, 2, 3].map((byte) => generateKey(new Uint8Array(32).fill(byte)))
assert(ann && ben && cat)
const keys = [publicKeyOf(ann), publicKeyOf(ben)]
const payload = Buffer.from('{"a":1}')

describe('an envelope', () => {
  it('encodes what is signed as the DSSE specification shows it', () => {
    // The example of dsse/protocol.md.
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))
    assert.equal(encoded.toString(), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world')
  })

  it('counts lengths in bytes, not characters', () => {
    assert.equal(preAuthenticationEncoding('é', Buffer.from('ü€')).toString(), 'DSSEv1 2 é 5 ü€')
  })

  it('comes back from its text as it was, for every payload', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const envelope = sealEnvelope(IN_TOTO, bytes, [ann, ben])
        const opened = openEnvelope(writeEnvelope(envelope))
        assert.deepEqual([...opened.payload], [...bytes])
        assert(verifyEnvelope(opened, keys).every(({ ok }) => ok))
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('is the same text whatever the order of the signers', () => {
    const one = writeEnvelope(sealEnvelope(IN_TOTO, payload, [ann, ben]))
    assert.equal(writeEnvelope(sealEnvelope(IN_TOTO, payload, [ben, ann])), one)
    const apart = joinEnvelope(IN_TOTO, payload, [
      signPayload(IN_TOTO, payload, ben),
      signPayload(IN_TOTO, payload, ann),
    ])
    assert.equal(writeEnvelope(apart), one)
  })

  it('does not take two signatures by one key', () => {
    assert.throws(() => sealEnvelope(IN_TOTO, payload, [ann, ann]), { code: 'SAME_KEY' })
  })

  it('says of a key that is not given that it is unknown, neither good nor bad', () => {
    const [one, two] = verifyEnvelope(sealEnvelope(IN_TOTO, payload, [ann, cat]), [publicKeyOf(ann)])
    const known = [one, two].find((signature) => signature?.keyid === ann.keyid)
    const unknown = [one, two].find((signature) => signature?.keyid === cat.keyid)
    assert.deepEqual([known?.known, known?.ok], [true, true])
    assert.deepEqual([unknown?.known, unknown?.ok], [false, false])
  })

  it('does not verify when payload, type or signatures are exchanged', () => {
    const envelope = sealEnvelope(IN_TOTO, payload, [ann, ben])
    const [first, second] = envelope.signatures
    assert(first && second)
    const bad = [
      { ...envelope, payload: Buffer.from('{"a":2}') },
      { ...envelope, payloadType: 'application/json' },
      {
        ...envelope,
        signatures: [
          { ...first, sig: second.sig },
          { ...second, sig: first.sig },
        ],
      },
    ]
    for (const one of bad) assert(verifyEnvelope(one, keys).every(({ ok }) => !ok))
  })

  it('is refused or fails to verify when any one byte of its file is another', () => {
    const text = writeEnvelope(sealEnvelope(IN_TOTO, payload, [ann, ben]))
    for (let at = 0; at < text.length; at++)
      for (const other of [' ', '0', 'A', '"', '\n', '\t', 'a', '=', '/']) {
        if (text[at] === other) continue
        assert(!isSound(text.slice(0, at) + other + text.slice(at + 1)), `byte ${at}`)
      }
    for (let at = 0; at <= text.length; at++) assert(!isSound(`${text.slice(0, at)} ${text.slice(at)}`))
    for (let at = 0; at < text.length; at++) assert(!isSound(text.slice(0, at)))
  })

  it('refuses with a reason whatever is not an envelope, and never crashes', () => {
    fc.assert(
      fc.property(envelopeLike, (text) => void openOrRefuse(text)),
      { seed: 2, numRuns: 500 },
    )
  })

  it('refuses nesting, second writings of base64, and members unknown to it', () => {
    const sound = writeEnvelope(sealEnvelope(IN_TOTO, payload, [ann]))
    for (const text of [
      '[',
      '['.repeat(100_000),
      `${'[1,'.repeat(100_000)}1${']'.repeat(100_000)}`,
      '{}',
      'null',
      sound.trimEnd(),
      `${sound}\n`,
      sound.replace('{"payload"', '{"extra":1,"payload"'),
      sound.replace('{"keyid"', '{"cert":"x","keyid"'),
      sound.replace('"signatures":[', '"signatures":[null,'),
      // `eyJhIjoxfQ==` and `eyJhIjoxfR==` are the same seven bytes.
      sound.replace('eyJhIjoxfQ==', 'eyJhIjoxfR=='),
      sound.replace('eyJhIjoxfQ==', 'eyJhIjoxfQ'),
    ])
      assert.throws(() => openEnvelope(text), { code: 'NOT_AN_ENVELOPE' })
  })

  it('is verified by openssl', (t) => {
    if (!runs('openssl', ['version'])) return t.skip('openssl is not installed')
    inFolder((folder) => {
      const envelope = openEnvelope(writeEnvelope(sealEnvelope(IN_TOTO, payload, [ann, ben])))
      writeFileSync(join(folder, 'pae'), preAuthenticationEncoding(envelope.payloadType, envelope.payload))
      for (const [index, signer] of [ann, ben].entries()) {
        writeFileSync(join(folder, 'key.pem'), signer.publicPem)
        const signature = envelope.signatures.find(({ keyid }) => keyid === signer.keyid)
        assert(signature)
        writeFileSync(join(folder, 'sig'), signature.sig)
        const verify = (input: string) =>
          spawnSync('openssl', `pkeyutl -verify -rawin -pubin -inkey key.pem -in ${input} -sigfile sig`.split(' '), {
            cwd: folder,
          }).status
        assert.equal(verify('pae'), 0, `signature ${index}`)
        writeFileSync(join(folder, 'altered'), 'DSSEv1 altered')
        assert.notEqual(verify('altered'), 0)
      }
    })
  })

  it('is verified by python3-cryptography, which reads the file by itself', (t) => {
    if (!runs('python3', ['-c', 'import cryptography'])) return t.skip('python3-cryptography is not installed')
    inFolder((folder) => {
      writeFileSync(join(folder, 'e.dsse.json'), writeEnvelope(sealEnvelope(IN_TOTO, payload, [ann, ben])))
      writeFileSync(join(folder, 'a.pem'), ann.publicPem)
      writeFileSync(join(folder, 'b.pem'), ben.publicPem)
      const out = execFileSync('python3', [
        '-c',
        PEER,
        ...['e.dsse.json', 'a.pem', 'b.pem'].map((name) => join(folder, name)),
      ])
      assert.equal(out.toString().trim(), '2')
    })
  })
})

/** A reader written from the specification alone. */
const PEER = `
import base64, hashlib, json, sys
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
e = json.load(open(sys.argv[1]))
keys = {}
for path in sys.argv[2:]:
    key = load_pem_public_key(open(path, 'rb').read())
    keys[hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()] = key
body = base64.b64decode(e['payload'], validate=True)
kind = e['payloadType'].encode()
pae = b'DSSEv1 %d %s %d %s' % (len(kind), kind, len(body), body)
for s in e['signatures']:
    keys[s['keyid']].verify(base64.b64decode(s['sig'], validate=True), pae)
print(len(e['signatures']))
`

const envelopeLike = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record({
      payload: fc.oneof(fc.base64String(), fc.string(), fc.integer()),
      payloadType: fc.oneof(fc.constant(IN_TOTO), fc.string()),
      signatures: fc.oneof(
        fc.array(fc.record({ keyid: fc.oneof(fc.constant('0'.repeat(64)), fc.string()), sig: fc.base64String() })),
        fc.anything(),
      ),
    })
    .map((value) => `${JSON.stringify(value)}\n`),
)

function openOrRefuse(text: string) {
  try {
    return openEnvelope(text)
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    return undefined
  }
}

function isSound(text: string): boolean {
  const envelope = openOrRefuse(text)
  return (
    envelope !== undefined && envelope.signatures.length === 2 && verifyEnvelope(envelope, keys).every(({ ok }) => ok)
  )
}

function runs(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'peel-signature-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy } from './policy.ts'
import { testSigner } from './signer.fixture.ts'
import { COSIGNATURE, ED25519, verifierOf } from './vkey.ts'
import { writePolicy } from './write-policy.ts'

const log = verifierOf('log.example/force', ED25519, testSigner('log.example/force').publicKey)
const witness = (name: string) => ({
  verifier: verifierOf(name, COSIGNATURE, testSigner(name).publicKey),
  url: `https://${name}/`,
})

test('a policy that was written reads back, and asks for more than half of the witnesses', () => {
  for (const [many, enough] of [
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
  ] as const) {
    const witnesses = Array.from({ length: many }, (_, at) => witness(`w${at}.example`))
    const policy = parsePolicy(writePolicy(log, witnesses))
    assert.deepEqual(
      policy.logs.map(({ vkey }) => vkey),
      [log.vkey],
    )
    assert.deepEqual(
      policy.witnesses.map(({ vkey }) => vkey),
      witnesses.map(({ verifier }) => verifier.vkey),
    )
    assert.equal('enough' in policy.quorum && policy.quorum.enough, enough)
  }
})

test('a log without witnesses says that nobody else vouches for it', () => {
  const written = writePolicy(log, [])
  assert.match(written, /^quorum none$/m)
  assert.deepEqual(parsePolicy(written).witnesses, [])
})

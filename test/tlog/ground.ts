import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import {
  cosignatureLine,
  COSIGNATURE,
  ED25519,
  parseNote,
  policyOf,
  verifierOf,
  type WitnessRequest,
} from '../../src/tlog/index.ts'
import { testSigner } from '../../src/tlog/signer.fixture.ts'

const PEERS = resolve(import.meta.dirname, '../peers')

export const signer = testSigner('log.example/force')
export const logKey = verifierOf(signer.name, ED25519, signer.publicKey)
export const witness = testSigner('witness.example/w1')
export const witnessKey = verifierOf(witness.name, COSIGNATURE, witness.publicKey)
export const policy = policyOf([logKey, witnessKey])
export const cosign = async ({ checkpoint }: WitnessRequest) => [
  cosignatureLine(parseNote(checkpoint).text, witness, 1_790_000_000),
]

/** A folder for one test, gone afterwards. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-tlog-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** True where the tools are there; skips the test, or fails where tools are required. */
export function hasTools(t: TestContext, ...tools: readonly string[]): boolean {
  const missing = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
  assert.ok(missing.length === 0 || !process.env['PEEL_REQUIRE_TOOLS'], `not installed: ${missing.join(', ')}`)
  if (missing.length > 0) t.skip(`not installed: ${missing.join(', ')}`)
  return missing.length === 0
}

export interface Ran {
  readonly ok: boolean
  readonly lines: readonly string[]
}

/** Builds Go's verifier into a folder and gives a way to run it. */
export function goVerifier(
  folder: string,
  keys: readonly { readonly vkey: string }[] = [logKey, witnessKey],
): (...args: readonly string[]) => Ran {
  const binary = join(folder, 'verify-log')
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOFLAGS: '',
    GOCACHE: process.env['GOCACHE'] ?? join(tmpdir(), 'peel-go-cache'),
  }
  const built = spawnSync('go', ['build', '-o', binary, join(PEERS, 'verify-log.go')], { env, encoding: 'utf8' })
  assert.equal(built.status, 0, built.stderr)
  const vkeys = join(folder, 'vkeys')
  writeFileSync(vkeys, `${keys.map(({ vkey }) => vkey).join('\n')}\n`)
  return (command = '', ...rest) => {
    const ran = spawnSync(binary, [command, vkeys, ...rest], { encoding: 'utf8', maxBuffer: 1 << 26 })
    assert.notEqual(ran.status, null, String(ran.error))
    return { ok: ran.status === 0, lines: ran.stdout.trimEnd().split('\n') }
  }
}

/** Runs the proof checker in Python's standard library. */
export function pythonProof(proof: string): Ran {
  const ran = spawnSync('python3', [join(PEERS, 'check-proof.py'), proof], { encoding: 'utf8' })
  return { ok: ran.status === 0, lines: [ran.stdout.trimEnd()] }
}

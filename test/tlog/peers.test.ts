import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { logFolder, openLog, parseNote, verifyLog, verifyProof } from '../../src/tlog/index.ts'
import { cosign, folderFor, goVerifier, hasTools, logKey, policy, pythonProof, signer } from './ground.ts'

const entry = (at: number) => Buffer.from(`{"n":${at}}`)
const now = () => new Date(0)

test('Go verifies the log as it was at every size from 0 to 600', async (t) => {
  if (!hasTools(t, 'go')) return
  const ground = folderFor(t)
  const folder = join(ground, 'log')
  const log = await openLog({ folder, state: join(ground, 'state'), signer, now, window: 0 })
  for (let at = 0; at < 600; at++) await log.published(await log.append(entry(at)))
  await log.close()
  const { ok, lines } = goVerifier(ground, [logKey])('sizes', folder)
  assert.ok(ok, lines.filter((line) => line.startsWith('FAIL')).join('\n'))
  assert.equal(lines.length, 601)
  const { checks } = await verifyLog({ ...logFolder(folder), policy })
  assert.deepEqual(
    checks.filter(({ result }) => result !== 'passed').map(({ name }) => name),
    ['witnesses'],
  )
})

test('Go, Python and openssl verify a log of 100,000, its proofs and its checkpoint', async (t) => {
  if (!hasTools(t, 'go', 'python3', 'openssl')) return
  const ground = folderFor(t)
  const folder = join(ground, 'log')
  const log = await openLog({ folder, state: join(ground, 'state'), signer, now, witnesses: cosign })
  // Sizes without a pattern, the same in every run.
  for (let random = 7; log.size < 100_000; random = (random * 48_271) % 2_147_483_647) {
    const count = Math.min(100_000 - log.size, 1 + (random % 20_000))
    const first = log.size
    await log.appendMany(Array.from({ length: count }, (_, at) => entry(first + at)))
    await log.published(first + count - 1)
  }
  await log.cosign()
  const proofs = await Promise.all(
    [0, 255, 256, 65_535, 65_536, 77_777, 99_999].map(async (at) => ({ at, text: await log.proof(at) })),
  )
  await log.close()
  const go = goVerifier(ground)
  assert.deepEqual(
    go('sizes', folder).lines.filter((line) => line.startsWith('FAIL')),
    [],
  )
  assert.deepEqual(go('log', folder).ok, true)
  const { checks, size } = await verifyLog({ ...logFolder(folder), policy })
  assert.deepEqual([size, checks.every(({ result }) => result === 'passed')], [100_000, true], JSON.stringify(checks))
  for (const { at, text } of proofs) {
    const path = join(ground, `${at}.tlog-proof`)
    writeFileSync(path, text)
    assert.deepEqual(go('proof', path).lines, [`OK proof: entry ${at} of 100000`])
    assert.deepEqual(pythonProof(path).lines, [`OK entry ${at} of 100000 in ${signer.name}`])
    const proved = verifyProof(text, policy)
    assert.ok(proved.proved && proved.witnessed && proved.index === at && proved.entry.equals(entry(at)))
    writeFileSync(path, text.replace(`index ${at}`, `index ${at === 0 ? 1 : at - 1}`))
    assert.deepEqual(
      [go('proof', path).ok, pythonProof(path).ok, verifyProof(readFileSync(path), policy).proved],
      [false, false, false],
    )
  }
})

test('openssl verifies the signature on a checkpoint with the key as it stands in the vkey', async (t) => {
  if (!hasTools(t, 'openssl')) return
  const ground = folderFor(t)
  const log = await openLog({ folder: join(ground, 'log'), state: join(ground, 'state'), signer, now })
  await log.published(await log.append(entry(0)))
  await log.close()
  const { text, signatures } = parseNote(readFileSync(join(ground, 'log', 'checkpoint')))
  // What docs/formats/log.md tells a reader to do, with cut, base64 and tail.
  const shell = `set -e
    (printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; printf '%s' "$VKEY" | cut -d+ -f3- | base64 -d | tail -c 32) > key.der
    sed -n '/^$/q;p' log/checkpoint > body
    sed -n '/^$/,$p' log/checkpoint | sed -n 2p | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in body -sigfile signature`
  const run = () =>
    spawnSync('bash', ['-c', shell], { cwd: ground, env: { ...process.env, VKEY: logKey.vkey }, encoding: 'utf8' })
  assert.match(run().stdout, /Verified Successfully/)
  assert.equal(readFileSync(join(ground, 'body'), 'utf8'), text)
  assert.deepEqual(readFileSync(join(ground, 'signature')), signatures[0]?.bytes)
  writeFileSync(
    join(ground, 'log', 'checkpoint'),
    readFileSync(join(ground, 'log', 'checkpoint'), 'utf8').replace('\n1\n', '\n2\n'),
  )
  assert.notEqual(run().status, 0)
})

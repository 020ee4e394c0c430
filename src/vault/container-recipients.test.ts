import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Encrypter } from 'age-encryption'
import fc from 'fast-check'
import { identityOf, recipientOf } from './age-identity.ts'
import { containerRecipients, x25519Pair } from './container-recipients.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-recipients-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'key.age')

const secrets = Array.from({ length: 4 }, () => randomBytes(32))

test('a key is said to open what age opens with it, and no other', async () => {
  for (const count of [1, 2, 3]) {
    const encrypter = new Encrypter()
    for (const secret of secrets.slice(0, count)) encrypter.addRecipient(recipientOf(secret))
    writeFileSync(path, await encrypter.encrypt('a key'))
    const found = containerRecipients(folder)
    assert(found)
    assert.deepEqual([found.x25519, found.others], [count, 0])
    for (const secret of secrets) {
      const { status } = spawnSync('age', ['-d', '-i', '-', path], { input: `${identityOf(secret)}\n` })
      assert.equal(found.opensWith(x25519Pair(secret)), status === 0)
    }
  }
})

test("what Debian's age seals is read, with whoever else it is sealed to", () => {
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'ssh')])
  const ssh = join(folder, 'ssh.pub')
  const others = existsSync(ssh) ? ['-R', ssh] : []
  const [secret = Buffer.alloc(32)] = secrets
  spawnSync('age', ['-r', recipientOf(secret), ...others, '-o', path], { input: 'a key' })
  const found = containerRecipients(folder)
  assert.deepEqual([found?.x25519, found?.others], [1, others.length / 2])
  assert(found?.opensWith(x25519Pair(secret)))
})

test('what is no age file is damaged, whatever it is, and what is not there is not there', () => {
  const sound = readFileSync(path)
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.nat(sound.length - 1)), (bytes) => {
      writeFileSync(path, typeof bytes === 'number' ? sound.subarray(0, Math.min(bytes, 100)) : bytes)
      assert.throws(() => containerRecipients(folder), { code: 'DAMAGED' })
    }),
    { numRuns: 200 },
  )
  rmSync(path)
  assert.equal(containerRecipients(folder), undefined)
})

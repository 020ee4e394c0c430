import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { AcquisitionError } from './errors.ts'
import { SealedScratch } from './scratch.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(folder, { recursive: true }))

test('what was written is read back at any offset, across places', async () => {
  const bytes = randomBytes(100_003)
  const scratch = new SealedScratch([
    { folder, budget: 1_000 },
    { folder, budget: 33_333 },
    { folder, budget: 1_000_000 },
  ])
  for (let at = 0; at < bytes.length; at += 777) scratch.write(bytes.subarray(at, at + 777))
  assert.equal(scratch.size, bytes.length)
  for (const at of [0, 1, 15, 16, 17, 999, 1_000, 1_001, 34_332, 34_333, 99_990, 100_003, 200_000]) {
    assert.deepEqual(scratch.read(at, 70), Buffer.from(bytes.subarray(at, at + 70)))
  }
  const whole: Uint8Array[] = []
  for await (const chunk of scratch.chunks(5, bytes.length - 5)) whole.push(chunk)
  assert.deepEqual(Buffer.concat(whole), Buffer.from(bytes.subarray(5)))
  await scratch.close()
})

test('a scratch that no place has room for is too large', async () => {
  const scratch = new SealedScratch([{ folder, budget: 100 }])
  scratch.write(Buffer.alloc(100))
  assert.throws(
    () => scratch.write(Buffer.alloc(1)),
    (error) => error instanceof AcquisitionError && error.code === 'TOO_LARGE',
  )
  await scratch.close()
})

test('a folder that cannot be written to is passed over', async () => {
  const scratch = new SealedScratch([
    { folder: join(folder, 'absent'), budget: 100 },
    { folder, budget: 100 },
  ])
  scratch.write(Buffer.from('abc'))
  assert.equal(scratch.read(1, 2).toString(), 'bc')
  await scratch.close()
})

test('nothing is left behind by a process that is killed, and what it held open was not plaintext', async (t) => {
  if (process.platform !== 'linux') return t.skip('needs /proc')
  const marker = 'a line that nobody else may read'
  const program = `
    import { SealedScratch } from ${JSON.stringify(new URL('./scratch.ts', import.meta.url).href)}
    const scratch = new SealedScratch([{ folder: ${JSON.stringify(folder)}, budget: 1e6 }])
    scratch.write(Buffer.from(${JSON.stringify(marker)}.repeat(100)))
    console.log('written')
    setInterval(() => {}, 1000)
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  assert.deepEqual(readdirSync(folder), [])
  let held = 0
  for (const name of readdirSync(`/proc/${child.pid}/fd`)) {
    const bytes = await open(`/proc/${child.pid}/fd/${name}`)
    if (bytes?.length !== marker.length * 100) continue
    held++
    assert.ok(!bytes.includes(marker.slice(0, 8)))
  }
  assert.equal(held, 1)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  assert.deepEqual(readdirSync(folder), [])
})

/** The bytes behind a descriptor, where they are a file's of this test's folder. */
async function open(path: string): Promise<Buffer | undefined> {
  const { readlinkSync } = await import('node:fs')
  return readlinkSync(path).includes(folder) ? readFileSync(path) : undefined
}

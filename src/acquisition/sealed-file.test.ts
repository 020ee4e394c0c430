import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeSample } from '../sample/index.ts'
import { PIECE, SealedPieces } from '../vault/index.ts'
import { AcquisitionError } from './errors.ts'
import type { FileSource } from './file-source.ts'
import { openSealedSource, openSource } from './open.ts'

const base = mkdtempSync(join(tmpdir(), 'peel-test-'))
after(() => rmSync(base, { recursive: true }))
const SECRET = 'AGE-SECRET-KEY-1TEST'

/** Writes a file as an upload leaves it. */
function seal(from: string, to: string): number {
  const plain = readFileSync(from)
  const pieces = new SealedPieces(SECRET, plain.length)
  const sealed = Array.from({ length: pieces.count }, (_, number) =>
    pieces.seal(number, plain.subarray(number * PIECE, (number + 1) * PIECE)),
  )
  writeFileSync(to, Buffer.concat(sealed))
  return plain.length
}

async function contents(source: FileSource): Promise<Map<string, string>> {
  const all = new Map<string, string>()
  for (const file of source.files) {
    const open = await source.open(file)
    const parts: Uint8Array[] = []
    for await (const chunk of open.chunks()) parts.push(chunk)
    all.set(file.path, Buffer.concat(parts).toString('base64'))
    await open.close()
  }
  return all
}

test('a sealed backup reads as the same backup in the clear', async () => {
  mkdirSync(join(base, 'phone'))
  const { phone } = await makeSample('android-backup', join(base, 'phone'), { messages: 100 })
  const bytes = seal(phone, join(base, 'sealed'))
  const plain = await openSource(phone)
  const sealed = await openSealedSource(join(base, 'sealed'), new SealedPieces(SECRET, bytes), bytes)
  assert.equal(sealed.kind, plain.kind)
  assert.deepEqual(await contents(sealed), await contents(plain))
  await plain.close()
  await sealed.close()
})

test('a sealed file that was altered, cut off, or is under another key is damaged, and says nothing of what is in it', async () => {
  writeFileSync(join(base, 'plain'), Buffer.alloc(PIECE + 5, 'PK\u0003\u0004'))
  const bytes = seal(join(base, 'plain'), join(base, 'other'))
  const whole = readFileSync(join(base, 'other'))
  for (const [name, content, secret] of [
    ['altered', Buffer.concat([whole.subarray(0, 99), Buffer.from([whole[99]! ^ 1]), whole.subarray(100)]), SECRET],
    ['cut', whole.subarray(0, PIECE), SECRET],
    ['key', whole, 'AGE-SECRET-KEY-1OTHER'],
  ] as const) {
    writeFileSync(join(base, name), content)
    await assert.rejects(
      openSealedSource(join(base, name), new SealedPieces(secret, bytes), bytes),
      (error) => error instanceof AcquisitionError && error.code === 'DAMAGED',
    )
  }
})

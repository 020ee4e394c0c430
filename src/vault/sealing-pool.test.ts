import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newFileKey, openPayload } from './age-payload.ts'
import { type PayloadSource, SealingPool } from './sealing-pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'peel-sealing-'))
after(() => rmSync(folder, { recursive: true }))

const MEGABYTE = 1 << 20
let counted = 0
const place = () => join(folder, `file-${++counted}`)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** In pieces whose memory is used again, as a reader may. */
function stream(bytes: Uint8Array, more: Partial<PayloadSource> = {}): PayloadSource {
  return {
    size: bytes.length,
    async *chunks() {
      const piece = Buffer.alloc(300_000)
      for (let at = 0; at < bytes.length; at += piece.length) {
        const part = bytes.subarray(at, at + piece.length)
        piece.set(part)
        yield piece.subarray(0, part.length)
      }
    },
    close: async () => {},
    ...more,
  }
}

function local(bytes: Uint8Array): PayloadSource {
  const localPath = place()
  writeFileSync(localPath, bytes)
  return stream(bytes, { localPath })
}

async function opened(path: string, key: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of openPayload(key, createReadStream(path))) hash.update(piece)
  return hash.digest('hex')
}

test('many files are sealed at once, small and large, from the disk and from a stream, and each opens to what it was', async () => {
  const pool = new SealingPool()
  const sizes = [0, 1, 65_536, 131_072, 131_073, MEGABYTE, 3 * MEGABYTE, 3 * MEGABYTE + 17]
  await Promise.all(
    [...sizes, ...sizes].map(async (size, at) => {
      const bytes = randomBytes(size)
      const [out, key] = [place(), newFileKey()]
      const facts = await pool.seal(out, key, async () => (at < sizes.length ? stream(bytes) : local(bytes)))
      assert.equal(facts.bytes, size)
      assert.equal(Buffer.from(facts.sha256).toString('hex'), sha256(bytes))
      assert.equal(await opened(out, key), sha256(bytes))
    }),
  )
  await pool.close()
})

test('what a source throws is thrown on, nothing is left of the file, and the next one is sealed', async () => {
  const pool = new SealingPool()
  const broken = new Error('the source is broken')
  for (const size of [10, 5 * MEGABYTE]) {
    let closed = 0
    const out = place()
    const source = stream(randomBytes(size), {
      async *chunks() {
        yield new Uint8Array(5)
        throw broken
      },
      close: async () => {
        closed++
      },
    })
    await assert.rejects(
      pool.seal(out, newFileKey(), async () => source),
      broken,
    )
    assert.equal(closed, 1)
    assert.ok(!existsSync(out))
    await assert.rejects(
      pool.seal(out, newFileKey(), () => Promise.reject(broken)),
      broken,
    )
    const [next, key] = [place(), newFileKey()]
    const bytes = randomBytes(2 * MEGABYTE)
    await pool.seal(next, key, async () => stream(bytes))
    assert.equal(await opened(next, key), sha256(bytes))
  }
  await pool.close()
})

test('what a thread cannot read where it lies is read by its own reader, which says why', async () => {
  const pool = new SealingPool()
  const bytes = randomBytes(2 * MEGABYTE)
  const link = place()
  const target = local(bytes)
  symlinkSync(target.localPath as string, link)
  const shorter = local(bytes.subarray(0, MEGABYTE + 5))
  for (const localPath of [link, folder, join(folder, 'nothing'), shorter.localPath as string]) {
    const [out, key] = [place(), newFileKey()]
    let asked = 0
    const source = stream(bytes, {
      localPath,
      chunks: () => {
        asked++
        return stream(bytes).chunks()
      },
    })
    const facts = await pool.seal(out, key, async () => source)
    assert.equal(asked, 1)
    assert.equal(Buffer.from(facts.sha256).toString('hex'), sha256(bytes))
    assert.equal(await opened(out, key), sha256(bytes))
  }
  await pool.close()
})

test('where nothing can be written, it says so', async () => {
  const pool = new SealingPool()
  for (const size of [10, 2 * MEGABYTE])
    for (const source of [local(randomBytes(size)), stream(randomBytes(size))])
      await assert.rejects(
        pool.seal(join(folder, 'no', 'such', 'folder'), newFileKey(), async () => source),
        { code: 'ENOENT' },
      )
  await pool.close()
})

test('when it is abandoned, whoever waits is told, and every source is closed', async () => {
  const pool = new SealingPool()
  let open = 0
  const inside = join(folder, 'abandoned')
  const waiting = Array.from({ length: 12 }, (_, at) =>
    pool.seal(`${inside}-${at}`, newFileKey(), async () => {
      open++
      return stream(randomBytes(2 * MEGABYTE), {
        close: async () => {
          open--
        },
      })
    }),
  )
  const ended = Promise.allSettled(waiting)
  await waiting[0]
  await pool.abandon()
  assert.ok((await ended).some(({ status }) => status === 'rejected'))
  assert.equal(open, 0)
  for (const name of readdirSync(folder).filter((file) => file.startsWith('abandoned-')))
    rmSync(join(folder, name), { recursive: true })
})

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { AcquisitionError } from './errors.ts'
import { openSource } from './open.ts'

/** How a sound archive is spoilt: cut somewhere, and bytes of it changed. Places are fractions of its length. */
export interface Damage {
  readonly cut: number
  readonly changes: readonly { readonly place: number; readonly byte: number }[]
}

/** Spoils a copy of an archive. */
export function spoil(bytes: Buffer, { cut, changes }: Damage): Buffer {
  const copy = Buffer.from(bytes.subarray(0, Math.max(1, Math.ceil(bytes.length * cut))))
  for (const { place, byte } of changes) copy[Math.min(copy.length - 1, Math.floor(copy.length * place))] = byte
  return copy
}

/** Beyond this an archive of a few kilobytes counts as a hang, in milliseconds. */
const HANG = 10_000

/**
 * Holds the promise for any bytes whatever: a source whose files never yield more than their size, or an AcquisitionError.
 * Writes the bytes to `place` and opens them. Throws on anything else.
 */
export async function readsOrRefuses(bytes: Buffer, place: string, password?: string): Promise<'read' | 'refused'> {
  writeFileSync(place, bytes)
  const started = performance.now()
  try {
    const source = await openSource(place, password === undefined ? {} : { password })
    try {
      for (const file of source.files) {
        assert.ok(!file.path.startsWith('/') && !file.path.split('/').includes('..'), 'a path leads outside')
        await refusing(async () => {
          const open = await source.open(file)
          assert.ok((await open.head(10)).length <= Math.min(10, open.size))
          let size = 0
          for await (const chunk of open.chunks()) {
            size += chunk.length
            assert.ok(chunk.length <= 1 << 20 && size <= open.size, 'more than its size')
          }
          assert.equal(size, open.size, 'less than its size without an error')
        })
      }
    } finally {
      await source.close()
    }
    return 'read'
  } catch (error) {
    if (error instanceof AcquisitionError) return 'refused'
    throw error
  } finally {
    assert.ok(performance.now() - started < HANG, 'it took too long')
  }
}

async function refusing(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
  }
}

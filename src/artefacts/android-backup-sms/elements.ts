import { createInflate } from 'node:zlib'
import type { OpenFile } from '../../acquisition/index.ts'

/** What one file may come to when inflated. Android writes 1,000 messages of text to one; this is 64 KiB for each. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_COMPRESSED = 64 * 1024 * 1024
const MOST_ELEMENTS = 100_000

/**
 * Inflates (zlib, RFC 1950) and reads one array of JSON. Bounded in compressed size, inflated size and number of elements;
 * depth costs nothing, because V8 reads JSON without recursion. Throws what reading the file throws; what the bytes are not
 * is returned in words.
 */
export async function readElements(
  file: Pick<OpenFile, 'size' | 'chunks'>,
): Promise<{ readonly elements: readonly unknown[] } | { readonly damaged: string }> {
  if (file.size > MOST_COMPRESSED) return { damaged: 'larger than a file of messages can be' }
  const inflated = await inflate(file)
  if (!Buffer.isBuffer(inflated)) return inflated
  let elements: unknown
  try {
    elements = JSON.parse(inflated.toString('utf8'))
  } catch {
    return { damaged: 'not JSON' }
  }
  if (!Array.isArray(elements)) return { damaged: 'not an array' }
  if (elements.length > MOST_ELEMENTS) return { damaged: 'more messages than a file of messages can hold' }
  return { elements }
}

async function inflate(file: Pick<OpenFile, 'chunks'>): Promise<Buffer | { readonly damaged: string }> {
  const stream = createInflate()
  const pieces: Buffer[] = []
  let length = 0
  let tooLarge = false
  let failure: Error | undefined
  const ended = new Promise<void>((resolve) => {
    stream.on('data', (piece: Buffer) => {
      length += piece.length
      if (length > MOST_BYTES) {
        tooLarge = true
        stream.destroy()
      } else pieces.push(piece)
    })
    stream.on('error', (error) => {
      failure = error
    })
    stream.on('close', resolve)
  })
  for await (const chunk of file.chunks()) {
    if (stream.destroyed) break
    if (!stream.write(chunk)) await Promise.race([ended, new Promise((resolve) => stream.once('drain', resolve))])
  }
  if (!stream.destroyed) stream.end()
  await ended
  if (tooLarge) return { damaged: 'expands past the limit of 64 MiB' }
  if (failure !== undefined) return { damaged: 'not a whole zlib stream' }
  return Buffer.concat(pieces, length)
}

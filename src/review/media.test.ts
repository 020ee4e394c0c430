import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openMedia, shownType } from './media.ts'

const pad = (text: string, encoding: BufferEncoding = 'latin1') =>
  Buffer.concat([Buffer.from(text, encoding), Buffer.alloc(64)])

test('a kind is told by bytes alone; what can run code is none', () => {
  assert.equal(shownType(pad('\0\0\0\x18ftypmp42')), 'video/mp4')
  assert.equal(shownType(pad('\0\0\0\x18ftypM4A ')), 'audio/mp4')
  assert.equal(shownType(pad('OggS')), 'audio/ogg')
  assert.equal(shownType(pad('RIFF\0\0\0\0WAVE')), 'audio/wav')
  assert.equal(shownType(pad('ID3\x04')), 'audio/mpeg')
  assert.equal(shownType(pad('fLaC')), 'audio/flac')
  assert.equal(shownType(pad('#!AMR\n')), 'audio/amr')
  assert.equal(shownType(pad('#!AMR-WB\n')), 'audio/amr')
  assert.equal(shownType(pad('\x1aE\xdf\xa3')), 'video/webm')
  for (const not of [
    '<svg xmlns=',
    '<!doctype html>',
    '%PDF-1.7',
    'PK\x03\x04',
    '\0\0\0\x18ftypheic',
    'MZ',
    '#!/bin/sh',
    'GIF87',
    '#!AMRx',
  ])
    assert.equal(shownType(pad(not)), undefined, not)
})

test('a file is given in whole, in whatever pieces it comes, and one that may not be shown is left at once', async () => {
  const film = Buffer.concat([pad('\0\0\0\x18ftypmp42'), Buffer.alloc(200_000, 7)])
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 20 }), async (sizes) => {
      let ended = false
      async function* pieces() {
        try {
          for (let at = 0, n = 0; at < film.length; n++) {
            const size = sizes[n % sizes.length] as number
            yield film.subarray(at, at + size)
            at += size
          }
        } finally {
          ended = true
        }
      }
      const media = await openMedia(pieces())
      const chunks: Buffer[] = []
      for await (const chunk of media?.chunks ?? []) chunks.push(chunk)
      assert.deepEqual(Buffer.concat(chunks), film)
      assert(ended)
    }),
    { numRuns: 20 },
  )
  let read = 0
  async function* endless() {
    for (;;) {
      read += 65_536
      yield Buffer.alloc(65_536, 60)
    }
  }
  assert.equal(await openMedia(endless()), undefined)
  assert(read <= 1 << 20)
})

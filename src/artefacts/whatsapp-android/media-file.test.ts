import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ReadContext } from '../artefact.ts'
import { mediaFile, pathInSerialised } from './media-file.ts'

const PICTURE = 'Media/WhatsApp Images/IMG-20260304-WA0001.jpg'

function found(database: string, stored: string, file: string): string | undefined {
  const context: ReadContext = {
    path: database,
    file: (path) => (path === file ? { path } : undefined),
    problem: () => assert.fail(),
  }
  return mediaFile(stored, context)?.path
}

test('media is found where each kind of source keeps the shared storage', () => {
  const app = 'com.whatsapp/databases/msgstore.db'
  for (const [database, file] of [
    [`data/data/${app}`, `data/media/0/Android/media/com.whatsapp/WhatsApp/${PICTURE}`],
    [`data/data/${app}`, `sdcard/WhatsApp/${PICTURE}`],
    [`dump/data/user/10/${app}`, `dump/data/media/10/WhatsApp/${PICTURE}`],
    ['apps/com.whatsapp/db/msgstore.db', `shared/0/WhatsApp/${PICTURE}`],
    [
      'data/data/com.whatsapp.w4b/databases/msgstore.db',
      `data/media/0/Android/media/com.whatsapp.w4b/WhatsApp Business/${PICTURE}`,
    ],
    ['msgstore.db', `WhatsApp/${PICTURE}`],
    ['case/msgstore.db', `case/${PICTURE}`],
  ] as const)
    assert.equal(found(database, PICTURE, file), file)
  const whole = `/storage/emulated/0/WhatsApp/${PICTURE}`
  assert.equal(found(`data/data/${app}`, whole, `data/media/0/WhatsApp/${PICTURE}`), `data/media/0/WhatsApp/${PICTURE}`)
  assert.equal(found('msgstore.db', 'elsewhere.jpg', 'elsewhere.jpg'), undefined)
})

function serialised(path: string): Buffer {
  const text = Buffer.from(path)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([
    Buffer.from('aced0005737200', 'hex'),
    Buffer.from('t\0\x03abct'),
    length,
    text,
    Buffer.from('x'),
  ])
}

test('the path in a serialised object is read whole', () => {
  assert.equal(pathInSerialised(serialised(PICTURE)), PICTURE)
  assert.equal(
    pathInSerialised(serialised('/sdcard/WhatsApp/Media/.Statuses/a.mp4')),
    '/sdcard/WhatsApp/Media/.Statuses/a.mp4',
  )
  assert.equal(pathInSerialised(serialised('no path at all')), undefined)
  assert.equal(pathInSerialised(serialised(PICTURE).subarray(4)), undefined)
})

test('any bytes at all are looked through to an end', () => {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((tail) => Buffer.concat([Buffer.from('aced', 'hex'), tail]))
  fc.assert(
    fc.property(bytes, (given) => {
      pathInSerialised(given)
    }),
    { seed: 3, numRuns: 3_000 },
  )
  assert.equal(pathInSerialised(Buffer.concat([Buffer.from('aced', 'hex'), Buffer.alloc(1e6, 0x74)])), undefined)
})

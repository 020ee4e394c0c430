import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileSource, OpenFile } from '../../acquisition/index.ts'
import { ARTEFACTS } from '../registry.ts'
import { type KeptRecording, keptRecordings } from './kept-recordings.ts'

const SOUND = '5c2c4f52-9d6d-4c9b-8f51-3a5f0a3a7a10/phone-12/0123456789abcdef0123456789abcdef'
const AT = Date.UTC(2019, 4, 2, 9, 30)
const TOLD: KeptRecording = {
  numbers: ['+447700900123'],
  direction: 'in',
  began: [{ from: AT, to: AT + 999 }],
  durationMs: 12_360,
  name: '07700900123_1.amr',
  container: 'amr',
}

async function read(told: KeptRecording) {
  const bytes = Buffer.from(JSON.stringify(told))
  const file: OpenFile = {
    path: `${SOUND}.facts`,
    size: bytes.length,
    chunks: async function* () {
      yield bytes
    },
    head: async (length) => bytes.subarray(0, length),
    close: async () => {},
  }
  const source = { kind: 'recordings', open: async () => file } as unknown as FileSource
  const reading = await keptRecordings.read({ path: file.path }, source)
  assert.equal(reading.placed.length, 1)
  return { ...reading, found: reading.placed[0]?.found, provenance: reading.placed[0]?.provenance }
}

test('E14: a kept recording is one call with what was matched of it, and its sound beside it', async () => {
  const { found, provenance, beside, whole, problems } = await read(TOLD)
  assert.deepEqual(found, {
    kind: 'call',
    app: 'call-recording',
    time: '2019-05-02T09:30:00.000Z',
    direction: 'in',
    from: { address: '+447700900123' },
    to: [],
    duration_seconds: 12.36,
    attachments: [{ name: '07700900123_1.amr', media_type: 'audio/amr', taken: false }],
  })
  assert.deepEqual(provenance, { file: SOUND, wal: false }, 'archive, phone and recording')
  assert.deepEqual(beside, [{ path: SOUND }])
  assert.equal(whole, undefined, 'a digest of so little would tell the number to whoever tries them all')
  assert.deepEqual(problems, [])
})

test('what is not known of a call is absent: of two possible times none is chosen, and nobody called whom', async () => {
  const { direction: _, ...rest } = TOLD
  const began = [0, 3_600_000].map((later) => ({ from: AT + later, to: AT + later + 999 }))
  const { found, problems } = await read({ ...rest, began, numbers: ['+447700900123', '+447700900124'], contact: 'X' })
  assert.equal(found?.time, undefined)
  assert.equal(found?.time_raw, '2019-05-02T09:30:00.000Z or 2019-05-02T10:30:00.000Z')
  assert.deepEqual(
    found?.kind === 'call' && [found.direction, found.from, found.to],
    [undefined, undefined, [{ address: '+447700900123' }, { address: '+447700900124' }]],
    'and the name stands with neither of two numbers',
  )
  assert.deepEqual(
    problems.map(({ code, detail }) => [code, /\d/.test(detail)]),
    [['value_odd', false]],
  )
  const nothing = await read({ numbers: [], began: [], name: 'a.bin' })
  assert.deepEqual(nothing.found, {
    kind: 'call',
    app: 'call-recording',
    to: [],
    attachments: [{ name: 'a.bin', taken: false }],
  })
})

test('no phone is read with it, and no other path is such a file', () => {
  assert.ok(!ARTEFACTS.includes(keptRecordings))
  assert.ok(keptRecordings.locates(`${SOUND}.facts`))
  for (const path of [SOUND, `x/${SOUND}.facts`, `${SOUND}.facts.amr`, 'DCIM/1.facts'])
    assert.ok(!keptRecordings.locates(path), path)
})

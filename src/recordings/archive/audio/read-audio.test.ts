import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { randomFrom, SOUND_KINDS, soundFile, type SoundKind } from '../../../sample/index.ts'
import { fuzzAudio } from './audio-fuzz.fixture.ts'
import type { AudioFile } from './audio.ts'
import { readAudio } from './read-audio.ts'

const of = (bytes: Uint8Array): AudioFile => ({
  size: bytes.length,
  at: async (offset, length) => bytes.subarray(offset, offset + length),
})

const sound = (kind: SoundKind, ms: number, seed = 'sound') => soundFile(kind, ms, randomFrom(`${seed}/${kind}`))

const CONTAINERS: Readonly<Record<SoundKind, readonly [container: string, codec: string]>> = {
  amr: ['amr', 'amr-nb'],
  awb: ['amr-wb', 'amr-wb'],
  '3gp': ['3gp', 'amr-nb'],
  m4a: ['m4a', 'aac'],
  ogg: ['ogg', 'opus'],
  wav: ['wav', 'pcm'],
  flac: ['flac', 'flac'],
  mp3: ['mp3', 'mp3'],
}

for (const kind of SOUND_KINDS)
  test(`${kind}: container, codec and length are read, of a second and of an hour`, async () => {
    for (const ms of [1_000, 12_345, 3_600_000]) {
      const { bytes, durationMs } = sound(kind, ms)
      const found = await readAudio(of(bytes))
      assert.deepEqual([found?.container, found?.codec, found?.state], [...CONTAINERS[kind], 'whole'])
      assert.ok(Math.abs((found?.durationMs ?? -1) - durationMs) < 0.001, `${found?.durationMs} is not ${durationMs}`)
    }
  })

const hasProbe = spawnSync('ffprobe', ['-version']).status === 0
const mustHave = process.env['PEEL_REQUIRE_TOOLS'] === '1'

for (const kind of SOUND_KINDS)
  test(`${kind}: ffprobe finds the same length`, {
    skip: !hasProbe && !mustHave && 'ffprobe is not here',
  }, async (t) => {
    for (const ms of [1_000, 7_777, 61_000]) {
      const { bytes } = sound(kind, ms)
      const found = await readAudio(of(bytes))
      const probed = probe(t, bytes, kind)
      const tolerance = { amr: 0, awb: 0, mp3: 60 }[kind as string] ?? 50
      const theirs = kind === 'amr' || kind === 'awb' ? probed.packets * 20 : probed.seconds * 1000
      assert.ok(
        Math.abs((found?.durationMs ?? -1) - theirs) <= tolerance + 0.001,
        `${ms} ms: ${found?.durationMs} and ${theirs}`,
      )
    }
  })

/** What ffprobe says of a file, having counted its packets: lengths from headers alone were wrong by half a second. */
function probe(t: TestContext, bytes: Uint8Array, extension: string): { packets: number; seconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'peel-sound-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, `sound.${extension}`)
  writeFileSync(path, bytes)
  const words = [
    '-v',
    'error',
    '-count_packets',
    '-show_entries',
    'stream=nb_read_packets,duration:format=duration',
    '-of',
    'json',
    path,
  ]
  const run = spawnSync('ffprobe', words, { encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  assert.equal(run.stderr, '', 'ffprobe finds nothing wrong with what was made')
  const { streams, format } = JSON.parse(run.stdout) as {
    streams: { nb_read_packets: string; duration?: string }[]
    format: { duration: string }
  }
  return { packets: Number(streams[0]?.nb_read_packets), seconds: Number(streams[0]?.duration ?? format.duration) }
}

test('a real M4A has the length that ffprobe counts', {
  skip: !hasProbe && !mustHave && 'ffprobe is not here',
}, async (t) => {
  const path = new URL('../../../../../shared/testdata/call-recordings/create-test-files.m4a', import.meta.url)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    t.skip('the real data does not lie beside this checkout')
    return
  }
  const found = await readAudio(of(bytes))
  assert.deepEqual([found?.container, found?.codec, found?.state], ['m4a', 'aac', 'whole'])
  assert.ok(Math.abs((found?.durationMs ?? -1) - probe(t, bytes, 'm4a').seconds * 1000) <= 50)
})

test('a recorder that crashed left a damaged recording, not an empty one', async () => {
  const whole = sound('3gp', 10_000).bytes
  const index = whole.indexOf('moov') - 4
  assert.deepEqual(await readAudio(of(whole.subarray(0, index))), {
    container: '3gp',
    state: 'damaged',
    damage: 'no_index',
  })
  const wav = Buffer.from(sound('wav', 10_000).bytes)
  wav.writeUInt32LE(0, 40)
  assert.deepEqual(await readAudio(of(wav)), {
    container: 'wav',
    codec: 'pcm',
    durationMs: 10_000,
    state: 'damaged',
    damage: 'never_closed',
  })
})

test('every recording that was cut is damaged, wherever it was cut, and never longer than it was', async () => {
  const random = randomFrom('cuts')
  for (const kind of SOUND_KINDS) {
    const { bytes, durationMs } = sound(kind, 20_000)
    const frame = 60
    for (let n = 0; n < 40; n++) {
      const cut = 100 + random.below(bytes.length - 100 - frame)
      const found = await readAudio(of(bytes.subarray(0, cut)))
      // Where frames stand by themselves a cut between two of them looks like an end: nothing in the file says otherwise.
      const between = (kind === 'amr' || kind === 'awb' || kind === 'mp3') && found?.state === 'whole'
      assert.ok(found?.state === 'damaged' || between, `${kind} cut at ${cut} is ${found?.state}`)
      assert.ok((found.durationMs ?? 0) <= durationMs + 0.001, `${kind} cut at ${cut}: ${found.durationMs}`)
    }
  }
})

test('nothing at all is no recording, and a header without sound is empty', async () => {
  assert.equal(await readAudio(of(Buffer.alloc(0))), undefined)
  assert.equal(await readAudio(of(Buffer.from('not a sound at all'))), undefined)
  for (const kind of SOUND_KINDS) {
    if (kind === 'mp3') continue
    const found = await readAudio(of(sound(kind, 0).bytes))
    assert.equal(found?.state, 'empty', kind)
  }
})

test('bytes that can be no frame end the counting and are said', async () => {
  const { bytes } = sound('amr', 1_000)
  const spoilt = Buffer.concat([bytes, Buffer.from([0xff, 0xff, 0xff])])
  assert.deepEqual(await readAudio(of(spoilt)), {
    container: 'amr',
    codec: 'amr-nb',
    durationMs: 1_000,
    state: 'damaged',
    damage: 'not_frames',
  })
})

test('any bytes whatever give what they say of themselves, or nothing', async () => {
  await fuzzAudio({ numRuns: 1_500 })
})

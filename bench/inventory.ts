import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateX25519Identity } from 'age-encryption'
import { NAMED_RECORDERS, randomFrom, recordingName, soundFile, type SoundKind } from '../src/sample/index.ts'
import { material, place } from './material.ts'
import { type Bench, count, MB } from './shape.ts'
import { medians, once, peel } from './timed.ts'

/** A hundredth of the archive that is described: 200,000 recordings, 58 GB, 290 KB each. */
const RECORDINGS = 2_000
/** Three minutes of speech. */
const LENGTH_MS = 180_000
const KINDS: Readonly<Record<string, SoundKind>> = { amr: 'amr', m4a: 'm4a', '3gp': '3gp', mp3: 'mp3', mp4: 'm4a' }

/** The inventory of an archive of call recordings, against hashing the same files. */
export const inventory: Bench = {
  name: 'inventory',
  title: 'An archive of call recordings',
  async run({ runs, scale, note }) {
    const recordings = RECORDINGS * scale
    const folder = await material(`recordings-${recordings}`, (made) => make(made, recordings))
    const archive = join(folder, 'archive')
    note(`the inventory of ${count(recordings)} recordings`)
    const out = place('inventory')
    const { ours, theirs } = medians(runs, {
      ours: () => {
        rmSync(out, { recursive: true, force: true })
        return once(peel('recordings', 'inventory', archive, '--out', out, '--identity', join(folder, 'identity.txt')))
      },
      theirs: () => once(['sh', '-c', `find '${archive}' -type f -print0 | xargs -0 sha256sum`]),
    })
    const bytes = Number(statSync(join(folder, 'bytes')).size)
    const rate = `${Math.round(bytes / MB / ours.wall)} MB and ${Math.round(recordings / ours.wall)} files a second`
    const beside = `sha256sum of the same files: ${theirs.wall.toFixed(2)} s; ${rate}`
    const what = `inventory of ${count(recordings)} recordings, ${Math.round(bytes / MB)} MB`
    return [
      { what, value: ours.wall / theirs.wall, unit: '×', target: 1.3, beside, cost: ours },
      { what: `${what}: memory`, value: ours.peak / MB, unit: 'MB', beside: '' },
    ]
  },
}

/** `bytes` is a file with a hole, as large as the archive. */
async function make(folder: string, recordings: number): Promise<void> {
  const random = randomFrom('bench/recordings')
  let bytes = 0
  for (let n = 0; n < recordings; n++) {
    const call = {
      number: `+447700900${String(n % 1000).padStart(3, '0')}`,
      direction: random.pick(['in', 'out'] as const),
      startedAt: Date.UTC(2017, 0, 1) + n * 60_000,
    }
    const { path } = recordingName(random.pick(NAMED_RECORDERS), call, random)
    const kind = KINDS[path.slice(path.lastIndexOf('.') + 1)] ?? 'amr'
    const sound = soundFile(kind, LENGTH_MS, random).bytes
    const file = join(folder, 'archive', `SP-${String(n % 432).padStart(4, '0')}`, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, sound)
    bytes += sound.length
  }
  writeFileSync(join(folder, 'identity.txt'), await generateX25519Identity())
  writeFileSync(join(folder, 'bytes'), '')
  truncateSync(join(folder, 'bytes'), bytes)
}

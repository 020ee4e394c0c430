import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { extraction } from './authority.ts'
import { cameraRoll, fillCameraRoll } from './camera-roll.ts'
import { containerSize } from './container-size.ts'
import { material, place, samplePhone } from './material.ts'
import { type Bench, count, MB } from './shape.ts'
import { medians, once } from './timed.ts'

const BYTES = 2_000_000_000

/** Pictures and films, against hashing the same files: every byte of them has to be hashed and sealed. */
export const media: Bench = {
  name: 'media',
  title: 'Taking pictures and films',
  async run({ runs, scale, note }) {
    const bytes = BYTES * scale
    const folder = await material(`camera-roll-${bytes}`, (made) => {
      samplePhone(made, 'ios-files', 100)
      fillCameraRoll(made, bytes)
    })
    const files = cameraRoll(folder)
    // Into the page cache, for all of them alike.
    const total = files.reduce((sum, path) => sum + readFileSync(path).length, 0)
    note(`taking ${count(files.length)} pictures and films`)
    let out = ''
    const { ours, sha256sum, openssl } = medians(runs, {
      ours: () => {
        out = place('media.peel')
        return once(extraction(join(folder, 'phone'), { records: ['media_item'], attachments: true }, out))
      },
      sha256sum: () => once(['sha256sum', ...files]),
      openssl: () => once(['openssl', 'dgst', '-sha256', ...files]),
    })
    const what = `${(total / 1e9).toFixed(2)} GB of pictures and films in ${count(files.length)} files`
    const largest = Math.max(...files.map((path) => statSync(path).size))
    const size = await containerSize(`${what}, the largest of ${Math.round(largest / MB)} MB`, out)
    place('media.peel')
    return [
      {
        what,
        value: ours.wall / sha256sum.wall,
        unit: '×',
        target: 0.4,
        beside: `sha256sum of the same files: ${sha256sum.wall.toFixed(2)} s`,
        cost: ours,
      },
      {
        what: `${what}: against OpenSSL`,
        value: ours.wall / openssl.wall,
        unit: '×',
        beside: `openssl dgst -sha256: ${openssl.wall.toFixed(2)} s`,
      },
      { what: `${what}: memory`, value: ours.peak / MB, unit: 'MB', target: 300, beside: '' },
      size,
    ]
  },
}

import { pbkdf2Sync } from 'node:crypto'
import { join } from 'node:path'
import { extraction } from './authority.ts'
import { material, place, samplePhone } from './material.ts'
import { type Bench, count, type Cost, MB } from './shape.ts'
import { medians, once, peel } from './timed.ts'

/** As real phones have. */
const ROUNDS = 10_000_000
const MESSAGES = 100_000
const EVERYTHING = { records: ['message', 'call', 'contact', 'media_item'], attachments: true }

/** An encrypted backup, against the same one unencrypted and the derivation of its key alone. */
export const encryptedBackup: Bench = {
  name: 'encrypted-backup',
  title: 'Encrypted backups',
  async run({ runs, scale, note }) {
    const [messages, rounds] = [MESSAGES * scale, ROUNDS * scale]
    const plain = await material(`ios-backup-${messages}`, (made) => samplePhone(made, 'ios-backup', messages))
    const encrypted = await material(`ios-backup-encrypted-${messages}-${rounds}`, (made) =>
      samplePhone(made, 'ios-backup-encrypted', messages, rounds),
    )
    const password = join(encrypted, 'password.txt')
    note(`taking ${count(messages)} messages from a backup encrypted with ${count(rounds)} rounds`)
    const { derivation, opened, sealed, looked } = medians(runs, {
      derivation: () => derive(rounds),
      opened: () => once(extraction(join(plain, 'phone'), EVERYTHING, place('plain.peel'))),
      sealed: () => once(extraction(join(encrypted, 'phone'), EVERYTHING, place('encrypted.peel'), password)),
      looked: () => once(peel('inspect', join(encrypted, 'phone'), '--password-file', password, '--json')),
    })
    const alone = `PBKDF2 alone: ${derivation.wall.toFixed(2)} s`
    return [
      {
        what: `encrypted backup with ${count(messages)} messages, less the same one unencrypted`,
        value: (sealed.wall - opened.wall) / derivation.wall,
        unit: '×',
        target: 1.15,
        beside: `${alone}; unencrypted: ${opened.wall.toFixed(2)} s`,
        cost: sealed,
      },
      { what: 'the same: memory', value: sealed.peak / MB, unit: 'MB', target: 300, beside: '' },
      {
        what: 'inspect of it',
        value: looked.wall / derivation.wall,
        unit: '×',
        beside: alone,
        cost: looked,
      },
    ]
  },
}

/** The derivation by itself, in this process: the fastest there is. */
function derive(rounds: number): Cost {
  const used = process.cpuUsage()
  const started = performance.now()
  pbkdf2Sync('peel-sample', Buffer.alloc(20), rounds, 32, 'sha256')
  const wall = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(used)
  return { wall, cpu: (user + system) / 1e6, peak: 0 }
}

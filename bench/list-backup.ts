import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blobName, type MadeFile, makeIosBackup } from '../src/acquisition/ios-backup/ios-backup.fixture.ts'
import { material } from './material.ts'
import { type Bench, count, MB } from './shape.ts'
import { type Command, medians, once, peel } from './timed.ts'

const FILES = 200_000
/** Files share their bytes, which nobody reads here; a file system lets only so many share. */
const SHARED_BY = 30_000
const PASSWORD = 'bench'
const WHERE = [
  ['CameraRollDomain', 'Media/DCIM'],
  ['MediaDomain', 'Library/SMS/Attachments'],
  ['AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'Message/Media'],
  ['AppDomain-org.example.diary', 'Library/Caches/entries'],
] as const

/** Saying what is in a backup with many files. */
export const listBackup: Bench = {
  name: 'list-backup',
  title: 'Looking at a large backup',
  async run({ runs, scale, note }) {
    const files = FILES * scale
    const plain = await material(`backup-of-${files}`, (made) => make(made, files))
    const encrypted = await material(`encrypted-backup-of-${files}`, (made) => make(made, files, PASSWORD))
    const password = join(encrypted, 'password.txt')
    note(`listing ${count(files)} files`)
    const inspect = (folder: string, ...more: string[]): Command =>
      peel('inspect', join(folder, 'phone'), '--json', ...more)
    const costs = medians(runs, {
      plain: () => once(inspect(plain)),
      encrypted: () => once(inspect(encrypted, '--password-file', password)),
      find: () => once(['find', join(plain, 'phone'), '-type', 'f']),
    })
    const beside = `find -type f: ${costs.find.wall.toFixed(2)} s`
    const what = `inspect of a backup with ${count(files)} files`
    return [
      { what, value: costs.plain.wall, unit: 's', target: 2, beside, cost: costs.plain },
      { what: `${what}: memory`, value: costs.plain.peak / MB, unit: 'MB', beside: '' },
      {
        what: `${what}, encrypted (with 10 rounds)`,
        value: costs.encrypted.wall,
        unit: 's',
        beside,
        cost: costs.encrypted,
      },
    ]
  },
}

function make(folder: string, number: number, password?: string): void {
  const files: MadeFile[] = []
  for (let n = 0; n < number; n++) {
    const [domain, path] = WHERE[n % WHERE.length]!
    files.push({
      domain,
      path: `${path}/${100 + (n % 997)}/IMG_${String(n).padStart(6, '0')}.JPG`,
      bytes: new Uint8Array(0),
      absent: true,
    })
  }
  const phone = join(folder, 'phone')
  mkdirSync(phone)
  makeIosBackup(phone, { files, password })
  for (const [n, file] of files.entries()) {
    const id = blobName(file)
    const place = join(phone, id.slice(0, 2), id)
    mkdirSync(join(phone, id.slice(0, 2)), { recursive: true })
    const shared = join(folder, `blob-${Math.floor(n / SHARED_BY)}`)
    if (n % SHARED_BY === 0) writeFileSync(shared, '')
    linkSync(shared, place)
  }
  if (password !== undefined) writeFileSync(join(folder, 'password.txt'), password)
}

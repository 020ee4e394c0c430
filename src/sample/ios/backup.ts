import { createCipheriv, hash } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { STORY_ENDS } from '../story/calendar.ts'
import { uuid } from '../random.ts'
import type { Story } from '../story/types.ts'
import { type KeyBag, makeKeyBag } from './key-bag.ts'
import { backupFile } from './mb-file.ts'
import type { PhoneFile } from './phone.ts'
import { binaryPlist } from './plist.ts'
import { makeStore } from './store.ts'

/** Files are readable after the first unlock; the list of files too. */
const PROTECTION = 3
const FILE = 1
const FOLDER = 2
const CHUNK = 1 << 20
/** What the list says of a file that is not there, in bytes. */
const SIZE_OF_MISSING = 4096
const WHEN = new Date(STORY_ENDS)

/**
 * Lays the phone out as a backup: blobs named by SHA-1 over domain and path, a list of them, three property lists. With a
 * password the blobs and the list are encrypted, each file under a key of its own.
 */
export async function writeBackup(
  folder: string,
  story: Story,
  files: readonly PhoneFile[],
  options: { readonly making: string; readonly password?: string },
): Promise<void> {
  const bag = options.password === undefined ? undefined : await makeKeyBag(story.seed, options.password)
  const store = makeStore(options.making, {
    tables: [
      'CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB)',
      'CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB)',
    ],
  })
  const list = store.into('Files', ['fileID', 'domain', 'relativePath', 'flags', 'file'])
  for (const [domain, path] of foldersOf(files))
    list({
      fileID: idOf(domain, path),
      domain,
      relativePath: path,
      flags: FOLDER,
      file: backupFile({ path, size: 0, folder: true }),
    })
  for (const file of [...files].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const id = idOf(file.domain, file.path)
    const size = file.at === undefined ? SIZE_OF_MISSING : statSync(file.at).size
    const key = bag?.key(id)
    if (file.at !== undefined) {
      mkdirSync(join(folder, id.slice(0, 2)), { recursive: true })
      if (key) encryptFile(file.at, join(folder, id.slice(0, 2), id), key)
      else renameSync(file.at, join(folder, id.slice(0, 2), id))
    }
    const wrapped = key && bag ? { key: bag.wrap(PROTECTION, key) } : {}
    list({
      fileID: id,
      domain: file.domain,
      relativePath: file.path,
      flags: FILE,
      file: backupFile({ path: file.path, size, ...wrapped }),
    })
  }
  store.settle({
    indexes: [
      'CREATE INDEX FilesDomainIdx ON Files(domain)',
      'CREATE INDEX FilesRelativePathIdx ON Files(relativePath)',
      'CREATE INDEX FilesFlagsIdx ON Files(flags)',
    ],
  })
  store.close(false)
  const manifestKey = bag?.key('Manifest.db')
  if (manifestKey) {
    // Pages fill whole blocks: the list is not padded.
    const cipher = createCipheriv('aes-256-cbc', manifestKey, Buffer.alloc(16)).setAutoPadding(false)
    writeFileSync(
      join(folder, 'Manifest.db'),
      Buffer.concat([cipher.update(readFileSync(options.making)), cipher.final()]),
    )
  } else renameSync(options.making, join(folder, 'Manifest.db'))
  writeLists(folder, story, bag, manifestKey)
}

function nameOf({ domain, path }: PhoneFile): string {
  return `${domain}-${path}`
}

function idOf(domain: string, path: string): string {
  return hash('sha1', `${domain}-${path}`, 'hex')
}

function foldersOf(files: readonly PhoneFile[]): [domain: string, path: string][] {
  const found = new Map<string, [string, string]>()
  for (const { domain, path } of files)
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const relative = folder === '.' ? '' : folder
      found.set(`${domain}-${relative}`, [domain, relative])
      if (relative === '') break
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, folder]) => folder)
}

function encryptFile(from: string, to: string, key: Buffer): void {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
  const source = openSync(from, 'r')
  const target = openSync(to, 'w')
  const chunk = Buffer.alloc(CHUNK)
  for (let read = readSync(source, chunk); read > 0; read = readSync(source, chunk))
    writeSync(target, cipher.update(chunk.subarray(0, read)))
  writeSync(target, cipher.final())
  closeSync(source)
  closeSync(target)
}

function writeLists(folder: string, story: Story, bag: KeyBag | undefined, manifestKey: Buffer | undefined): void {
  const { device, owner, seed } = story
  const write = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes)
  write(
    'Manifest.plist',
    binaryPlist({
      Version: '10.0',
      SystemDomainsVersion: '24.0',
      Date: WHEN,
      IsEncrypted: bag !== undefined,
      WasPasscodeSet: true,
      ...(bag ? { BackupKeyBag: bag.bytes } : {}),
      ...(bag && manifestKey ? { ManifestKey: bag.wrap(PROTECTION, manifestKey) } : {}),
      Lockdown: {
        DeviceName: device.name,
        ProductType: device.model,
        ProductVersion: device.osVersion,
        SerialNumber: device.serial,
        BuildVersion: '21E236',
      },
      Applications: {},
    }),
  )
  write(
    'Info.plist',
    binaryPlist({
      'Device Name': device.name,
      'Display Name': device.name,
      'Product Type': device.model,
      'Product Name': device.camera,
      'Product Version': device.osVersion,
      'Serial Number': device.serial,
      IMEI: device.imei,
      'Phone Number': owner.number.spaced,
      GUID: uuid(seed, 'backup', 0),
      'Unique Identifier': uuid(seed, 'device', 0),
      'Last Backup Date': WHEN,
    }),
  )
  write(
    'Status.plist',
    binaryPlist({
      BackupState: 'new',
      Date: WHEN,
      IsFullBackup: true,
      SnapshotState: 'finished',
      UUID: uuid(seed, 'status', 0),
      Version: '3.3',
    }),
  )
}

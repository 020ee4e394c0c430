import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { writeBinaryPlist } from '../plist/binary-plist.fixture.ts'
import { Uid } from '../plist/value.ts'

export interface MadeFile {
  readonly domain: string
  readonly path: string
  readonly bytes: Uint8Array
  /** 1 file, 2 folder, 4 link */
  readonly flags?: number
  /** listed, and its blob left out */
  readonly absent?: true
  /** the size that the list gives, where it is not that of the bytes */
  readonly size?: number
  readonly id?: string
}

export interface MadeBackup {
  readonly files: readonly MadeFile[]
  /** encrypts it */
  readonly password?: string
  /** rounds of both derivations; the first is left out, as before iOS 10.2, where `first` is 0 */
  readonly rounds?: { readonly first: number; readonly second: number }
}

const PROTECTION_CLASS = 3

/** Writes an iOS backup into an empty folder, as iOS 10.2 and later lay it out. */
export function makeIosBackup(folder: string, { files, password, rounds }: MadeBackup): void {
  const bag = password === undefined ? undefined : makeKeyBag(password, rounds ?? { first: 10, second: 10 })
  for (const file of files) {
    const id = blobName(file)
    if (file.absent || (file.flags ?? 1) !== 1) continue
    mkdirSync(join(folder, id.slice(0, 2)), { recursive: true })
    writeFileSync(join(folder, id.slice(0, 2), id), bag ? seal(fileKey(id), file.bytes) : file.bytes)
  }
  const list = makeManifestDatabase(files, bag?.classKey)
  const manifestKey = bag && { key: randomBytes(32) }
  writeFileSync(join(folder, 'Manifest.db'), manifestKey ? seal(manifestKey.key, list) : list)
  const manifest = {
    IsEncrypted: bag !== undefined,
    Version: '10.0',
    Lockdown: { DeviceName: 'Sample', ProductVersion: '17.0' },
    ...(bag && { BackupKeyBag: bag.bytes, ManifestKey: wrapped(bag.classKey, manifestKey!.key) }),
  }
  writeFileSync(join(folder, 'Manifest.plist'), writeBinaryPlist(manifest))
  writeFileSync(
    join(folder, 'Info.plist'),
    `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
      <key>Device Name</key><string>Sample phone</string><key>Product Type</key><string>iPhone14,2</string>
      <key>Product Version</key><string>17.0</string><key>Serial Number</key><string>F2LXK0ABCD</string>
      <key>IMEI</key><string>350000000000001</string><key>IMEI 2</key><string>350000000000002</string>
      <key>Unique Identifier</key><string>0000</string></dict></plist>`,
  )
}

export function blobName({ domain, path, id }: MadeFile): string {
  return id ?? createHash('sha1').update(`${domain}-${path}`).digest('hex')
}

function makeManifestDatabase(files: readonly MadeFile[], classKey: Buffer | undefined): Buffer {
  const database = new Database(':memory:')
  database.exec(`
    CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
    CREATE INDEX FilesDomainIdx ON Files(domain);
    CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
    CREATE INDEX FilesFlagsIdx ON Files(flags);
    CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);`)
  const insert = database.prepare('INSERT INTO Files VALUES (?, ?, ?, ?, ?)')
  for (const file of files) {
    const id = blobName(file)
    insert.run(id, file.domain, file.path, file.flags ?? 1, makeMbFile(file, id, classKey))
  }
  const image = database.serialize()
  database.close()
  return image
}

/** What the list's `file` column holds: an archived MBFile. */
function makeMbFile(file: MadeFile, id: string, classKey: Buffer | undefined): Buffer {
  return writeBinaryPlist({
    $version: 100_000,
    $archiver: 'NSKeyedArchiver',
    $top: { root: new Uid(1) },
    $objects: [
      '$null',
      {
        $class: new Uid(3),
        RelativePath: new Uid(2),
        Size: file.size ?? file.bytes.length,
        Mode: 33_188,
        ProtectionClass: PROTECTION_CLASS,
        ...(classKey && { EncryptionKey: new Uid(4) }),
      },
      file.path,
      { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] },
      ...(classKey ? [{ $class: new Uid(5), 'NS.data': wrapped(classKey, fileKey(id)) }] : []),
      { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] },
    ],
  })
}

/** Keys are made from names, so that two runs write the same blobs. */
function fileKey(id: string): Buffer {
  return createHash('sha256').update(`key of ${id}`).digest()
}

export function makeKeyBag(
  password: string,
  rounds: { first: number; second: number },
): { bytes: Buffer; classKey: Buffer } {
  const [salt, firstSalt, classKey] = [randomBytes(20), randomBytes(20), randomBytes(32)]
  const secret = rounds.first > 0 ? pbkdf2Sync(password, firstSalt, rounds.first, 32, 'sha256') : Buffer.from(password)
  const key = pbkdf2Sync(secret, salt, rounds.second, 32, 'sha1')
  const field = (tag: string, value: Buffer | number) => {
    const bytes = typeof value === 'number' ? wide(value) : value
    return Buffer.concat([Buffer.from(tag, 'latin1'), wide(bytes.length), bytes])
  }
  const bytes = Buffer.concat([
    field('VERS', 5),
    field('TYPE', 1),
    field('UUID', randomBytes(16)),
    field('HMCK', randomBytes(40)),
    field('WRAP', 1),
    field('SALT', salt),
    field('ITER', rounds.second),
    ...(rounds.first > 0 ? [field('DPWT', 1), field('DPIC', rounds.first), field('DPSL', firstSalt)] : []),
    field('UUID', randomBytes(16)),
    field('CLAS', 11),
    field('WRAP', 1),
    field('KTYP', 0),
    field('WPKY', randomBytes(40)),
    field('UUID', randomBytes(16)),
    field('CLAS', PROTECTION_CLASS),
    field('WRAP', 2),
    field('KTYP', 0),
    field('WPKY', wrap(key, classKey)),
  ])
  return { bytes, classKey }
}

function wrapped(classKey: Buffer, key: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(PROTECTION_CLASS)
  return Buffer.concat([head, wrap(classKey, key)])
}

function wrap(by: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', by, Buffer.alloc(8, 0xa6))
  return Buffer.concat([cipher.update(key), cipher.final()])
}

function seal(key: Buffer, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

function wide(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import Database from 'better-sqlite3-multiple-ciphers'
import { ContainerReader } from '../../src/vault/index.ts'
import { plaintextPages } from '../container-bytes.ts'

/** The words of a container's full-text index. Its pages hold them cut short, so that looking at bytes is not enough. */
export async function indexedWords(dir: string, identity: string): Promise<string[]> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const text = await decrypter.decrypt(readFileSync(join(dir, 'key.age')), 'text')
  const database = new Database(join(dir, 'records.db'), { readonly: true })
  try {
    database.pragma("cipher = 'sqlcipher'")
    database.pragma('legacy = 4')
    database.pragma('legacy_page_size = 4096')
    database.pragma('hmac_algorithm = 0')
    database.pragma('kdf_algorithm = 0')
    database.pragma(`key = "x'${/raw key: ([0-9a-f]{64})/.exec(text)?.[1]}'"`)
    database.exec('CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, record_words, row)')
    return database.prepare('SELECT term FROM temp.word').pluck().all() as string[]
  } finally {
    database.close()
  }
}

/** Everything that an extraction left anywhere, in plaintext and lower case, as latin1 of UTF-8: by where it stands. */
export async function everythingKept(
  dir: string,
  identity: string,
  temporary: string,
): Promise<Readonly<Record<string, string>>> {
  const lower = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').toLowerCase()
  const envelope = readFileSync(join(dir, 'manifest.dsse.json'), 'utf8')
  const { payload } = JSON.parse(envelope) as { payload: string }
  const reader = await ContainerReader.open(dir, [identity])
  const payloads: Buffer[] = []
  try {
    for (const { sha256 } of reader.payloads())
      payloads.push(...(await Array.fromAsync(reader.payload(Buffer.from(sha256).toString('hex')))))
  } finally {
    reader.close()
  }
  const files = (folder: string) => globSync('**', { cwd: folder })
  const bytesOf = (folder: string) =>
    globSync('**', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  return {
    'the pages of the database, free ones too': lower(await plaintextPages(dir, identity)),
    'the full-text index': lower(Buffer.from((await indexedWords(dir, identity)).join('\n'))),
    'the manifest': lower(Buffer.from(payload, 'base64')),
    'the files taken': lower(Buffer.concat(payloads)),
    'the container as it lies on the disk': lower(Buffer.concat([...bytesOf(dir), Buffer.from(files(dir).join('\n'))])),
    'the temporary folder': lower(Buffer.concat([...bytesOf(temporary), Buffer.from(files(temporary).join('\n'))])),
    'shared memory': sharedMemory(),
  }
}

function sharedMemory(): string {
  try {
    return readdirSync('/dev/shm')
      .filter((name) => name.startsWith('peel'))
      .join('\n')
  } catch {
    return ''
  }
}

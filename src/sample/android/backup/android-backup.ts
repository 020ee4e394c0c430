/**
 * Writes an Android backup (`phone.ab`): the apps' data as `adb backup -all -shared` would bring it out. Knows the layout of
 * the archive (AOSP FullBackup: `db/`, `f/`, `d_f/` …, `shared/0/`). Does not know how anything here is read.
 * Invariant: the same story and password give the same bytes, and `truth` gets each record that those bytes mean once.
 */
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Pack, pack } from 'tar-stream'
import { fileBytes } from '../../media/file-bytes.ts'
import type { Story } from '../../story/types.ts'
import type { Truth } from '../../truth.ts'
import { CAMERA, thumbnails } from '../android-files.ts'
import { cameraRecord } from '../camera-roll.ts'
import { writeDecoy } from '../decoys.ts'
import { CONTACTS, DATABASES, TELEPHONY, writeMessages, writePeople } from '../phone-databases.ts'
import { collectFiles } from '../phone-files.ts'
import { beforePseudonyms } from '../whatsapp/old-story.ts'
import { type Secret, writeContainer } from './container.ts'
import { makeTelephonyBackup } from './telephony-backup.ts'

const SHARED = 'data/media/0/'
/** 2026-05-04T09:00:00Z: when every file of the archive was written last. */
const WRITTEN = new Date(1_777_885_200_000)

/**
 * Writes the backup to `path`; with a password, encrypted. The databases are made in a folder beside it, which is removed:
 * they can be larger than memory, and nothing in them is anybody's.
 */
export async function writeAndroidBackup(
  told: Story,
  path: string,
  truth: Truth,
  secret?: Pick<Secret, 'password' | 'rounds'>,
): Promise<void> {
  const story = told.oldWhatsapp ? beforePseudonyms(told) : told
  const making = mkdtempSync(join(dirname(path), '.making-'))
  try {
    const tar = pack()
    const written = writeContainer(path, tar as never, secret && { ...secret, seed: story.seed })
    await Promise.all([fill(tar, story, making, truth), written])
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

async function fill(tar: Pack, story: Story, making: string, truth: Truth): Promise<void> {
  const files = collectFiles(story.seed)
  const messages: string[] = []
  const photos = writePeople(making, story, truth)
  const telephony = makeTelephonyBackup(story, (name, bytes) => {
    writeFileSync(join(making, name), bytes)
    messages.push(name)
  })
  writeMessages(making, story, files, truth, telephony)

  for (const app of new Set(DATABASES.map(([name]) => name))) {
    await put(tar, `apps/${app}/_manifest`, manifest(app))
    for (const [, name] of DATABASES.filter(([owner]) => owner === app)) {
      if (app === TELEPHONY) continue
      const place = join(making, app, 'databases', name)
      await stream(tar, `apps/${app}/db/${name}`, place)
      await stream(tar, `apps/${app}/db/${name}-wal`, `${place}-wal`)
    }
    if (app === TELEPHONY) for (const name of messages) await stream(tar, `apps/${app}/d_f/${name}`, join(making, name))
    if (app === CONTACTS)
      for (const photo of photos) await put(tar, `apps/${app}/${photo.path.replace(/^files/, 'f')}`, photo.bytes)
  }
  for (const decoy of story.decoys) {
    const [, , app = '', , name = ''] = decoy.android.split('/')
    const place = join(making, name)
    writeDecoy(place, decoy)
    await put(tar, `apps/${app}/_manifest`, manifest(app))
    await stream(tar, `apps/${app}/db/${name}`, place)
    await stream(tar, `apps/${app}/db/${name}-wal`, `${place}-wal`)
  }
  const shared = (file: string) => `shared/0/${file.slice(SHARED.length)}`
  for (const file of story.camera) {
    const bytes = fileBytes(file, story.seed)
    await put(tar, shared(`${CAMERA}/${file.name}`), bytes)
    truth.add(cameraRecord(file, bytes))
  }
  for (const [file, bytes] of thumbnails(story)) await put(tar, shared(file), bytes)
  for (const [file, content] of files.entries()) await put(tar, shared(file), fileBytes(content, story.seed))
  tar.finalize()
}

function manifest(app: string): string {
  // Manifest version, package, version of the package and of Android, installer, whether the package is in here, signatures.
  return ['1', app, '34', '34', '', '0', '0', ''].join('\n')
}

const header = (name: string, size: number) => ({ name, size, mode: 0o600, uid: 1000, gid: 1000, mtime: WRITTEN })

function put(tar: Pack, name: string, content: Uint8Array | string): Promise<void> {
  const bytes = Buffer.from(content)
  return new Promise((resolve, reject) => {
    tar.entry(header(name, bytes.length), bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function stream(tar: Pack, name: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = tar.entry(header(name, statSync(path).size), (error) => (error ? reject(error) : resolve()))
    createReadStream(path).on('error', reject).pipe(entry)
  })
}

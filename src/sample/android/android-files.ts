/**
 * Writes the copy of an Android phone's file system, as a root shell and tar would bring it out: databases with their
 * write-ahead logs, MMS parts, WhatsApp's media, the camera roll, and other apps that nobody may open. Knows where Android
 * puts what and how its apps write it. Does not know the story's meaning, or how anything here is read.
 * Invariant: the same story gives the same bytes, and `truth` gets each record that those bytes mean once.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import type { Story } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { cameraRecord } from './camera-roll.ts'
import { writeDecoy } from './decoys.ts'
import { CONTACTS, writeMessages, writePeople } from './phone-databases.ts'
import { collectFiles } from './phone-files.ts'
import { beforePseudonyms } from './whatsapp/old-story.ts'

/** Where the camera puts pictures, and where the gallery keeps small copies of them. */
export const CAMERA = 'data/media/0/DCIM/Camera'
const THUMBNAILS = 'data/media/0/DCIM/.thumbnails'

/** Writes the phone into `folder`, which is made. One pass over the messages; memory does not grow with them. */
export function writeAndroidFiles(told: Story, folder: string, truth: Truth): void {
  const story = told.oldWhatsapp ? beforePseudonyms(told) : told
  const write = (path: string, bytes: Uint8Array | string) => {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, bytes)
  }
  const files = collectFiles(story.seed)
  const data = join(folder, 'data', 'data')
  write('system/build.prop', buildProperties(story))
  for (const { path, bytes } of writePeople(data, story, truth)) write(`data/data/${CONTACTS}/${path}`, bytes)
  writeMessages(data, story, files, truth)
  for (const [path, file] of files.entries()) write(path, fileBytes(file, story.seed))
  for (const file of story.camera) {
    const bytes = fileBytes(file, story.seed)
    write(`${CAMERA}/${file.name}`, bytes)
    truth.add(cameraRecord(file, bytes))
  }
  for (const [path, bytes] of thumbnails(story)) write(path, bytes)
  for (const decoy of story.decoys) {
    const place = join(folder, decoy.android)
    mkdirSync(dirname(place), { recursive: true })
    rmSync(place, { force: true })
    writeDecoy(place, decoy)
  }
}

/** Small copies of pictures, one of them with a word in it that may never come out. */
export function thumbnails(story: Story): readonly (readonly [path: string, bytes: Buffer])[] {
  const [word] = [...story.files.values()].flatMap(({ thumbnail }) => thumbnail ?? [])
  return story.camera
    .filter(({ type }) => type.startsWith('image/'))
    .slice(0, 3)
    .map((file, at) => [`${THUMBNAILS}/${1_000_000 + at}.jpg`, thumbnailBytes(file, word ?? '', story.seed)])
}

function buildProperties({ device }: Story): string {
  const properties = {
    'ro.build.version.release': device.osVersion,
    'ro.build.version.sdk': '34',
    'ro.build.version.security_patch': '2026-04-01',
    'ro.product.brand': device.maker,
    'ro.product.manufacturer': device.maker,
    'ro.product.model': device.model,
    'ro.product.locale': 'en-GB',
    'ro.serialno': device.serial,
  }
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}`)
  return `# begin common build properties\n${lines.join('\n')}\n# end common build properties\n`
}

import type { SourceFile } from '../../acquisition/index.ts'
import type { ReadContext } from '../artefact.ts'

/**
 * Finds the file behind a media path of msgstore.db. The path starts at `Media/` in the app's folder on the shared storage,
 * or is a whole path of the phone that holds such a part; the shared storage lies beside `data/` of the same user, or in
 * `shared/` of an Android backup.
 */
export function mediaFile(stored: string, context: ReadContext): SourceFile | undefined {
  const tail = /(?:^|\/)(Media\/.+)$/.exec(stored)?.[1]
  if (tail === undefined || stored.length > 4096) return undefined
  for (const root of rootsOf(context.path)) {
    const file = context.file(`${root}${tail}`)
    if (file !== undefined) return file
  }
  return undefined
}

function rootsOf(database: string): string[] {
  const business = /(^|\/)com\.whatsapp\.w4b\//.test(database)
  const app = business ? 'com.whatsapp.w4b' : 'com.whatsapp'
  const name = business ? 'WhatsApp Business' : 'WhatsApp'
  const folders = [`Android/media/${app}/${name}/`, `${name}/`]
  const onPhone = /^(|.*?\/)data\/(?:data|user\/(\d+))\//.exec(database)
  const inBackup = /^(|.*?\/)apps\//.exec(database)
  const beside = database.slice(0, database.lastIndexOf('/') + 1)
  const root = onPhone?.[1] ?? inBackup?.[1] ?? ''
  const user = onPhone?.[2] ?? '0'
  const storages = [
    `${root}data/media/${user}/`,
    `${root}storage/emulated/${user}/`,
    `${root}sdcard/`,
    `${root}mnt/sdcard/`,
    `${root}shared/${user}/`,
    root,
  ]
  return [...storages.flatMap((storage) => folders.map((folder) => `${storage}${folder}`)), beside]
}

/** Most bytes of a serialised object that are looked through for a path. */
export const SERIALISED_BYTES = 8_192

/**
 * The path in a serialised `com.whatsapp.MediaData`, which old versions keep in `messages.thumb_image`: a string of Java's
 * object stream (JOSS 6.4.2: TC_STRING, two bytes of length, modified UTF-8) that ends in a path under `Media/`.
 */
export function pathInSerialised(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SERIALISED_BYTES))
  if (buffer.length < 4 || buffer.readUInt16BE(0) !== 0xaced) return undefined
  for (let at = buffer.indexOf(0x74); at !== -1 && at + 3 <= buffer.length; at = buffer.indexOf(0x74, at + 1)) {
    const length = buffer.readUInt16BE(at + 1)
    if (length < 7 || length > 1_024 || at + 3 + length > buffer.length) continue
    const text = buffer.toString('utf8', at + 3, at + 3 + length)
    if (/(?:^|\/)Media\/[^\0\n]+\.[A-Za-z0-9]{1,8}$/.test(text)) return text
  }
  return undefined
}

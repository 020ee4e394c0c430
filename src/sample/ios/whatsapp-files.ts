import type { Attachment } from '../../records/index.ts'
import { digest, fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import { uuid } from '../random.ts'
import type { Story, StoryFile } from '../story/types.ts'
import { type Phone, WHATSAPP } from './phone.ts'

export interface WhatsAppFile {
  /** as ZWAMEDIAITEM has it: below `Message/` beside the database */
  readonly path: string
  readonly thumbnail: string
  readonly found: Attachment
}

/** Puts files beside `ChatStorage.sqlite`: each once for every conversation it was sent in, under a name of WhatsApp's. */
export class WhatsAppFiles {
  readonly #story: Story
  readonly #phone: Phone
  readonly #bytes = new Map<string, Buffer>()
  readonly #made = new Map<string, WhatsAppFile>()

  constructor(story: Story, phone: Phone) {
    this.#story = story
    this.#phone = phone
  }

  /** A file of the story as it was sent in the conversation `jid`. */
  send(id: string, jid: string): WhatsAppFile {
    const key = `${jid}/${id}`
    const made = this.#made.get(key) ?? this.#make(id, jid, key)
    this.#made.set(key, made)
    return made
  }

  #make(id: string, jid: string, key: string): WhatsAppFile {
    const { seed, files } = this.#story
    const file = files.get(id) as StoryFile
    const bytes = this.#bytes.get(id) ?? fileBytes(file, seed)
    this.#bytes.set(id, bytes)
    const stem = uuid(seed, key, 0).toLowerCase()
    const name = `${stem}${file.name.slice(file.name.lastIndexOf('.'))}`
    const folder = `Media/${jid}/${stem[0]}/${stem[1]}`
    const path = `${folder}/${name}`
    const thumbnail = `${folder}/${stem}.thumb`
    const shown = { name, media_type: file.type, bytes: bytes.length }
    if (file.missing) {
      this.#phone.missing(WHATSAPP, `Message/${path}`)
      return { path, thumbnail, found: { ...shown, taken: false } }
    }
    this.#phone.add(WHATSAPP, `Message/${path}`, bytes)
    if (file.thumbnail !== undefined)
      this.#phone.add(WHATSAPP, `Message/${thumbnail}`, thumbnailBytes(file, file.thumbnail, seed))
    return { path, thumbnail, found: { ...shown, sha256: digest(bytes), taken: true } }
  }
}

import type { Attachment } from '../../records/index.ts'
import { digest, fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import { uuid } from '../random.ts'
import { NEVER } from '../story/never-words.ts'
import type { Story, StoryFile } from '../story/types.ts'
import { appleSeconds } from './apple-time.ts'
import { MEDIA, type Phone } from './phone.ts'
import type { Insert, Store } from './store.ts'

export interface Attached {
  /** row of `attachment` */
  readonly row: number
  readonly found: Attachment
}

const FINISHED = 5
const TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'public.jpeg',
  'video/mp4': 'public.mpeg-4',
  'audio/mp4': 'public.mpeg-4-audio',
}
const COLUMNS = [
  'guid',
  'created_date',
  'start_date',
  'filename',
  'uti',
  'mime_type',
  'transfer_state',
  'is_outgoing',
  'transfer_name',
  'total_bytes',
  'hide_attachment',
  'original_guid',
] as const

/** Writes `attachment` and the files behind it. */
export class MessageFiles {
  readonly #story: Story
  readonly #phone: Phone
  readonly #insert: Insert<(typeof COLUMNS)[number]>
  readonly #attached = new Map<string, Attached>()

  constructor(store: Store, story: Story, phone: Phone) {
    this.#story = story
    this.#phone = phone
    this.#insert = store.into('attachment', COLUMNS, { transfer_state: FINISHED, is_outgoing: 0, hide_attachment: 0 })
  }

  /** The row of a file, made when it is first attached: what is attached twice has one row and two joins. */
  attach(id: string, mine: boolean, at: number): Attached {
    const known = this.#attached.get(id)
    if (known) return known
    const file = this.#story.files.get(id) as StoryFile
    const bytes = fileBytes(file, this.#story.seed)
    const nth = this.#attached.size
    const guid = uuid(this.#story.seed, 'attachment', nth)
    const path = pathOf(guid, nth, file.name)
    const row = this.#insert({
      guid,
      created_date: appleSeconds(at),
      start_date: appleSeconds(at),
      filename: `~/${path}`,
      uti: TYPES[file.type] ?? 'public.data',
      mime_type: file.type,
      transfer_state: file.missing ? 0 : FINISHED,
      is_outgoing: mine ? 1 : 0,
      transfer_name: file.name,
      total_bytes: bytes.length,
      original_guid: guid,
    })
    if (file.missing) this.#phone.missing(MEDIA, path)
    else this.#phone.add(MEDIA, path, bytes)
    const shown = { name: file.name, media_type: file.type, bytes: bytes.length }
    const found = file.missing ? { ...shown, taken: false } : { ...shown, sha256: digest(bytes), taken: true }
    const attached = { row, found }
    this.#attached.set(id, attached)
    return attached
  }

  /** The picture of a link, as a row of `attachment`: nobody sent it, the phone fetched it. */
  preview(n: number, at: number): number {
    const guid = uuid(this.#story.seed, 'preview', n)
    const name = `${guid}.pluginPayloadAttachment`
    const path = pathOf(guid, 0, name)
    const bytes = thumbnailBytes({ id: 'preview', scene: 'document' }, NEVER.previewInMessages, this.#story.seed)
    this.#phone.add(MEDIA, path, bytes)
    return this.#insert({
      guid,
      created_date: appleSeconds(at),
      start_date: appleSeconds(at),
      filename: `~/${path}`,
      uti: 'dyn.age81a5dzq7y066dbtf0g82peqf4hk2pdrf0g8',
      transfer_name: name,
      total_bytes: bytes.length,
      hide_attachment: 1,
      original_guid: guid,
    })
  }
}

function pathOf(guid: string, nth: number, name: string): string {
  return `Library/SMS/Attachments/${guid.slice(0, 2).toLowerCase()}/${String(nth % 16).padStart(2, '0')}/${guid}/${name}`
}

import type { SqliteReader } from '../../acquisition/index.ts'
import type { Columns } from '../whatsapp/columns.ts'
import { numberOf } from '../whatsapp/values.ts'

/** What a row of ZWAMEDIAITEM says, as it stands. */
export interface MediaItem {
  readonly path: unknown
  readonly title: unknown
  readonly bytes: unknown
  /** a media type; on contact cards the card */
  readonly card: unknown
  readonly lat: unknown
  readonly lon: unknown
  /** its start: the id of an answered message stands before what is quoted */
  readonly metadata: unknown
}

const METADATA_BYTES = 512
const CARD_CHARACTERS = 65_536

/** The media items of a ChatStorage.sqlite, each asked for by the message that has it. */
export class MediaItems {
  readonly #ask: () => { get(row: number): MediaItem | undefined }
  #statement: { get(row: number): MediaItem | undefined } | undefined
  #last: readonly [row: number, item: MediaItem | undefined] | undefined

  constructor(database: SqliteReader, columns: Columns) {
    const d = (column: string) => columns.of('ZWAMEDIAITEM', 'd', column)
    this.#ask = () =>
      database.prepare<MediaItem>(
        `SELECT ${d('ZMEDIALOCALPATH')} AS path, ${d('ZTITLE')} AS title, ${d('ZFILESIZE')} AS bytes,
         substr(${d('ZVCARDSTRING')}, 1, ${CARD_CHARACTERS}) AS card, ${d('ZLATITUDE')} AS lat, ${d('ZLONGITUDE')} AS lon,
         substr(${d('ZMETADATA')}, 1, ${METADATA_BYTES}) AS metadata FROM ZWAMEDIAITEM d WHERE d.Z_PK = ?`,
      )
  }

  /** The item with this key; undefined where the message has none or it is gone. */
  of(key: unknown): MediaItem | undefined {
    const row = numberOf(key)
    if (row === undefined) return undefined
    if (this.#last?.[0] === row) return this.#last[1]
    this.#statement ??= this.#ask()
    const item = this.#statement.get(row)
    this.#last = [row, item]
    return item
  }
}

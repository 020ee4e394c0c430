import { RECORD_KINDS, type RecordKind } from '../records/index.ts'

/** Which records are asked for. Absent conditions do not limit. */
export interface Filter {
  readonly kind?: RecordKind
  readonly app?: string
  /** number of a conversation, as the catalogue gives it */
  readonly thread?: number
  /** number of a person, as the catalogue gives it */
  readonly party?: number
  /** milliseconds since 1970, inclusive */
  readonly fromMs?: number
  /** exclusive */
  readonly toMs?: number
  readonly tag?: string
  /** only what has a file that was taken with it */
  readonly media?: true
  /** only what has a place */
  readonly place?: true
}

/** Stands for the time of a record without one: after all others, as in a report. */
export const NO_TIME = 9_007_199_254_740_991

/** Where the records of a compartment are, as `i`, and which of those are its own: 0 is what was not set apart. The parameter `@lane` is its number. */
export function laneOf(lane: number): { readonly items: 'item' | 'apart'; readonly is: string } {
  return lane === 0
    ? { items: 'item', is: 'i.seq NOT IN (SELECT seq FROM apart)' }
    : { items: 'apart', is: 'i.lane = @lane' }
}

/** A filter as conditions over `items i`, and what stands for their parameters. */
export function conditions(
  filter: Filter,
  lane: number,
  appNumber: (app: string) => number,
): {
  readonly items: 'item' | 'apart'
  readonly where: string
  readonly values: Readonly<Record<string, number | string>>
} {
  const { kind, app, thread, party, fromMs, toMs, tag, media, place } = filter
  const { items, is } = laneOf(lane)
  const values: Record<string, number | string> = { lane }
  const where = [is]
  const hold = (condition: string, name: string, value: number | string | undefined) => {
    if (value === undefined) return
    where.push(condition)
    values[name] = value
  }
  hold('i.thread = @thread', 'thread', thread)
  hold('i.kind = @kind', 'kind', kind && RECORD_KINDS.indexOf(kind))
  hold('i.app = @app', 'app', app === undefined ? undefined : appNumber(app))
  hold('i.seq IN (SELECT seq FROM item_party WHERE party = @party)', 'party', party)
  hold('i.at >= @from', 'from', fromMs)
  hold('i.at < @to', 'to', toMs)
  hold('i.seq IN (SELECT seq FROM item_tag WHERE tag = @tag)', 'tag', tag)
  if (media) where.push('i.media = 1')
  if (place) where.push('i.place = 1')
  return { items, where: where.join(' AND '), values }
}

/** The index that serves a filter best: what is narrowest first. */
export function indexFor({ thread, kind, media, place }: Filter): string {
  if (thread !== undefined) return 'item_thread'
  if (media) return 'item_media'
  if (place) return 'item_place'
  return kind === undefined ? 'item_at' : 'item_kind'
}

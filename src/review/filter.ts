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

/** A filter as conditions over `item i`, and what stands for their parameters. `laneNumber` is a compartment's. */
export function conditions(
  filter: Filter,
  laneNumber: number,
  appNumber: (app: string) => number,
): { readonly where: string; readonly values: Readonly<Record<string, number | string>> } {
  const { kind, app, thread, party, fromMs, toMs, tag, media, place } = filter
  const values: Record<string, number | string> = { lane: laneNumber }
  const where = ['i.lane = @lane']
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
  if (place) where.push('i.lat IS NOT NULL')
  return { where: where.join(' AND '), values }
}

/** The index that serves a filter best: what is narrowest first. */
export function indexFor({ thread, kind, media, place }: Filter): string {
  if (thread !== undefined) return 'item_thread'
  if (media) return 'item_media'
  if (place) return 'item_place'
  return kind === undefined ? 'item_at' : 'item_kind'
}

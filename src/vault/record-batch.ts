import type { SealedRecord } from './records-writer.ts'

/**
 * Many records as few values: what crosses between threads is copied value by value, and a million small objects cost more to
 * copy than to seal. Neither canonical JSON nor folded words can hold a line feed, so a line feed parts them.
 */
export interface RecordBatch {
  readonly json: string
  readonly words: string
  readonly ids: string
  /** `<kind> <app>` */
  readonly sorts: string
  /** milliseconds since 1970, NaN where there is no time; then 1 for context */
  readonly numbers: Float64Array
}

/** Packs records. `unpack` is the inverse. */
export function pack(records: readonly SealedRecord[]): RecordBatch {
  const numbers = new Float64Array(records.length * 2)
  let json = ''
  let words = ''
  let ids = ''
  let sorts = ''
  records.forEach((record, at) => {
    const end = at === 0 ? '' : '\n'
    json += end + record.json
    words += end + record.words
    ids += end + record.id
    sorts += `${end}${record.kind} ${record.app}`
    numbers[at * 2] = record.timeMs ?? Number.NaN
    numbers[at * 2 + 1] = record.context ? 1 : 0
  })
  return { json, words, ids, sorts, numbers }
}

/** Yields the records of a batch, in their order. */
export function* unpack(batch: RecordBatch): Generator<SealedRecord> {
  const json = batch.json.split('\n')
  const words = batch.words.split('\n')
  const ids = batch.ids.split('\n')
  const sorts = batch.sorts.split('\n')
  for (let at = 0; at * 2 < batch.numbers.length; at++) {
    const sort = sorts[at] ?? ''
    const space = sort.indexOf(' ')
    const timeMs = batch.numbers[at * 2] ?? Number.NaN
    yield {
      id: ids[at] ?? '',
      kind: sort.slice(0, space),
      app: sort.slice(space + 1),
      timeMs: Number.isNaN(timeMs) ? undefined : timeMs,
      context: batch.numbers[at * 2 + 1] === 1,
      json: json[at] ?? '',
      words: words[at] ?? '',
    }
  }
}

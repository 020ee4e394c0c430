import type { PeelRecord } from '../records/index.ts'
import type { ContainerReader, StoredRecord } from '../vault/index.ts'

/** What stands before and after a message that was found, in the order of time. */
export interface Beside {
  readonly before: readonly PeelRecord[]
  readonly after: readonly PeelRecord[]
}

interface Place {
  readonly seq: number
  readonly time: number
}

/**
 * Finds for each message the messages either side of it that were taken of the same conversation, by time. Goes through the
 * container twice, and holds of a conversation only where its messages stand.
 */
export function besideEach(
  reader: ContainerReader,
  found: readonly StoredRecord[],
  reach: number,
): ReadonlyMap<number, Beside> {
  const beside = new Map<number, Beside>()
  const keys = new Map(found.flatMap(({ seq, json }) => keyed(seq, JSON.parse(json) as PeelRecord)))
  if (reach === 0 || keys.size === 0) return beside
  const conversations = placesIn(reader, new Set(keys.values()))
  const around = new Map<number, { before: number[]; after: number[] }>()
  for (const [seq, key] of keys) {
    const places = conversations.get(key) ?? []
    const at = places.findIndex((place) => place.seq === seq)
    if (at === -1) continue
    const seqs = (from: number, to: number) => places.slice(Math.max(0, from), to).map((place) => place.seq)
    around.set(seq, { before: seqs(at - reach, at), after: seqs(at + 1, at + 1 + reach) })
  }
  const records = recordsOf(reader, new Set([...around.values()].flatMap(({ before, after }) => [...before, ...after])))
  const read = (seqs: readonly number[]) => seqs.flatMap((seq) => records.get(seq) ?? [])
  for (const [seq, { before, after }] of around) beside.set(seq, { before: read(before), after: read(after) })
  return beside
}

function keyed(seq: number, record: PeelRecord): [number, string][] {
  if (record.kind !== 'message' || record.thread === undefined || record.time === undefined) return []
  return [[seq, `${record.app}\n${record.provenance.file}\n${record.thread}`]]
}

function placesIn(reader: ContainerReader, wanted: ReadonlySet<string>): Map<string, Place[]> {
  const conversations = new Map<string, Place[]>()
  for (const { seq, json } of reader.records({ kind: 'message' })) {
    const record = JSON.parse(json) as PeelRecord
    for (const [, key] of keyed(seq, record)) {
      if (!wanted.has(key)) continue
      const places = conversations.get(key) ?? []
      conversations.set(key, places)
      places.push({ seq, time: Date.parse(record.time ?? '') })
    }
  }
  for (const places of conversations.values()) places.sort((a, b) => a.time - b.time || a.seq - b.seq)
  return conversations
}

function recordsOf(reader: ContainerReader, wanted: ReadonlySet<number>): Map<number, PeelRecord> {
  const records = new Map<number, PeelRecord>()
  for (const { seq, json } of reader.records({ kind: 'message' }))
    if (wanted.has(seq)) records.set(seq, JSON.parse(json) as PeelRecord)
  return records
}

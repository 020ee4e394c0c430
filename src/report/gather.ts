import type { SignedManifest } from '../extraction/index.ts'
import { type PeelRecord, person, RECORD_KINDS, type RecordKind } from '../records/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import { Conversation } from './conversation.ts'

/** More records than this are counted and not shown. */
export const SHOWN_AT_MOST = 5000

/** What one pass over a container finds. */
export interface Gathered {
  /** records that are shown, by kind, earliest first, those without a time last */
  readonly shown: ReadonlyMap<RecordKind, readonly PeelRecord[]>
  readonly counts: ReadonlyMap<RecordKind, number>
  /** every conversation, shown or not, by its first message */
  readonly conversations: readonly Conversation[]
  /** messages, calls, pictures and films by the day they are from, in UTC: `2026-03-14` */
  readonly days: ReadonlyMap<string, number>
  /** messages, calls, pictures and films without a usable time */
  readonly undated: number
}

/** Reads all records once; keeps the earliest of each kind, as many as a report shows, and counts of all. */
export function gather(reader: ContainerReader, manifest: SignedManifest): Gathered {
  const shares = shareOut(manifest)
  const kept = new Map<RecordKind, Earliest>()
  const counts = new Map<RecordKind, number>()
  const conversations = new Map<string, Conversation>()
  const days = new Map<string, number>()
  let undated = 0
  for (const { json, seq } of reader.records()) {
    const record = JSON.parse(json) as PeelRecord
    counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1)
    const earliest = kept.get(record.kind) ?? new Earliest(shares.get(record.kind) ?? 0)
    kept.set(record.kind, earliest)
    earliest.add(record, seq)
    if (record.kind === 'message') {
      const key = Conversation.keyOf(record)
      const conversation = conversations.get(key) ?? new Conversation(key, record)
      conversations.set(key, conversation)
      conversation.add(record, person)
    }
    if (record.kind === 'contact') continue
    if (record.time === undefined) undated++
    else {
      const day = record.time.slice(0, 10)
      days.set(day, (days.get(day) ?? 0) + 1)
    }
  }
  return {
    shown: new Map([...kept].map(([kind, earliest]) => [kind, earliest.records()])),
    counts,
    conversations: [...conversations.values()].sort(
      (a, b) => compare(a.first ?? '~', b.first ?? '~') || compare(a.key, b.key),
    ),
    days: new Map([...days].sort(([a], [b]) => compare(a, b))),
    undated,
  }
}

/** How many of each kind are shown: all of the small kinds, and what is left over for the large ones. */
function shareOut(manifest: SignedManifest): Map<RecordKind, number> {
  const wanted = RECORD_KINDS.map((kind) => ({ kind, taken: manifest.records[kind]?.taken ?? 0 }))
    .filter(({ taken }) => taken > 0)
    .sort((a, b) => a.taken - b.taken)
  const shares = new Map<RecordKind, number>()
  let room = SHOWN_AT_MOST
  wanted.forEach(({ kind, taken }, at) => {
    const share = Math.min(taken, Math.floor(room / (wanted.length - at)))
    shares.set(kind, share)
    room -= share
  })
  return shares
}

/** Keeps the earliest records of those it is given, and never more than twice as many as asked for. */
class Earliest {
  readonly #size: number
  #held: { record: PeelRecord; at: string; seq: number }[] = []

  constructor(size: number) {
    this.#size = size
  }

  add(record: PeelRecord, seq: number): void {
    this.#held.push({ record, at: record.time ?? '~', seq })
    if (this.#held.length > this.#size * 2 + 100) this.#trim()
  }

  records(): PeelRecord[] {
    this.#trim()
    return this.#held.map(({ record }) => record)
  }

  #trim(): void {
    this.#held.sort((a, b) => compare(a.at, b.at) || a.seq - b.seq)
    this.#held.length = Math.min(this.#held.length, this.#size)
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

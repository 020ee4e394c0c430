import { leafHash, MerkleRoot } from '../../../tlog/index.ts'
import type { SealedStore } from '../../../vault/index.ts'
import type { Audio } from '../audio/audio.ts'
import type { NamedCall } from '../names/named-call.ts'
import type { ExpectedRecording } from './acr-database.ts'
import type { FileKind } from './inventory-store.ts'
import type { SidecarFacts } from './sidecar.ts'

/** A recording as the inventory knows it. */
export interface InventoryItem {
  readonly path: string
  readonly device: string
  readonly bytes: number
  /** lower-case hex */
  readonly sha256: string
  readonly named?: NamedCall
  readonly audio?: Audio
  /** from the file beside it */
  readonly said?: SidecarFacts
  /** from the recorder's own list */
  readonly listed?: ExpectedRecording
}

/** What an inventory comes to, without a name or a number. */
export interface InventorySummary {
  readonly files: number
  readonly bytes: number
  readonly kinds: Readonly<Partial<Record<FileKind, number>>>
  readonly recordings: {
    readonly number: number
    readonly bytes: number
    /** of those whose length is known */
    readonly hours: number
    readonly devices: number
    readonly named: number
    readonly recorders: Readonly<Record<string, number>>
    readonly containers: Readonly<Record<string, number>>
    readonly states: Readonly<Record<'whole' | 'damaged' | 'empty' | 'not_recognised', number>>
    /** whose bytes are those of another */
    readonly duplicates: number
  }
  /** what a recorder's own list names, and how much of that is not there */
  readonly listed: { readonly number: number; readonly missing: number }
  readonly problems: number
  /** RFC 6962 root over path, size and digest of every file, in the order of paths: lower-case hex */
  readonly root: string
}

interface Stored {
  readonly path: string
  readonly device: string
  readonly bytes: number
  readonly sha256: Buffer
  readonly named: string | null
  readonly audio: string | null
}

/** Every recording with what is known of it, in the order of paths. */
export function* itemsOf(store: SealedStore): Generator<InventoryItem> {
  const said = new Map<string, SidecarFacts>()
  for (const row of store.all<{ path: string; said: string }>("SELECT path, said FROM file WHERE kind = 'sidecar'"))
    said.set(stemOf(row.path), JSON.parse(row.said) as SidecarFacts)
  const listed = new Map<string, ExpectedRecording>()
  for (const { facts, device } of expectedOf(store))
    if (facts.fileName !== undefined) listed.set(`${device}/${facts.fileName}`, facts)
  const rows = store.all<Stored>(
    "SELECT path, device, bytes, sha256, named, audio FROM file WHERE kind = 'recording' ORDER BY path",
  )
  for (const { path, device, bytes, sha256, named, audio } of rows)
    yield {
      path,
      device,
      bytes,
      sha256: sha256.toString('hex'),
      ...(named !== null && { named: JSON.parse(named) as NamedCall }),
      ...(audio !== null && { audio: JSON.parse(audio) as Audio }),
      ...withFacts('said', said.get(stemOf(path))),
      ...withFacts('listed', listed.get(`${device}/${path.slice(path.lastIndexOf('/') + 1)}`)),
    }
}

function withFacts<Name extends string, Facts>(name: Name, facts: Facts | undefined): Partial<Record<Name, Facts>> {
  return facts === undefined ? {} : ({ [name]: facts } as Record<Name, Facts>)
}

/** What an inventory comes to. */
export function summaryOf(store: SealedStore): InventorySummary {
  const tree = new MerkleRoot()
  const kinds: Partial<Record<FileKind, number>> = {}
  let [files, bytes] = [0, 0]
  for (const row of store.iterate<{ path: string; kind: FileKind; bytes: number | null; sha256: Buffer | null }>(
    'SELECT path, kind, bytes, sha256 FROM file ORDER BY path',
  )) {
    files++
    bytes += row.bytes ?? 0
    kinds[row.kind] = (kinds[row.kind] ?? 0) + 1
    tree.add(leafHash(`${row.path}\0${row.bytes ?? ''}\0${row.sha256?.toString('hex') ?? ''}`))
  }
  const problems = store.get<{ n: number }>('SELECT count(*) AS n FROM problem')?.n ?? 0
  return {
    files,
    bytes,
    kinds,
    recordings: recordingsOf(store),
    listed: listedOf(store),
    problems,
    root: tree.root().toString('hex'),
  }
}

function recordingsOf(store: SealedStore): InventorySummary['recordings'] {
  const recorders: Record<string, number> = {}
  const containers: Record<string, number> = {}
  const states = { whole: 0, damaged: 0, empty: 0, not_recognised: 0 }
  const [devices, digests] = [new Set<string>(), new Set<string>()]
  let [number, bytes, ms, named] = [0, 0, 0, 0]
  for (const item of itemsOf(store)) {
    number++
    bytes += item.bytes
    devices.add(item.device)
    digests.add(item.sha256)
    if (item.named) named++
    count(recorders, item.named?.recorder ?? 'not_known')
    count(containers, item.audio?.container ?? 'not_recognised')
    count(states, item.audio?.state ?? (item.bytes === 0 ? 'empty' : 'not_recognised'))
    ms += item.audio?.durationMs ?? 0
  }
  const duplicates = number - digests.size
  return {
    number,
    bytes,
    hours: ms / 3_600_000,
    devices: devices.size,
    named,
    recorders,
    containers,
    states,
    duplicates,
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}

function listedOf(store: SealedStore): InventorySummary['listed'] {
  const there = new Set(
    store
      .all<{ path: string; device: string }>("SELECT path, device FROM file WHERE kind = 'recording'")
      .map(({ path, device }) => `${device}/${path.slice(path.lastIndexOf('/') + 1)}`),
  )
  const expected = [...expectedOf(store)]
  const missing = expected.filter(({ facts, device }) => !there.has(`${device}/${facts.fileName ?? ''}`))
  return { number: expected.length, missing: missing.length }
}

function* expectedOf(store: SealedStore): Generator<{ device: string; facts: ExpectedRecording }> {
  for (const { database, facts } of store.all<{ database: string; facts: string }>(
    'SELECT database, facts FROM expected ORDER BY database, row',
  ))
    yield {
      device: database.slice(0, Math.max(0, database.indexOf('/'))),
      facts: JSON.parse(facts) as ExpectedRecording,
    }
}

/** A path without its extension: what a recording and the file beside it have in common. */
function stemOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? path.slice(0, dot) : path
}

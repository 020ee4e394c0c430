import { hash } from 'node:crypto'
import { canonical, type RecordKind, rfc3339 } from '../records/index.ts'
import { openEnvelope } from '../signature/index.ts'
import { leafHash, MerkleRoot, merkleRoot } from '../tlog/index.ts'
import { damaged, readManifest, resealContainer } from '../vault/index.ts'
import type { Manifest, RemovalReason, Removed, SignedManifest } from './manifest.ts'
import type { KindCounts } from './tally.ts'

export interface ResealRequest {
  /** the extract as it is; checked before (`verifyExtract`), for here its manifest is taken at its word */
  readonly dir: string
  /** age identities, one of which opens it */
  readonly identities: readonly string[]
  readonly recipients: readonly string[]
  /** where the new extract goes, beside the old one */
  readonly out: string
  /** records to leave out, by id; with none, the same extract for other recipients */
  readonly remove: readonly { readonly id: string; readonly reason: RemovalReason }[]
  /** which build this is */
  readonly tool: Manifest['tool']
  readonly sign: (manifest: Manifest) => string
  readonly clock: () => number
  /** ends it early: nothing is left of the new one, and its reason is thrown */
  readonly stop?: AbortSignal
}

export interface ResealResult {
  readonly extract: string
  readonly root: string
  readonly removed: Removed
  /** lower-case hex SHA-256 of the old manifest's envelope, which the new one names */
  readonly before: string
}

/**
 * Seals an extract anew, without some of its records, and gives the new one a manifest that continues the account of the old:
 * what the source held and what was left stays as it was counted, what was removed is counted beside it, and the old manifest is
 * kept in the extract. Check it (`verifyExtract`), then destroy the key of the old one.
 *
 * Throws VaultError as `resealContainer` does, and DAMAGED where the records are not those of the manifest.
 */
export async function resealExtract(request: ResealRequest): Promise<ResealResult> {
  const { dir, identities, recipients, out, remove, sign, clock, tool, stop } = request
  const text = readManifest(dir)
  const before = hash('sha256', text)
  const { signed_by: _, ...old } = predicateOf(text)
  const account = new Account(new Map(remove.map(({ id, reason }) => [id, reason])))
  const container = await resealContainer(dir, identities, recipients, {
    out,
    without: new Set(remove.map(({ id }) => id)),
    placesKept: placesOf(old),
    visit: (record, json, kept) => {
      stop?.throwIfAborted()
      account.add(record, json, kept)
    },
  })
  try {
    if (account.root() !== old.merkle.root) throw damaged('the records are not those that the manifest counts')
    const files = container.sourceFiles
    const manifest: Manifest = {
      ...old,
      files: {
        ...old.files,
        taken: {
          count: files.length,
          bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
          root: merkleRoot(files.map((file) => leafHash(canonical(file)))).toString('hex'),
        },
      },
      records: account.records(old.records),
      clauses: account.clauses(old.clauses),
      merkle: container.tree,
      contents: container.files,
      resealed: {
        at: rfc3339(clock()),
        tool,
        before: { manifest: before, merkle: old.merkle },
        removed: account.removed,
      },
    }
    container.finish(sign(manifest))
    return { extract: out, root: manifest.merkle.root, removed: account.removed, before }
  } catch (error) {
    await container.abandon()
    throw error
  }
}

function predicateOf(text: string): SignedManifest {
  const { predicate } = JSON.parse(Buffer.from(openEnvelope(text).payload).toString('utf8')) as {
    predicate: SignedManifest
  }
  return predicate
}

/** Paths that the manifest names outside: those of the system's, which name nobody. */
function placesOf({ files, problems }: Manifest): Set<string> {
  const named = [...files.about_source, ...files.databases].map(({ path }) => path)
  return new Set([...named, ...problems.flatMap(({ file }) => file ?? [])])
}

/** Counts anew what is kept, and what is removed by kind and reason. */
class Account {
  readonly #reasons: ReadonlyMap<string, RemovalReason>
  readonly #tree = new MerkleRoot()
  readonly #kept = new Map<RecordKind, { taken: number; context: number }>()
  readonly #clauses = new Map<string, number>()
  readonly removed: Removed = {}

  constructor(reasons: ReadonlyMap<string, RemovalReason>) {
    this.#reasons = reasons
  }

  add(
    { id, kind, context, clauses }: { id: string; kind: RecordKind; context: boolean; clauses: readonly string[] },
    json: string,
    kept: boolean,
  ): void {
    this.#tree.add(leafHash(json))
    if (kept) {
      const counts = this.#kept.get(kind) ?? { taken: 0, context: 0 }
      this.#kept.set(kind, { taken: counts.taken + 1, context: counts.context + (context ? 1 : 0) })
      for (const clause of clauses) this.#clauses.set(clause, (this.#clauses.get(clause) ?? 0) + 1)
      return
    }
    const reason = this.#reasons.get(id) as RemovalReason
    const counts = (this.removed[kind] ??= {})
    counts[reason] = (counts[reason] ?? 0) + 1
  }

  /** The root over all records of the old extract. */
  root(): string {
    return this.#tree.root().toString('hex')
  }

  records(old: Manifest['records']): Manifest['records'] {
    const entries = Object.entries(old) as [RecordKind, KindCounts][]
    return Object.fromEntries(
      entries.map(([kind, counts]) => {
        const removed = { ...counts.removed }
        for (const [reason, number] of Object.entries(this.removed[kind] ?? {}) as [RemovalReason, number][])
          removed[reason] = (removed[reason] ?? 0) + number
        const kept = this.#kept.get(kind) ?? { taken: 0, context: 0 }
        return [kind, { ...counts, ...kept, ...(Object.keys(removed).length > 0 ? { removed } : {}) }]
      }),
    )
  }

  clauses(old: Manifest['clauses']): Manifest['clauses'] {
    return Object.fromEntries(Object.keys(old).map((clause) => [clause, this.#clauses.get(clause) ?? 0]))
  }
}

import { checkAuthorisation, readStatement } from '../authorisation/index.ts'
import type { SignedManifest } from '../extraction/index.ts'
import { canonical, type PeelRecord } from '../records/index.ts'
import { factsOf, match, readyScope, type Scope } from '../scope/index.ts'
import { openEnvelope, type PublicKey } from '../signature/index.ts'
import { leafHash, MerkleRoot, merkleRoot } from '../tlog/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import { type Check, failed, notChecked, passed, unless } from './check.ts'

/** Checks the authorisation that lies inside: that it is the one named outside, signed by two, and valid when it was used. */
export function authorisationChecks(
  reader: ContainerReader,
  manifest: SignedManifest,
  trust: readonly PublicKey[],
): { scope?: Scope; checks: Check[] } {
  const name = 'authorisation'
  const envelope = reader.about('authorisation')
  if (envelope === undefined) return { checks: [failed(name, 'there is none inside')] }
  const statement = readStatement(openEnvelope(envelope).payload)
  if ('invalid' in statement) return { checks: [failed(name, statement.invalid)] }
  if (statement.digest !== manifest.authorisation.digest)
    return { checks: [failed(name, 'another one lies inside than the manifest names')] }
  const { scope } = statement.authorisation
  const same = passed(name, 'the one inside is the one that the manifest names')
  if (trust.length === 0)
    return { scope, checks: [same, notChecked('two signatures', 'give --trust the keys of requester and authoriser')] }
  const decision = checkAuthorisation(envelope, { trust, now: Date.parse(manifest.started) })
  const signed = decision.granted
    ? passed('two signatures', `requested and authorised by two people; valid on ${manifest.started}`)
    : failed('two signatures', decision.refusals.map(({ message }) => message).join('; '))
  return { scope, checks: [same, signed] }
}

/** Checks every record: its leaf, the root over all, the counts, and that the scope admits it. */
export function recordChecks(reader: ContainerReader, manifest: SignedManifest, scope: Scope | undefined): Check[] {
  const tree = new MerkleRoot()
  const ready = readyScope(scope ?? [])
  const altered: string[] = []
  const outside: string[] = []
  const clauses = new Map<string, number>()
  const kinds = new Map<string, { taken: number; context: number }>()
  const media = new Set<string>()
  for (const { seq, leaf, json } of reader.records()) {
    const expected = leafHash(json)
    if (seq !== tree.size || !expected.equals(leaf)) altered.push(`record ${seq} is not what its leaf says`)
    tree.add(expected)
    const record = JSON.parse(json) as PeelRecord
    if (canonical(record) !== json) altered.push(`record ${seq} is not in canonical form`)
    const counts = kinds.get(record.kind) ?? { taken: 0, context: 0 }
    kinds.set(record.kind, { taken: counts.taken + 1, context: counts.context + (record.context ? 1 : 0) })
    for (const clause of record.clauses) clauses.set(clause, (clauses.get(clause) ?? 0) + 1)
    for (const { taken, sha256 } of record.attachments) if (taken && sha256) media.add(sha256)
    if (scope && !isWithin(record, scope, ready))
      outside.push(`record ${seq} is not admitted by the clauses that it names`)
  }
  const size = manifest.merkle.size
  const root = tree.root().toString('hex')
  const miscounted = [
    ...Object.entries(manifest.records).flatMap(([kind, { taken, context }]) => {
      const counts = kinds.get(kind) ?? { taken: 0, context: 0 }
      return counts.taken === taken && counts.context === context
        ? []
        : [`${kind}: ${counts.taken} are there, ${taken} are counted`]
    }),
    ...Object.entries(manifest.clauses).flatMap(([clause, count]) =>
      (clauses.get(clause) ?? 0) === count
        ? []
        : [`clause ${clause}: ${clauses.get(clause) ?? 0} are there, ${count} are counted`],
    ),
  ]
  return [
    unless('records', altered, `${tree.size} records, each with its leaf`),
    tree.size === size && root === manifest.merkle.root
      ? passed('root', `${root}`)
      : failed('root', 'the records are not those that were signed'),
    unless('counts of records', miscounted, 'by kind and by clause as signed'),
    scope
      ? unless('scope', outside, 'every record is admitted by the clauses that it names')
      : notChecked('scope', 'there is no authorisation to compare with'),
    mediaReferences(reader, media),
  ]
}

/** Context is admitted by standing beside another record; of it can be asked only that its clause gives context. */
function isWithin(record: PeelRecord, scope: Scope, ready: ReturnType<typeof readyScope>): boolean {
  if (record.context)
    return (
      record.clauses.length > 0 &&
      record.clauses.every((id) =>
        scope.some((clause) => clause.id === id && (clause.context ?? 0) > 0 && clause.records.includes(record.kind)),
      )
    )
  const verdict = match(factsOf(record), ready)
  return verdict.admitted && verdict.clauses.join('\n') === record.clauses.join('\n')
}

function mediaReferences(reader: ContainerReader, named: ReadonlySet<string>): Check {
  const kept = reader.payloads().map(({ sha256 }) => Buffer.from(sha256).toString('hex'))
  const faults = [
    ...kept.filter((sha256) => !named.has(sha256)).map(() => 'a payload belongs to no record'),
    ...[...named].filter((sha256) => !kept.includes(sha256)).map(() => 'a record names a file that is not kept'),
  ]
  return unless('media of records', faults, `${kept.length} files, each named by a record`)
}

/** Checks that every payload opens and is the file that its record names. */
export async function payloadChecks(reader: ContainerReader, manifest: SignedManifest): Promise<Check[]> {
  const { createHash } = await import('node:crypto')
  const faults: string[] = []
  const payloads = reader.payloads()
  for (const { sha256, bytes, id } of payloads) {
    const digest = createHash('sha256')
    let read = 0
    try {
      for await (const piece of reader.payload(Buffer.from(sha256).toString('hex'))) {
        digest.update(piece)
        read += piece.length
      }
      if (read !== bytes || !digest.digest().equals(sha256)) faults.push(`payload ${id} is another file`)
    } catch {
      faults.push(`payload ${id} does not open`)
    }
  }
  const files = reader
    .sourceFiles()
    .map(({ path, bytes, sha256 }) => leafHash(canonical({ path, bytes, sha256: Buffer.from(sha256).toString('hex') })))
  return [
    unless('media', faults, `${payloads.length} files open and have their digests`),
    merkleRoot(files).toString('hex') === manifest.files.taken.root
      ? passed('files taken', `${files.length} files of the source, bound by the root that was signed`)
      : failed('files taken', 'the list of files inside is not the one that was signed'),
  ]
}

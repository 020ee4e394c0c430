import { hash } from 'node:crypto'
import type { Removed, SignedManifest } from '../extraction/index.ts'
import { canonical } from '../records/index.ts'
import type { PublicKey } from '../signature/index.ts'
import { readEarlierManifests } from '../vault/index.ts'
import { type Check, notChecked, unless } from './check.ts'
import { openManifest } from './manifest-checks.ts'

/**
 * Checks the account of an extract that was sealed anew: that each manifest names the one before it, that all of them are
 * signed, and that they say the same but for what was removed, which must be exactly what is counted as removed. What cannot
 * be checked without the records that are gone is that those kept stood in the tree before; another extraction of the source can.
 */
export function earlierChecks(dir: string, manifest: SignedManifest, trust: readonly PublicKey[]): Check[] {
  const texts = readEarlierManifests(dir)
  if (manifest.resealed === undefined && texts.length === 0) return []
  const faults: string[] = []
  let isTrusted = true
  let after = manifest
  for (const [at, text] of [...texts.entries()].reverse()) {
    const { manifest: before, checks } = openManifest(text, trust)
    if (before === undefined) {
      faults.push(`earlier manifest ${at + 1} is not one, or its signature does not fit`)
      break
    }
    isTrusted &&= checks.every(({ result }) => result === 'passed')
    faults.push(
      ...stepFaults(before, hash('sha256', text), after).map((fault) => `earlier manifest ${at + 1}: ${fault}`),
    )
    after = before
  }
  if (faults.length === 0 && after.resealed !== undefined)
    faults.push('the manifest of the extraction itself is not there')
  const chain = unless(
    'sealed anew',
    faults,
    `${texts.length} times; what was removed is counted, and the rest is the same`,
  )
  if (faults.length > 0 || isTrusted) return [chain]
  return [
    chain,
    notChecked('signers before', 'a key that signed an earlier manifest is not among those given with --trust'),
  ]
}

/** What an extract sealed anew must have in common with the one before it, down to the byte. */
function lasting({
  format,
  authorisation,
  tool,
  source,
  files,
  not_asked_for,
  problems,
  started,
  finished,
}: SignedManifest) {
  const { taken: _, ...others } = files
  return canonical(
    JSON.parse(
      JSON.stringify({
        format,
        authorisation,
        tool,
        source,
        files: others,
        not_asked_for,
        problems,
        started,
        finished,
      }),
    ),
  )
}

function stepFaults(before: SignedManifest, digest: string, after: SignedManifest): string[] {
  const { resealed } = after
  if (resealed === undefined) return ['the one after it says nothing of having been sealed anew']
  const faults: string[] = []
  if (resealed.before.manifest !== digest) faults.push('it is not the one that the next one names')
  if (canonical(resealed.before.merkle) !== canonical(before.merkle))
    faults.push('its root is not the one that the next one names')
  if (lasting(before) !== lasting(after)) faults.push('what was counted at the extraction is not the same afterwards')
  if (resealed.at < (before.resealed?.at ?? before.finished)) faults.push('it is younger than the next one')
  const kinds = new Set([
    ...Object.keys(before.records),
    ...Object.keys(after.records),
    ...Object.keys(resealed.removed),
  ])
  let removed = 0
  for (const kind of kinds as Set<keyof Removed>) {
    const [was, is, gone] = [before.records[kind], after.records[kind], resealed.removed[kind] ?? {}]
    const count = sum(gone)
    removed += count
    const reasons = new Set([
      ...Object.keys(was?.removed ?? {}),
      ...Object.keys(is?.removed ?? {}),
      ...Object.keys(gone),
    ])
    const adds = [...(reasons as Set<keyof typeof gone>)].every(
      (reason) => (was?.removed?.[reason] ?? 0) + (gone[reason] ?? 0) === (is?.removed?.[reason] ?? 0),
    )
    if (!was || !is || was.total !== is.total || canonical(was.left) !== canonical(is.left))
      faults.push(`${kind}: what was there and what was left is not the same afterwards`)
    else if (was.taken !== is.taken + count || !adds || is.context > was.context)
      faults.push(`${kind}: what is kept and what was removed do not add up`)
  }
  if (removed === 0 && before.merkle.root !== after.merkle.root)
    faults.push('nothing was removed, and the records are not the same afterwards')
  if (Object.entries(after.clauses).some(([clause, count]) => count > (before.clauses[clause] ?? 0)))
    faults.push('a clause admits more than before')
  return faults
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

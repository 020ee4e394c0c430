import { readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { MANIFEST_PREDICATE, type SignedManifest } from '../extraction/index.ts'
import { canonical } from '../records/index.ts'
import {
  type Envelope,
  openEnvelope,
  type PublicKey,
  readPublicKeys,
  SignatureError,
  verifyEnvelope,
} from '../signature/index.ts'
import { digestFile, isFile } from '../vault/index.ts'
import { isManifest } from './manifest-form.ts'
import { type Check, failed, notChecked, passed, unless } from './check.ts'

/** A manifest whose signature holds, as far as anything outside the container can tell. */
export interface OpenedManifest {
  readonly manifest?: SignedManifest
  readonly checks: readonly Check[]
}

/** Opens a manifest and checks what was signed, by whom, and whether that is somebody to believe. */
export function openManifest(text: string, trust: readonly PublicKey[]): OpenedManifest {
  let envelope: Envelope
  let manifest: SignedManifest
  try {
    envelope = openEnvelope(text)
    manifest = readManifestStatement(envelope.payload)
  } catch (error) {
    return {
      checks: [
        failed(
          'manifest',
          error instanceof SignatureError ? error.message : 'what was signed is not a manifest of an extract',
        ),
      ],
    }
  }
  const form = passed(
    'manifest',
    `an extract under authorisation ${manifest.authorisation.reference}, version ${manifest.authorisation.version}`,
  )
  const signature = verifyEnvelope(envelope, claimedKeys(manifest))
  if (signature.length !== 1 || !signature.every(({ ok }) => ok))
    return {
      checks: [form, failed('signature', 'the signature does not fit: the manifest was altered after it was signed')],
    }
  const keyid = signature[0]?.keyid ?? ''
  const known = trust.find((key) => key.keyid === keyid)
  return {
    manifest,
    checks: [
      form,
      passed('signature', `made by key ${keyid.slice(0, 16)}…`),
      known
        ? passed('signer', `trusted${known.name ? `: ${known.name}` : ''}`)
        : notChecked(
            'signer',
            'the key that signed is not among those given with --trust; ask the force for the key of its installation',
          ),
    ],
  }
}

function claimedKeys({ signed_by }: SignedManifest): PublicKey[] {
  try {
    return readPublicKeys(signed_by)
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    return []
  }
}

function readManifestStatement(payload: Uint8Array): SignedManifest {
  const text = Buffer.from(payload).toString('utf8')
  const statement = JSON.parse(text) as {
    predicateType?: unknown
    predicate?: unknown
    subject?: { digest?: { sha256?: unknown } }[]
  }
  const { predicate } = statement
  if (
    canonical(statement) !== text ||
    statement.predicateType !== MANIFEST_PREDICATE ||
    !isManifest(predicate) ||
    statement.subject?.[0]?.digest?.sha256 !== predicate.merkle.root
  )
    throw new TypeError('not a manifest')
  return predicate
}

/** Checks that the container holds exactly the files that the manifest names, byte for byte. */
export async function contentChecks(dir: string, manifest: SignedManifest): Promise<Check[]> {
  const faults: string[] = []
  for (const { path, bytes, sha256 } of manifest.contents) {
    const local = join(dir, path)
    if (path.split('/').includes('..') || !isFile(local)) faults.push(`${path} is not there`)
    else if (statSync(local).size !== bytes) faults.push(`${path} has another size`)
    else if ((await digestFile(local)) !== sha256) faults.push(`${path} was altered`)
  }
  const listed = new Set(['manifest.dsse.json', ...manifest.contents.map(({ path }) => path)])
  const extra = filesUnder(dir).filter((path) => !listed.has(path))
  return [
    unless('contents', faults, `${manifest.contents.length} files, each with the digest that was signed`),
    unless(
      'nothing added',
      extra.map((path) => `${path} is not in the manifest`),
      'no file that was not signed',
    ),
  ]
}

/** Everything that is no folder, links and pipes too, by its path. Follows no link: one may lead to the whole machine. */
function filesUnder(dir: string, above = ''): string[] {
  return readdirSync(join(dir, above), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(above, entry.name)
    // No file of ours lies deeper.
    return entry.isDirectory() && path.split('/').length < 3 ? filesUnder(dir, path) : [path]
  })
}

/** Checks that what was taken and what was left add up, for records and for files. */
export function countChecks(manifest: SignedManifest): Check[] {
  const faults: string[] = []
  let taken = 0
  for (const [kind, counts] of Object.entries(manifest.records)) {
    const left = Object.values(counts.left).reduce((sum, number) => sum + number, 0)
    const removed = Object.values(counts.removed ?? {}).reduce((sum, number) => sum + number, 0)
    if (counts.total !== counts.taken + left + removed)
      faults.push(
        `${kind}: ${counts.taken} taken and ${left} left${removed > 0 ? ` and ${removed} removed` : ''} are not ${counts.total}`,
      )
    taken += counts.taken
  }
  if (taken !== manifest.merkle.size)
    faults.push(`${taken} records are counted and ${manifest.merkle.size} are in the tree`)
  const { opened, databases, taken: media, looked_at } = manifest.files
  if (databases.length + media.count + looked_at.count > opened)
    faults.push('more files were read than were counted as opened')
  return [unless('counts', faults, `${taken} records taken; taken and left add up to what the source holds`)]
}

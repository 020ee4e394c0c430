import { resealExtract, signManifest } from '../../extraction/index.ts'
import { publicKeyOf } from '../../signature/index.ts'
import { readManifest } from '../../vault/index.ts'
import { type Check, verifyExtract } from '../../verify/index.ts'
import { grantOf } from '../extraction/live-grant.ts'
import { type Result, resealedResult } from '../extraction/result.ts'
import { discardContainer, extractPath } from '../extraction/extract-path.ts'
import { ExtractionFailed } from '../extraction/failure.ts'
import type { Tool } from '../extraction/take-extract.ts'
import type { Ops } from '../ops.ts'

/** A part of an extract that two people decided to destroy. */
export interface Part {
  /** id of the destruction */
  readonly id: string
  readonly extraction: string
  readonly requestId: string
  readonly records: readonly string[]
  /** what is kept of the extraction, as it was */
  readonly before: Result
}

/** What it was and will be. Counts and digests: stored, logged and certified. */
export interface Resealed {
  readonly root_before: string
  readonly root_after: string
  readonly records_removed: number
  /** by kind, this time */
  readonly removed: Readonly<Record<string, number>>
  /** pictures and other files that went with them */
  readonly files_removed: number
}

/** Where the rest of an extract lies until it takes its place. */
export function resealedPath(ops: Pick<Ops, 'extractsFolder'>, extraction: string): string {
  return `${extractPath(ops, extraction)}.resealed`
}

/** What the keyring calls the key of the rest, until it takes the place of the other; afterwards, the key that is gone. */
export function successorOf(destruction: string): string {
  return `resealed/${destruction}`
}

/**
 * Writes the extract anew without these records, beside the old one, under a key of its own, and checks both against the grant: what was tampered with is
 * not signed again. Others go on reading the old one. Throws ExtractionFailed `CHECK_FAILED`, VaultError, KeyringError, and what `stop` was fired with.
 */
export async function sealAnew(
  ops: Ops,
  part: Part,
  { tool, stop }: { tool: Tool; stop: AbortSignal },
): Promise<{ readonly resealed: Resealed; readonly result: Result }> {
  const { extraction, before } = part
  const out = resealedPath(ops, extraction)
  await discardContainer(out)
  const key = await ops.keyring.signingKey('installation')
  const grant = await grantOf(ops, part.requestId)
  const check = async (dir: string, id: string): Promise<Check[]> => {
    const checks = await ops.keyring.useExtractIdentity(id, (identity) =>
      verifyExtract(dir, { trust: [...grant.trust, publicKeyOf(key)], identities: [identity] }),
    )
    if (checks.some(({ result }) => result === 'failed')) throw new ExtractionFailed('CHECK_FAILED')
    return checks
  }
  await check(extractPath(ops, extraction), extraction)
  stop.throwIfAborted()
  const successor = successorOf(part.id)
  const recipient = (await ops.keyring.has(successor))
    ? await ops.keyring.recipientOf(successor)
    : await ops.keyring.createExtractKey(successor)
  const { root, removed } = await ops.keyring.useExtractIdentity(extraction, (identity) =>
    resealExtract({
      dir: extractPath(ops, extraction),
      identities: [identity],
      recipients: [recipient],
      out,
      remove: part.records.map((id) => ({ id, reason: 'excess' as const })),
      tool,
      sign: (manifest) => signManifest(manifest, key),
      clock: () => ops.now().getTime(),
      stop,
    }),
  )
  const checks = await check(out, successor)
  stop.throwIfAborted()
  const result = resealedResult(before, { manifest: readManifest(out), checks, at: ops.now() })
  const counts = Object.entries(removed).map(
    ([kind, reasons]) => [kind, Object.values(reasons).reduce((sum, one) => sum + one, 0)] as const,
  )
  return {
    result,
    resealed: {
      root_before: before.root,
      root_after: root,
      records_removed: part.records.length,
      removed: Object.fromEntries(counts),
      files_removed: before.attachments - result.attachments,
    },
  }
}

import { type FileSource, openSealedSource, openSource } from '../../acquisition/index.ts'
import { KEPT_RECORDINGS } from '../../artefacts/index.ts'
import { extract, type ExtractResult, signManifest } from '../../extraction/index.ts'
import { publicKeyOf } from '../../signature/index.ts'
import { readManifest } from '../../vault/index.ts'
import { verifyExtract } from '../../verify/index.ts'
import { keptSource } from '../archive/keep/kept-source.ts'
import type { Ops } from '../ops.ts'
import { extractPath } from './extract-path.ts'
import { ExtractionFailed } from './failure.ts'
import { kioskPath } from './kiosk.ts'
import { checkGrant, type Grant } from './live-grant.ts'
import { type Result, resultOf } from './result.ts'
import { passwordOf } from './sealed-password.ts'
import { placeOf, withPieces } from './sealed-source.ts'
import type { Source } from './start-extraction.ts'
import type { Watch } from './watch-extraction.ts'

/** Which build this is (law row F6). */
export interface Tool {
  readonly name: 'peel'
  readonly version: string
  readonly commit: string
}

/**
 * Takes what a grant admits from a source into a sealed extract, and checks what came of it against the grant, record by record (law rows F12,
 * X1). Throws ExtractionFailed where the device is another or a check fails, `watch.stop`'s reason, AcquisitionError, VaultError.
 */
export async function takeExtract(
  ops: Ops,
  about: { id: string; source: Source; grant: Grant; tool: Tool; watch: Watch },
): Promise<Result> {
  const { id, grant, tool, watch } = about
  const began = ops.now().getTime()
  const key = await ops.keyring.signingKey('installation')
  return withSource(ops, id, about.source, async (source) => {
    const decision = checkGrant(grant, ops.now(), source.device)
    if (!decision.granted) throw new ExtractionFailed(decision.refusals[0]?.code ?? 'NOT_GRANTED')
    watch.stop.throwIfAborted()
    const recipient = (await ops.keyring.has(id))
      ? await ops.keyring.recipientOf(id)
      : await ops.keyring.createExtractKey(id)
    const { authorisation, digest, scope } = decision
    const result = await extract({
      source,
      ...(about.source.kind === 'recordings' && { artefacts: KEPT_RECORDINGS }),
      grant: {
        reference: authorisation.reference,
        version: authorisation.version,
        digest,
        scope,
        envelope: grant.envelope,
      },
      recipients: [recipient],
      out: extractPath(ops, id),
      tool,
      sign: (manifest) => signManifest(manifest, key),
      clock: () => ops.now().getTime(),
      progress: watch.step,
      stop: watch.stop,
    })
    if (about.source.kind === 'recordings' && !isWhole(result, source)) throw new ExtractionFailed('NOT_WHOLE')
    const checks = await ops.keyring.useExtractIdentity(id, (identity) =>
      verifyExtract(extractPath(ops, id), { trust: [...grant.trust, publicKeyOf(key)], identities: [identity] }),
    )
    if (checks.some((check) => check.result === 'failed')) throw new ExtractionFailed('CHECK_FAILED')
    watch.stop.throwIfAborted()
    return resultOf(result, {
      manifest: readManifest(extractPath(ops, id)),
      authorisation: digest,
      checks,
      tool: { version: tool.version, commit: tool.commit },
      seconds: Math.round((ops.now().getTime() - began) / 1000),
    })
  })
}

/** Whether every recording was read and taken with its sound: what is left out here would be destroyed with the archive's own copy. */
function isWhole({ records, problems, files }: ExtractResult, source: FileSource): boolean {
  return (
    (records.call?.taken ?? 0) * 2 === source.files.length &&
    files.not_opened === 0 &&
    problems.every(({ code }) => code === 'value_odd')
  )
}

async function withSource<T>(ops: Ops, id: string, from: Source, use: (source: FileSource) => Promise<T>): Promise<T> {
  const options = from.password ? { password: await passwordOf(ops, id) } : {}
  const opened = async (source: FileSource) => {
    try {
      return await use(source)
    } finally {
      await source.close()
    }
  }
  if (from.kind === 'recordings') return opened(await keptSource(ops, from.keep))
  if (from.kind === 'kiosk') return opened(await openSource(kioskPath(ops, from.name), options))
  const upload = await ops.store.db
    .selectFrom('uploads')
    .select('bytes')
    .where('id', '=', from.upload)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst()
  if (upload === undefined) throw new ExtractionFailed('SOURCE_GONE')
  return withPieces(ops, from.upload, upload.bytes, async (pieces) =>
    opened(await openSealedSource(placeOf(ops, from.upload), pieces, upload.bytes, options)),
  )
}

import { hash } from 'node:crypto'
import { leavesOf } from '../../../recordings/index.ts'
import { publicKeyOf } from '../../../signature/index.ts'
import { notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { batchRow, frozenBatch } from './frozen-batch.ts'

/** What shows to anybody that a batch was destroyed: nothing of it needs this service to be checked. */
export interface SignedCertificate {
  /** canonical JSON, as it was signed */
  readonly certificate: Buffer
  /** lower-case hex SHA-256 of it: what the log holds */
  readonly digest: string
  /** 64 bytes of Ed25519 over it */
  readonly signature: Buffer
  /** of the installation, SPKI as PEM */
  readonly publicKey: string
}

/** The certificate of a batch that was destroyed. Throws ActionError NOT_ALLOWED, NOT_FOUND where there is none. */
export async function readCertificate(ops: Ops, actor: Actor, batchId: string): Promise<SignedCertificate> {
  await askFirst(ops, actor, 'archive.see')
  const { state, certificate, signature } = await batchRow(ops, batchId)
  if (state !== 'destroyed' || certificate === null || signature === null) throw notFound()
  const { key } = publicKeyOf(await ops.keyring.signingKey('installation'))
  return {
    certificate,
    digest: hash('sha256', certificate, 'hex'),
    signature,
    publicKey: key.export({ format: 'pem', type: 'spki' }) as string,
  }
}

/** The leaves under the root of a batch, one a line: canonical JSON without a number, a name or a path. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readLeaves(ops: Ops, actor: Actor, batchId: string): Promise<string> {
  await askFirst(ops, actor, 'archive.see')
  const row = await batchRow(ops, batchId)
  return leavesOf((await frozenBatch(ops.store.db, row)).items)
}

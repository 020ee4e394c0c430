import { logFolder, makeProof, TlogError } from '../../tlog/index.ts'
import { notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'

/** A proof that one entry is in the log (c2sp.org/tlog-proof). Anybody may have it: it names nobody and nothing. Throws ActionError NOT_FOUND. */
export async function proveEntry({ logFolder: folder }: Ops, index: number): Promise<string> {
  try {
    return await makeProof(logFolder(folder).read, index)
  } catch (error) {
    if (error instanceof TlogError && error.code === 'OUT_OF_RANGE') throw notFound()
    throw error
  }
}

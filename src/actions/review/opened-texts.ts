import { openTexts } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'

/** What people wrote about an extract, sealed to its own key, in the order of the rows. Without rows the key is not asked for. */
export async function openedTexts(
  { keyring }: Ops,
  extraction: string,
  rows: readonly { readonly sealed: Buffer }[],
): Promise<string[]> {
  if (rows.length === 0) return []
  const sealed = rows.map((row) => row.sealed)
  return keyring.useExtractIdentity(extraction, (identity) => openTexts(sealed, identity))
}

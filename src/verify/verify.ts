import type { PublicKey } from '../signature/index.ts'
import { ContainerReader, readManifest, VaultError } from '../vault/index.ts'
import { type Check, failed, notChecked, passed, unless } from './check.ts'
import { earlierChecks } from './earlier-checks.ts'
import { contentChecks, countChecks, openManifest } from './manifest-checks.ts'
import { authorisationChecks, payloadChecks, recordChecks } from './record-checks.ts'

/** What is given to check with; the more, the more can be checked. */
export interface VerifyWith {
  readonly trust: readonly PublicKey[]
  /** age identities that open the container */
  readonly identities?: readonly string[]
}

/** Checks a sealed extract, in the order in which trust is built; stops where what follows would rest on nothing. */
export async function verifyExtract(dir: string, { trust, identities }: VerifyWith): Promise<Check[]> {
  let text: string
  try {
    text = readManifest(dir)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return [failed('finished', error.message)]
  }
  const { manifest, checks } = openManifest(text, trust)
  const outside = [passed('finished', 'the extraction came to its end'), ...checks]
  if (manifest === undefined) return outside
  outside.push(
    ...(await contentChecks(dir, manifest)),
    ...countChecks(manifest),
    ...earlierChecks(dir, manifest, trust),
  )
  if (identities === undefined)
    return [...outside, notChecked('inside', 'give --identity to check records, media and authorisation')]
  let reader: ContainerReader
  try {
    reader = await ContainerReader.open(dir, identities)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return [...outside, failed('opens', error.message)]
  }
  try {
    const integrity = reader.integrity()
    const database = unless(
      'database',
      integrity === 'ok' ? [] : ['a page of records.db is damaged'],
      'every page decrypts and fits',
    )
    const authorisation = authorisationChecks(reader, manifest, trust)
    return [
      ...outside,
      passed('opens', 'with the identity given'),
      database,
      ...authorisation.checks,
      ...recordChecks(reader, manifest, authorisation.scope),
      ...(await payloadChecks(reader, manifest)),
    ]
  } catch (error) {
    return [
      ...outside,
      failed(
        'inside',
        `it cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : 'damaged'}`,
      ),
    ]
  } finally {
    reader.close()
  }
}

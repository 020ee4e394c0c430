import { KeyringError, type Signer } from '../../keyring/index.ts'
import { publicKeyOf, type PrivateKey, type PublicKey, readPublicKeys } from '../../signature/index.ts'
import type { Ops } from '../ops.ts'

/**
 * The key with which a person signs, held by the service's key room and made when it is needed first (docs/decisions/0008-who-signs-a-grant.md). What it
 * makes is logged.
 */
export async function personKey({ keyring, journal }: Ops, personId: string): Promise<PrivateKey> {
  const signer: Signer = `person:${personId}`
  if ((await keyring.publicLineOf(signer)) === undefined) {
    try {
      await keyring.createSigningKey(signer)
    } catch (error) {
      // Somebody else's first grant with the same person came a moment before.
      if (!(error instanceof KeyringError && error.code === 'KEY_EXISTS')) throw error
      return keyring.signingKey(signer)
    }
    const { keyid } = publicKeyOf(await keyring.signingKey(signer))
    await journal.record({
      kind: 'key.created',
      actor: personId,
      details: { for: 'person', owner: personId, key: keyid },
    })
  }
  return keyring.signingKey(signer)
}

/** The public halves of people's keys, each bound to its person; whoever has none is left out. */
export async function trustedKeys({ keyring }: Ops, people: readonly string[]): Promise<PublicKey[]> {
  const keys: PublicKey[] = []
  for (const person of new Set(people)) {
    const line = await keyring.publicLineOf(`person:${person}`)
    if (line !== undefined) keys.push({ ...(readPublicKeys(line)[0] as PublicKey), person })
  }
  return keys
}

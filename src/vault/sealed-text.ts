import { damaged } from './errors.ts'

/** Seals a short text to age recipients: whoever lacks their identities cannot tell one from another, but for the length. */
export async function sealText(text: string, recipients: readonly string[]): Promise<Buffer> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return Buffer.from(await encrypter.encrypt(text))
}

/** Opens such texts, in their order, with one identity. Throws VaultError DAMAGED where one does not open. */
export async function openTexts(sealed: readonly Uint8Array[], identity: string): Promise<string[]> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  try {
    return await Promise.all(sealed.map((one) => decrypter.decrypt(one, 'text')))
  } catch (cause) {
    throw damaged('a sealed text cannot be opened', cause)
  }
}

import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Random text for a cookie: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database knows of a token: nothing that signs anybody in. */
export function tokenDigest(token: string): Buffer {
  return hash('sha256', `peel sign-in\n${token}`, 'buffer')
}

/** The token that a form must carry: only a page of the same sign-in knows it. */
export function csrfToken(secret: Buffer, token: string): string {
  return createHmac('sha256', secret).update(`form\n${token}`).digest('base64url')
}

/** Whether a form carries the token of its sign-in. */
export function isCsrfToken(secret: Buffer, token: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const expected = Buffer.from(csrfToken(secret, token))
  const candidate = Buffer.from(given)
  return expected.length === candidate.length && timingSafeEqual(expected, candidate)
}

/** Seals a small value that a browser holds for us. */
export function seal(secret: Buffer, value: unknown): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Opens what `seal` made; undefined for anything else. */
export function unseal(secret: Buffer, text: string | undefined): unknown {
  try {
    const bytes = Buffer.from(text ?? '', 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString())
  } catch {
    return undefined
  }
}

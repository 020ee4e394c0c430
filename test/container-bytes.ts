import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'

const PAGE = 4096
const RESERVED = 48

/** Every page of a container's database in plaintext, free pages too, decrypted here and not by what wrote it. */
export async function plaintextPages(dir: string, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const text = await decrypter.decrypt(readFileSync(join(dir, 'key.age')), 'text')
  const key = Buffer.from(/raw key: ([0-9a-f]{64})/.exec(text)?.[1] ?? '', 'hex')
  const sealed = readFileSync(join(dir, 'records.db'))
  const pages: Buffer[] = []
  for (let at = 0; at < sealed.length; at += PAGE) {
    const page = sealed.subarray(at, at + PAGE)
    const start = at === 0 ? 16 : 0
    const decipher = createDecipheriv(
      'aes-256-cbc',
      key,
      page.subarray(PAGE - RESERVED, PAGE - RESERVED + 16),
    ).setAutoPadding(false)
    pages.push(Buffer.alloc(start), decipher.update(page.subarray(start, PAGE - RESERVED)), decipher.final())
  }
  return Buffer.concat(pages)
}

import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Decrypter, Encrypter } from 'age-encryption'
import { BackupError } from './errors.ts'

/** Bytes that are sealed at once. */
const PIECE = 64 << 10

/** Writes lines into a file that only the recipients open (age). No line is on a disk in plaintext. */
export async function sealLines(
  path: string,
  recipients: readonly string[],
  lines: AsyncIterable<string>,
): Promise<void> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const sealed = await encrypter.encrypt(Readable.toWeb(Readable.from(pieces(lines))) as ReadableStream<Uint8Array>)
  await pipeline(
    Readable.fromWeb(sealed as unknown as NodeReadableStream<Uint8Array>),
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
}

/** Reads lines back. Throws BackupError NOT_FOR_THIS_KEY, DAMAGED. */
export async function* openLines(path: string, identities: readonly string[]): AsyncGenerator<string> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const sealed = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  const opened = await decrypter.decrypt(sealed).catch((cause) => {
    throw new BackupError(
      'NOT_FOR_THIS_KEY',
      'this key does not open the backup',
      'give the key that it was sealed to',
      { cause },
    )
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const piece of opened) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') throw new BackupError('DAMAGED', 'a file of the backup is cut off', 'take another backup')
}

async function* pieces(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let some: string[] = []
  let length = 0
  for await (const line of lines) {
    some.push(line, '\n')
    length += line.length + 1
    if (length < PIECE) continue
    yield Buffer.from(some.join(''))
    some = []
    length = 0
  }
  if (length > 0) yield Buffer.from(some.join(''))
}

import { digestOf, readHead } from './sealed-keyring.ts'

/** What a keyring's file says of itself without being opened: which writing it is, and under which epoch. Throws KeyringError DAMAGED. */
export function describeKeyring(file: Buffer): {
  readonly generation: number
  readonly epoch: string
  readonly digest: string
} {
  const { generation, epoch } = readHead(file).head
  return { generation, epoch, digest: digestOf(file) }
}

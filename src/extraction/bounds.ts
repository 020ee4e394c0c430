import type { Found } from '../records/index.ts'

/** No message is as long as this, in characters or bytes. Taking one apart needs many times its size. */
const MOST_IN_VALUE = 4 << 20
/** The largest groups have a few thousand members, and each of their messages names them all. */
const MOST_NAMED = 10_000

/** Why a row is not taken apart, if it is not: memory must not be the phone's to choose. */
export function rowTooLarge(row: Readonly<Record<string, unknown>>): { readonly unreadable: string } | undefined {
  for (const name in row) {
    const value = row[name]
    if ((typeof value === 'string' || value instanceof Uint8Array) && value.length > MOST_IN_VALUE)
      return { unreadable: 'a value of more than 4 MiB' }
  }
  return undefined
}

/** The same for a record that was read: how many people and files it names. */
export function recordTooLarge(found: Found): { readonly unreadable: string } | undefined {
  const named =
    found.kind === 'message' || found.kind === 'call'
      ? found.to.length
      : found.kind === 'contact'
        ? found.addresses.length
        : 0
  if (named > MOST_NAMED) return { unreadable: `it names more than ${MOST_NAMED} people` }
  if (found.attachments.length > MOST_NAMED) return { unreadable: `it names more than ${MOST_NAMED} files` }
  return undefined
}

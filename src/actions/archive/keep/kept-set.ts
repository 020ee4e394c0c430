import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'

/** A recording that is to be kept, as far as it tells of nobody. */
export interface KeptItem {
  readonly id: string
  /** lower-case hex, of its bytes */
  readonly sha256: string
}

/**
 * Names a set of recordings of one archive by its digest, in whatever order they come: SHA-256 over the canonical JSON (RFC 8785) of the archive's id and
 * every recording's id and digest. An authorisation names it as the serial number of what may be read: other recordings, or other bytes, are another set.
 */
export function setDigest(archiveId: string, items: readonly KeptItem[]): string {
  const recordings = items.map(({ id, sha256 }) => ({ id, sha256 })).sort((a, b) => (a.id < b.id ? -1 : 1))
  return hash('sha256', canonical({ archive: archiveId, recordings }), 'hex')
}

/** Where a recording stands in what is read of the archive, and so in the provenance of its record: archive, phone within it (0: none is known), recording. */
export function keptPlace(
  archiveId: string,
  { id, phone }: { readonly id: string; readonly phone: number | null },
): string {
  return `${archiveId}/phone-${phone ?? 0}/${id}`
}

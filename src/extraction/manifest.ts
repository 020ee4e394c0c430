import type { Device, OpenedFile, SourceKind } from '../acquisition/index.ts'
import type { Problem, RecordKind } from '../records/index.ts'
import type { ContainerFile } from '../vault/index.ts'
import type { FileCounts } from './file-ledger.ts'
import type { KindCounts } from './tally.ts'

/** The predicate of the signed manifest (docs/formats/extract.md). No content, no name and no number that came from the phone. */
export interface Manifest {
  readonly format: 'peel-extract/1'
  readonly authorisation: {
    readonly reference: string
    readonly version: number
    /** lower-case hex SHA-256 of the authorisation's signed payload */
    readonly digest: string
  }
  readonly tool: { readonly name: 'peel'; readonly version: string; readonly commit: string }
  readonly source: {
    readonly kind: SourceKind
    readonly device: Pick<Device, 'model' | 'os' | 'os_version' | 'serial'>
  }
  readonly files: FileCounts & {
    /** read to learn what the source is and of which device; a backup's own lists are not among its files */
    readonly about_source: readonly OpenedFile[]
    /** databases and their companions, read to their end */
    readonly databases: readonly OpenedFile[]
    /** taken files: their list is inside the container, `root` binds it */
    readonly taken: { readonly count: number; readonly bytes: number; readonly root: string }
    /** looked at for what they are or for time and place, and left */
    readonly looked_at: { readonly count: number; readonly bytes_read: number }
    /** root over the paths of all files of the source and whether they were there: whoever has the source can compute it */
    readonly list_root: string
  }
  readonly records: Partial<Record<RecordKind, KindCounts>>
  readonly not_asked_for: readonly RecordKind[]
  /** records that each clause admits; a record that two clauses admit counts in both */
  readonly clauses: Readonly<Record<string, number>>
  readonly merkle: { readonly size: number; readonly root: string }
  readonly contents: readonly ContainerFile[]
  readonly problems: readonly Problem[]
  readonly scratch: { readonly kind: 'memory_and_sealed_scratch' }
  readonly started: string
  readonly finished: string
  /** only in an extract that was sealed anew, of the last time; `tool`, `started` and `finished` stay the extraction's */
  readonly resealed?: Resealed
}

/** Why a record was removed after it was taken. */
export const REMOVAL_REASONS = [
  'privileged',
  'confidential',
  'excess',
  'not_relevant',
  'retention',
  'withdrawn',
  'ordered',
] as const
export type RemovalReason = (typeof REMOVAL_REASONS)[number]

/** How many records were removed, by kind and reason. */
export type Removed = Partial<Record<RecordKind, Partial<Record<RemovalReason, number>>>>

/** What was done to the extract before, to make this one of it. */
export interface Resealed {
  readonly at: string
  readonly tool: Manifest['tool']
  /** lower-case hex SHA-256 of the envelope of the manifest before, which lies in `earlier/`; and its tree */
  readonly before: { readonly manifest: string; readonly merkle: Manifest['merkle'] }
  /** this time; the sum over all times is in `records` */
  readonly removed: Removed
}

export const MANIFEST_PREDICATE = 'urn:peel:extract:1'

/** The manifest as it is signed. */
export interface SignedManifest extends Manifest {
  /** the key that signed it, `ed25519:<base64>`: says who claims it, not whether to believe them */
  readonly signed_by: string
}

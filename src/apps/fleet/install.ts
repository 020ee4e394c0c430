import type { Platform } from '../platform.ts'
import type { Instant } from './instant.ts'

/** Where a list came from. */
export const SOURCES = [
  'android_management',
  'intune_graph',
  'intune_export',
  'google_workspace',
  'apple_mdm',
  'columns',
] as const
export type Source = (typeof SOURCES)[number]

/**
 * Who put an app onto a phone. `system`: its maker. `other`: somebody who is neither the shop nor the management. `none`: the source says
 * who, and of this app says nobody, as of one that came over a cable.
 */
export const INSTALLERS = ['store', 'management', 'system', 'other', 'none'] as const
export type Installer = (typeof INSTALLERS)[number]

/** One app on one phone, whichever system told of it. */
export interface Install {
  /** as the source names the device; nobody's name */
  readonly device: string
  readonly platform: Platform
  /** package name or bundle id; absent where the source knows apps by name only, or where what it gave is no id */
  readonly id?: string
  /** as its maker wrote it, at most 512 characters */
  readonly name?: string
  readonly publisher?: string
  readonly versionName?: string
  /** Android's, by which versions are ordered */
  readonly versionCode?: number
  /** absent: the source does not say who installed apps */
  readonly installer?: Installer
  /** `sha256:…` or `sha1:…` of its signing certificates, lower-case hexadecimal, in order */
  readonly signers: readonly string[]
  readonly source: Source
  /** when it was first known to be there: from the source where `firstSeenSaid`, else the time of the import */
  readonly firstSeen: Instant
  readonly firstSeenSaid: boolean
}

/** What a source may say of an app on a phone, beside when it came. */
export const SAID_OF_APP = [
  'id',
  'name',
  'publisher',
  'versionName',
  'versionCode',
  'installer',
  'signers',
] as const satisfies readonly (keyof Install)[]

/** What was odd, by its place. What stood there is never repeated. */
export interface Odd {
  /** `line 12`, `file 2 devices[3].applicationReports[7]` */
  readonly place: string
  readonly code:
    | 'not_a_row'
    | 'no_device'
    | 'no_app'
    | 'bad_id'
    | 'bad_name'
    | 'bad_version_code'
    | 'bad_signer'
    | 'bad_time'
    | 'bad_installer'
    | 'platform_unknown'
    /** the device says nothing of its apps: its policy does not ask for them */
    | 'no_app_report'
    /** the source counts more or fewer devices than it names */
    | 'count_differs'
    /** the source has further pages that were not given */
    | 'more_pages'
    | 'wrong_number_of_cells'
    | 'quote_open'
    | 'text_after_quote'
  /** whether the row counts nevertheless */
  readonly row: 'kept' | 'left_out'
}

/** How many phones have an app, where the source counts and does not name them. */
export interface AppCount {
  readonly platform: Platform
  readonly name: string
  readonly publisher?: string
  readonly versionName?: string
  readonly devices: number
}

/** One import. Every row of its files is in exactly one of: installs, counts, removed, elsewhere, left out. */
export interface Imported {
  readonly source: Source
  readonly at: Instant
  readonly installs: readonly Install[]
  readonly counts: readonly AppCount[]
  /** devices whose whole list this import holds, also those without an app: only of them is known what is gone */
  readonly reported: readonly string[]
  readonly odd: readonly Odd[]
  readonly rows: number
  /** rows that tell of an app that is no longer there */
  readonly removed: number
  /** rows of computers and other machines */
  readonly elsewhere: number
  readonly leftOut: number
}

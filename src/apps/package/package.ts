import type { Platform } from '../platform.ts'

/** What a package is, and what it could do once it is on a phone: read from its files alone, and never run. */
export interface InspectedPackage {
  readonly platform: Platform
  /** package name, or bundle id */
  readonly package: string
  readonly version_name?: string
  /** a whole number on Android, text on an iPhone */
  readonly version_code?: number | string
  /** API level; the version of iOS, as text, on an iPhone */
  readonly min_sdk?: number | string
  readonly target_sdk?: number | string
  readonly label?: string
  readonly permissions: readonly Permission[]
  readonly components: readonly Component[]
  readonly flags: Flags
  readonly queries: Queries
  /** names of folders with native code, e.g. `arm64-v8a` */
  readonly native_abis: readonly string[]
  readonly signers: readonly Signer[]
  /** those of the list that was given; empty where none was */
  readonly trackers: readonly Tracker[]
  /** how many classes were held against how many trackers; absent where no list was given */
  readonly trackers_checked?: TrackersChecked
  readonly risks: readonly Risk[]
  readonly call_recorder: Recorder
  /** parts of one app that come in files of their own, as they are called in the package */
  readonly splits: readonly string[]
  readonly ios?: IosFacts
  /** what is odd about it, each with its place */
  readonly problems: readonly PackageProblem[]
}

export interface Permission {
  readonly name: string
  /** asked for up to this API level */
  readonly max_sdk?: number
  /** asked for from API level 23 on */
  readonly sdk_23?: true
  /** iOS: what the user is told when asked */
  readonly usage?: string
}

export type ComponentKind = 'activity' | 'activity-alias' | 'service' | 'receiver' | 'provider'

export interface Component {
  readonly kind: ComponentKind
  readonly name: string
  /** whether other apps can reach it */
  readonly exported: boolean
  /** what another app must hold to reach it */
  readonly permission?: string
  readonly read_permission?: string
  readonly write_permission?: string
  /** of its intent filters */
  readonly actions: readonly string[]
}

export interface Flags {
  readonly allow_backup?: boolean
  readonly debuggable?: boolean
  /** whether it may speak without encryption to some host */
  readonly cleartext?: boolean
}

/** Which other apps it wants to know of. */
export interface Queries {
  readonly packages: readonly string[]
  readonly actions: readonly string[]
  readonly authorities: readonly string[]
}

/** A certificate that the package names as its maker's. That the signature holds is not checked here: the phone does. */
export interface Signer {
  readonly scheme: 'v1' | 'v2' | 'v3' | 'v3.1' | 'provisioning-profile'
  /** of the certificate, lower-case hex */
  readonly sha256: string
  readonly subject?: string
}

export interface Tracker {
  readonly name: string
  readonly categories: readonly string[]
  /** the first class that gave it away */
  readonly class: string
}

export interface TrackersChecked {
  readonly trackers: number
  /** signatures of the list that were not used, because they are no plain patterns */
  readonly skipped: number
  readonly classes: number
}

export interface IosFacts {
  /** from the provisioning profile */
  readonly entitlements: Readonly<Record<string, unknown>>
  /** App Transport Security: whether any host may be spoken to without encryption */
  readonly arbitrary_loads: boolean
  /** from PrivacyInfo.xcprivacy */
  readonly privacy?: {
    readonly tracking: boolean
    readonly tracking_domains: readonly string[]
    readonly collected: readonly string[]
    readonly accessed_apis: readonly string[]
  }
}

export interface PackageProblem {
  readonly code:
    | 'manifest_odd'
    | 'resources_unreadable'
    | 'classes_unreadable'
    | 'signature_unreadable'
    | 'not_signed'
    | 'bytes_before_archive'
    | 'profile_unreadable'
    | 'privacy_unreadable'
    | 'exported_missing'
    | 'split_alone'
  /** the file in the package */
  readonly file?: string
  readonly detail: string
}

/** Something that a package could do to people, and by what it shows. */
export interface Risk {
  /** permission or guard, without `android.permission.` */
  readonly name: string
  /** how it shows: it asks for the permission, or one of its components is guarded by it so that only the system may call it */
  readonly by: 'permission' | 'component' | 'usage'
  /** what that lets it do, in plain words */
  readonly may: string
}

/** How far a package could record calls: `A` surely, `B` perhaps, `C` it has the microphone, `none` it has not. */
export interface Recorder {
  readonly grade: Grade
  readonly reasons: readonly RecorderReason[]
}

export type Grade = 'A' | 'B' | 'C' | 'none'

export interface RecorderReason {
  readonly code:
    | 'capture_audio_output'
    | 'in_call_service'
    | 'accessibility_service'
    | 'call_permission'
    | 'microphone'
    | 'known_recorder'
    | 'queries_known_recorder'
    | 'pair_by_signer'
  /** the permission, component or package that shows it */
  readonly detail: string
}

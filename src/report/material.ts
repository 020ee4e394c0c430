import type { Authorisation } from '../authorisation/index.ts'
import type { SignedManifest } from '../extraction/index.ts'
import type { Check } from '../verify/index.ts'
import type { Picture } from './document.ts'
import type { Gathered } from './gather.ts'

/** Everything that the sections of a report are written from. */
export interface Material {
  readonly authorisation: Authorisation
  readonly manifest: SignedManifest
  readonly checks: readonly Check[]
  readonly gathered: Gathered
  /** taken pictures that are shown, by digest */
  readonly pictures: ReadonlyMap<string, Picture>
  /** what the databases are called in this report, by path: D1, D2 … */
  readonly databases: ReadonlyMap<string, string>
}

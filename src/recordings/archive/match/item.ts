import type { Direction, NamedCall } from '../names/named-call.ts'

/** What another place than the name tells of a call: a side-car file, or a recorder's database. */
export type ToldCall = Pick<NamedCall, 'numbers' | 'direction' | 'started'> & { readonly durationMs?: number }

/** One file of an archive, as the inventory has it. */
export interface Item {
  readonly id: string
  /** lower-case hex, of the bytes */
  readonly sha256: string
  readonly bytes: number
  /** id, IMEI or number of the phone that it lay on; absent of what lay elsewhere and says of no phone */
  readonly device?: string
  /** absent where no template fits the name */
  readonly named?: NamedCall
  readonly sidecar?: ToldCall
  readonly db?: ToldCall
  /** what the bytes say; absent where they are no recording that is known */
  readonly audio?: {
    readonly container: string
    readonly durationMs?: number
    readonly state: 'whole' | 'damaged' | 'empty'
  }
  /** the item of which the inventory found this to be an exact copy */
  readonly duplicateOf?: string
}

/** Where a field came from. */
export type Source = 'name' | 'sidecar' | 'db' | 'container' | 'bill'

export type { Direction }

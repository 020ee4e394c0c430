import { createHmac } from 'node:crypto'
import type { Item, ToldCall } from '../match/item.ts'
import type { NamedTime } from '../names/named-call.ts'
import type { ExpectedRecording } from './acr-database.ts'
import type { InventoryItem } from './inventory.ts'
import type { SidecarFacts } from './sidecar.ts'

/** The id of a recording, under the key of the archive's marks: it tells nothing of the path, which holds people's numbers. */
export function itemIdOf(path: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`path\0${path}`).digest('hex').slice(0, 32)
}

/** A recording of the inventory as matching takes it. */
export function itemFrom({ device, bytes, sha256, named, audio, said, listed }: InventoryItem, id: string): Item {
  return {
    id,
    sha256,
    bytes,
    ...(device !== '' && { device }),
    ...(named && { named }),
    ...(audio && { audio }),
    ...(said && { sidecar: toldBeside(said) }),
    ...(listed && { db: toldByList(listed) }),
  }
}

function toldBeside({ numbers, direction, startedAt, durationMs }: SidecarFacts): ToldCall {
  return {
    numbers,
    ...(direction !== undefined && { direction }),
    ...(startedAt !== undefined && { started: exactly(startedAt) }),
    ...(durationMs !== undefined && { durationMs }),
  }
}

function toldByList({ number, direction, startedAt }: ExpectedRecording): ToldCall {
  return {
    numbers: number === undefined ? [] : [number],
    ...(direction !== undefined && { direction }),
    ...(startedAt !== undefined && { started: exactly(startedAt) }),
  }
}

function exactly(at: number): NamedTime {
  return { at: [at], precision: 'millisecond', zone: 'said' }
}

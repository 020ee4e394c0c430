import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openPayload, PayloadSealer, putOnDisk } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'
import type { FleetKeys } from './fleet-keys.ts'

/** Exports repeat themselves: the fastest compression takes nine tenths of them. */
const LEVEL = 1

/** Writes a file of the fleet's folder: compressed, sealed, and whole or not at all. `name` holds ids and nothing else. */
export async function writeFleetFile({ fleetFolder }: Ops, keys: FleetKeys, name: string, bytes: Uint8Array) {
  const sealer = new PayloadSealer(keys.fileKey(name))
  const packed = gzipSync(bytes, { level: LEVEL })
  await putOnDisk(join(fleetFolder, name), [...sealer.update(packed), ...sealer.finish()])
}

/** Opens such a file and leaves it compressed: `unpackFleetFile` does the rest, one at a time. Throws VaultError DAMAGED. */
export async function openFleetFile({ fleetFolder }: Ops, keys: FleetKeys, name: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of openPayload(keys.fileKey(name), createReadStream(join(fleetFolder, name))))
    pieces.push(piece)
  return Buffer.concat(pieces)
}

/** What stood in a file that was opened; at most `most` bytes. */
export function unpackFleetFile(packed: Buffer, most: number): Buffer {
  return gunzipSync(packed, { maxOutputLength: most })
}

/** Removes files of the fleet's folder whose names begin so, but for one. */
export async function removeFleetFiles({ fleetFolder }: Ops, beginning: string, but?: string): Promise<void> {
  for (const name of await readdir(fleetFolder))
    if (name.startsWith(beginning) && name !== but) await rm(join(fleetFolder, name), { force: true })
}

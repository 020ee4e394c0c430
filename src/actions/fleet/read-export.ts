import { gunzipSync } from 'node:zlib'
import type { Selectable } from 'kysely'
import {
  FleetError,
  type Imported,
  readAndroidManagement,
  readAppleMdm,
  readColumns,
  readGoogleWorkspace,
  readIntuneExport,
  readIntuneGraph,
} from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'
import { unpackFleetFile } from './sealed-file.ts'

/** An import as its table has it. */
export type ImportRow = Selectable<Tables['fleet_imports']>

/** The largest export, unpacked, in bytes; readers have limits of their own below it. */
const LARGEST_FILE = 512 << 20

/** Reads what was handed in for an import, by the reader of its source. `packed`: its files as they rest, opened. Throws FleetError. */
export function readExport({ source, at, columns }: ImportRow, packed: readonly Buffer[]): Imported {
  const options = { at: at.toISOString() }
  const files = unpacked(packed)
  switch (source) {
    case 'android_management':
      return readAndroidManagement(files, options)
    case 'intune_graph':
      return readIntuneGraph(files, options)
    case 'intune_export':
      return readIntuneExport(files, options)
    case 'google_workspace':
      return readGoogleWorkspace(files, options)
    case 'apple_mdm':
      return readAppleMdm(files, options)
    case 'columns':
      return readColumns(files, columns as NonNullable<typeof columns>, options)
  }
}

/** One file after another, so that no two are in memory; what was packed with gzip before it was handed in is unpacked too. */
function* unpacked(packed: readonly Buffer[]): Generator<Uint8Array> {
  for (const one of packed)
    try {
      const bytes = unpackFleetFile(one, LARGEST_FILE)
      yield bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LARGEST_FILE }) : bytes
    } catch (error) {
      const { code = '' } = error as { code?: string }
      if (code === 'ERR_BUFFER_TOO_LARGE')
        throw new FleetError('TOO_LARGE', 'the export is larger than 512 MiB', 'export fewer devices at a time')
      if (code.startsWith('Z_')) throw new FleetError('BAD_ARCHIVE', 'the archive cannot be read', 'export it again')
      throw error
    }
}

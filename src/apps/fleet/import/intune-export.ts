import { FleetError, notRecognised } from '../errors.ts'
import type { Imported } from '../install.ts'
import type { ImportOptions } from './android-management.ts'
import { onlyFile } from './archive.ts'
import { type CsvRecord, readCsv } from '../../../acquisition/index.ts'
import { Gathering } from './gather.ts'
import { intunePlatform } from './intune-platform.ts'
import { isObject, readJson, textOf } from './json.ts'

/** A row by its columns in lower case. */
type Row = (column: string) => unknown

/**
 * Intune's reports `AppInvRawData`, `AppInvByDevice` (one row an app on a device) and `AppInvAggregate` (one an app, with a count):
 * the zip of an export job, or the CSV or JSON in it. They know apps by name only. Throws FleetError BAD_ARCHIVE, NOT_JSON,
 * NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readIntuneExport(files: Iterable<Uint8Array>, { at }: ImportOptions): Imported {
  const gathering = new Gathering('intune_export', at)
  let file = 0
  for (const bytes of files) {
    file++
    const body = onlyFile(bytes)
    const first = body.find((byte) => ![0xef, 0xbb, 0xbf, 0xff, 0xfe, 0, 0x20, 9, 10, 13].includes(byte))
    if (first === 0x7b || first === 0x5b) readRows(gathering, readJson(body), file)
    else readTable(gathering, csvText(body), file)
  }
  return gathering.result()
}

function readTable(gathering: Gathering, text: string, file: number): void {
  let columns: ReadonlyMap<string, number> | undefined
  for (const record of readCsv(text)) {
    const place = () => `file ${file} line ${record.line}`
    if (columns === undefined) columns = headings(record)
    else if (record.fault !== undefined) gathering.leftOut(record.fault, place)
    else if (record.cells.length !== columns.size) gathering.leftOut('wrong_number_of_cells', place)
    else {
      const where = columns
      readRow(gathering, (column) => record.cells[where.get(column) ?? -1], place)
    }
  }
  if (columns === undefined) throw notRecognised('a report of Intune')
}

function headings({ cells }: CsvRecord): ReadonlyMap<string, number> {
  const columns = new Map(cells.map((cell, at) => [cell.trim().toLowerCase(), at]))
  known((column) => columns.has(column))
  if (columns.size !== cells.length) throw notRecognised('a report of Intune')
  return columns
}

function known(has: (column: string) => boolean): void {
  if (!has('applicationname') || !has('platform') || !(has('deviceid') || has('devicecount')))
    throw notRecognised('a report of Intune on apps: ApplicationName, Platform, DeviceId or DeviceCount')
}

/** Objects, or, as Graph's reports come, lists of values under a schema. */
function readRows(gathering: Gathering, told: unknown, file: number): void {
  const outer = isObject(told) ? lower(told) : undefined
  const values = outer === undefined ? told : (outer('value') ?? outer('values'))
  if (!Array.isArray(values)) throw notRecognised('a report of Intune')
  const schema = outer?.('schema')
  const columns = Array.isArray(schema)
    ? new Map(schema.map((one, at) => [String(isObject(one) ? lower(one)('column') : one).toLowerCase(), at]))
    : undefined
  if (columns !== undefined) known((column) => columns.has(column))
  values.forEach((value: unknown, index) => {
    const place = () => `file ${file} values[${index}]`
    if (Array.isArray(value) && columns !== undefined) {
      if (value.length !== columns.size) return gathering.leftOut('wrong_number_of_cells', place)
      return readRow(gathering, (column) => value[columns.get(column) ?? -1], place)
    }
    if (!isObject(value)) return gathering.leftOut('not_a_row', place)
    readRow(gathering, lower(value), place)
  })
}

function lower(object: Readonly<Record<string, unknown>>): Row {
  const columns = new Map(Object.entries(object).map(([column, value]) => [column.toLowerCase(), value]))
  return (column) => columns.get(column)
}

function readRow(gathering: Gathering, cell: Row, place: () => string): void {
  const platform = intunePlatform(cell('platform'))
  if (platform === 'elsewhere') return gathering.elsewhere()
  if (platform === undefined) return gathering.leftOut('platform_unknown', place)
  const short = cell('applicationshortversion')
  const what = {
    platform,
    name: cell('applicationname'),
    publisher: cell('applicationpublisher'),
    versionName: short === '' || short === undefined || short === null ? cell('applicationversion') : short,
  }
  const told = cell('deviceid')
  if (told === undefined && cell('devicecount') !== undefined)
    return gathering.counted({ ...what, devices: cell('devicecount') }, place)
  gathering.install({ device: gathering.device(told), ...what }, place)
}

/** The text of an export. Throws FleetError NOT_RECOGNISED. */
export function csvText(bytes: Uint8Array): string {
  try {
    return textOf(bytes)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw notRecognised('text in UTF-8 or UTF-16')
    if ((error as { code?: string }).code === 'ERR_STRING_TOO_LONG')
      throw new FleetError('TOO_LARGE', 'the export is longer than a text may be', 'export fewer devices at a time')
    throw error
  }
}

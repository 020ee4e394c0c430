import type { Platform } from '../../platform.ts'
import { instantOf } from '../../../records/index.ts'
import { FleetError } from '../errors.ts'
import { INSTALLERS, type Imported, type Installer, SAID_OF_APP } from '../install.ts'
import type { ImportOptions } from './android-management.ts'
import { LARGEST_EXPORT } from './archive.ts'
import { readCsv, type Separator, SEPARATORS } from '../../../acquisition/index.ts'
import { Gathering } from './gather.ts'
import { csvText } from './intune-export.ts'
import { intunePlatform } from './intune-platform.ts'

const FIELDS = ['device', ...SAID_OF_APP, 'firstSeen'] as const
type Field = (typeof FIELDS)[number]

/** Which column of a CSV means what: Jamf Pro, Workspace ONE, and whatever else can write one. */
export interface FleetColumns {
  readonly separator?: Separator
  /** of every row, or by the column that says it */
  readonly platform: Platform | { readonly column: string }
  /** headings, without regard to case; `device` is needed, and `id` or `name` */
  readonly columns: Readonly<Partial<Record<Field, string>>>
  /** what stands in the column of the installer, and what it means */
  readonly installers?: Readonly<Record<string, Installer>>
  /** whether every app of each device in it is in it, so that what is missing is gone */
  readonly whole: boolean
}

/** Checks a mapping that was kept or handed in. Throws FleetError BAD_MAPPING. */
export function checkColumns(told: unknown): FleetColumns {
  const bad = (what: string) => new FleetError('BAD_MAPPING', `the mapping of columns ${what}`, 'map the columns again')
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isRecord(told) || !isRecord(told['columns'])) throw bad('names no columns')
  const { separator, platform, columns, installers, whole } = told
  for (const [field, heading] of Object.entries(columns))
    if (!FIELDS.some((one) => one === field) || typeof heading !== 'string' || heading.trim() === '')
      throw bad('has a field that is not known or a heading that is empty')
  if (!columns['device'] || !(columns['id'] || columns['name'])) throw bad('names no device, or neither id nor name')
  if (separator !== undefined && !SEPARATORS.some((one) => one === separator)) throw bad('has no known separator')
  const column = isRecord(platform) ? platform['column'] : undefined
  if (platform !== 'android' && platform !== 'ios' && (typeof column !== 'string' || column.trim() === ''))
    throw bad('says no platform')
  if (installers !== undefined && (!isRecord(installers) || !Object.values(installers).every(isInstaller)))
    throw bad('has an installer that is not known')
  if (typeof whole !== 'boolean') throw bad('does not say whether lists are whole')
  return told as unknown as FleetColumns
}

/**
 * Brings in CSVs through a mapping. Times without a zone are those of British clocks; of the hour that comes twice the first counts.
 * Throws FleetError BAD_MAPPING, HEADINGS_MISSING, NOT_RECOGNISED, TOO_LARGE, BAD_TIME.
 */
export function readColumns(files: Iterable<Uint8Array>, mapping: FleetColumns, { at }: ImportOptions): Imported {
  const { columns, platform, separator, installers = {}, whole } = checkColumns(mapping)
  const meanings = new Map(Object.entries(installers).map(([word, kind]) => [word.trim().toLowerCase(), kind]))
  const gathering = new Gathering('columns', at)
  let file = 0
  for (const bytes of files) {
    file++
    if (bytes.length > LARGEST_EXPORT)
      throw new FleetError('TOO_LARGE', 'the export is larger than 500 MiB', 'export fewer devices at a time')
    let heads: readonly string[] | undefined
    for (const { line, cells, fault } of readCsv(csvText(bytes), separator)) {
      const place = () => `file ${file} line ${line}`
      if (heads === undefined) {
        heads = cells.map((cell) => cell.trim().toLowerCase())
        const wanted = [...Object.values(columns), ...(typeof platform === 'string' ? [] : [platform.column])]
        if (!wanted.every((one) => heads?.includes(one.trim().toLowerCase()))) throw headingsMissing()
        continue
      }
      if (fault !== undefined || cells.length !== heads.length) {
        gathering.leftOut(fault ?? 'wrong_number_of_cells', place)
        continue
      }
      const where = heads
      const cell = (heading: string | undefined) =>
        heading === undefined ? undefined : cells[where.indexOf(heading.trim().toLowerCase())]
      const found = typeof platform === 'string' ? platform : intunePlatform(cell(platform.column))
      if (found === 'elsewhere') {
        gathering.elsewhere()
        continue
      }
      if (found === undefined) {
        gathering.leftOut('platform_unknown', place)
        continue
      }
      const { device, installer, firstSeen, ...more } = columns
      const said = cell(installer)?.trim().toLowerCase() ?? ''
      if (said !== '' && !meanings.has(said)) gathering.note('bad_installer', place)
      gathering.install(
        {
          device: whole ? gathering.device(cell(device)) : cell(device),
          platform: found,
          ...Object.fromEntries(Object.entries(more).map(([field, heading]) => [field, cell(heading)])),
          installer: said === '' ? undefined : (meanings.get(said) ?? 'other'),
          firstSeen: withZone(cell(firstSeen)),
        },
        place,
      )
    }
    if (heads === undefined) throw headingsMissing()
  }
  return gathering.result()
}

function headingsMissing(): FleetError {
  return new FleetError('HEADINGS_MISSING', 'the export has other columns than the mapping', 'map the columns again')
}

function isInstaller(value: unknown): boolean {
  return INSTALLERS.some((one) => one === value)
}

/** `2026-11-22 09:00`, `22/11/2026 09:00`, or a day alone, by British clocks; anything else as it is. */
function withZone(text: string | undefined): string | undefined {
  const [, year, month, day, hour, minute] =
    /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?)?\s*$/.exec(text ?? '') ?? []
  const [, day2, month2, year2, hour2, minute2] =
    /^\s*(\d\d?)\/(\d\d?)\/(\d{4})(?:[ ,]+(\d\d):(\d\d)(?::\d\d)?)?\s*$/.exec(text ?? '') ?? []
  if (year === undefined && year2 === undefined) return text
  const local = {
    year: Number(year ?? year2),
    month: Number(month ?? month2),
    day: Number(day ?? day2),
    hour: Number(hour ?? hour2 ?? 0),
    minute: Number(minute ?? minute2 ?? 0),
  }
  return instantOf(local) ?? text
}

import fc from 'fast-check'
import { makeZip } from '../../../acquisition/file-system/zip.fixture.ts'
import { FleetError } from '../errors.ts'
import type { Imported } from '../install.ts'
import { readAndroidManagement } from './android-management.ts'
import { readAppleMdm } from './apple-mdm.ts'
import { readColumns } from './columns.ts'
import { readGoogleWorkspace } from './google-workspace.ts'
import { readIntuneExport } from './intune-export.ts'
import { readIntuneGraph } from './intune-graph.ts'

const at = '2026-11-22T09:00:00.000Z'
const MAPPING = { platform: 'android', columns: { device: 'd', id: 'i', versionCode: 'v' }, whole: true } as const
const READERS: readonly ((files: readonly Uint8Array[]) => Imported)[] = [
  (files) => readAndroidManagement(files, { at }),
  (files) => readIntuneGraph(files, { at }),
  (files) => readIntuneExport(files, { at }),
  (files) => readGoogleWorkspace(files, { at }),
  (files) => readAppleMdm(files, { at }),
  (files) => readColumns(files, MAPPING, { at }),
]

const WORDS =
  `devices name applicationReports packageName value managedDevices id platform ios displayName mobiledevices
  applications resourceId values Schema ApplicationName DeviceId events createTime INSTALLED __proto__ constructor
  toString android deviceCount`.split(/\s+/)

/** Throws on anything but an import in which every row is accounted for, or a FleetError. */
export function fuzzImports(options: fc.Parameters<[Uint8Array]>): void {
  const word = fc.constantFrom(...WORDS)
  const { value: tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(word, fc.string({ maxLength: 20 }), fc.integer(), fc.constant(null), fc.boolean(), fc.double()),
    value: fc.oneof(
      { depthSize: 'medium' },
      tie('leaf'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 6 }),
    ),
  }))
  const text = tree.map((value) => Buffer.from(JSON.stringify(value)))
  const table = fc
    .array(fc.array(fc.oneof(word, fc.constantFrom('', '"', '""', ',', '\n', '\r', '"a""b"', 'é')), { maxLength: 6 }))
    .map((rows) => Buffer.from(['d,i,v', ...rows.map((cells) => cells.join(','))].join('\n')))
  const report = table.map((rows) => Buffer.concat([Buffer.from('ApplicationName,Platform,DeviceId\n'), rows]))
  const whole = fc.oneof(text, table, report)
  const bytes = fc.oneof(
    whole,
    whole.map((data) => makeZip([{ name: 'a', data }])),
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(whole, fc.nat(), fc.nat(255)).map(([data, place, byte]) => {
      const bent = makeZip([{ name: 'a', data }])
      bent[place % bent.length] = byte
      return bent
    }),
  )
  fc.assert(
    fc.property(bytes, (file) => {
      for (const read of READERS)
        try {
          const { rows, installs, counts, removed, elsewhere, leftOut, odd } = read([file])
          const told = installs.length + counts.length + removed + elsewhere + leftOut
          if (rows !== told) throw new Error('a row is lost')
          if (odd.filter(({ row }) => row === 'left_out').length !== leftOut) throw new Error('left out in silence')
        } catch (error) {
          if (!(error instanceof FleetError)) throw error
        }
    }),
    options,
  )
}

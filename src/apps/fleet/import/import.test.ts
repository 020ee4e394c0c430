import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeZip } from '../../../acquisition/file-system/zip.fixture.ts'
import { FleetError } from '../errors.ts'
import { readAndroidManagement } from './android-management.ts'
import { readAppleMdm } from './apple-mdm.ts'
import { readColumns } from './columns.ts'
import { fuzzImports } from './import-fuzz.fixture.ts'
import { readGoogleWorkspace } from './google-workspace.ts'
import { readIntuneExport } from './intune-export.ts'
import { readIntuneGraph } from './intune-graph.ts'

const at = '2026-11-22T09:00:00.000Z'
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const fails = (code: string, run: () => unknown) =>
  assert.throws(run, (error) => error instanceof FleetError && error.code === code)

describe('what phones hold, from Android Management API', () => {
  const report = {
    packageName: 'com.example.radio',
    displayName: 'Example Radio',
    versionName: '2.0',
    versionCode: 20,
    applicationSource: 'INSTALLED_FROM_PLAY_STORE',
    installerPackageName: 'com.android.vending',
    signingKeyCertFingerprints: ['A1'.repeat(20)],
    state: 'INSTALLED',
    events: [
      { eventType: 'REPLACED', createTime: '2026-11-20T09:00:00Z' },
      { eventType: 'INSTALLED', createTime: '2026-11-21T09:00:00Z' },
    ],
  }
  const device = (reports: unknown[], name = 'enterprises/E1/devices/D1') => ({ name, applicationReports: reports })
  const read = (...reports: unknown[]) => readAndroidManagement([json({ devices: [device(reports)] })], { at })

  it('is brought to one form, with the digest named by its kind and the time that the source knows', () => {
    const { installs, reported, odd } = read(report)
    assert.deepEqual(installs[0], {
      device: 'D1',
      platform: 'android',
      id: 'com.example.radio',
      name: 'Example Radio',
      publisher: undefined,
      versionName: '2.0',
      versionCode: 20,
      installer: 'store',
      signers: [`sha1:${'a1'.repeat(20)}`],
      source: 'android_management',
      firstSeen: '2026-11-21T09:00:00.000Z',
      firstSeenSaid: true,
    })
    assert.deepEqual([reported, odd], [['D1'], []])
  })

  it('tells who installed an app, and believes the worse of two that contradict each other', () => {
    const by = (applicationSource?: string, installerPackageName?: string) =>
      read({ ...report, applicationSource, installerPackageName }).installs[0]?.installer
    assert.equal(by('INSTALLED_FROM_PLAY_STORE', 'com.example.shop'), 'other')
    assert.equal(by('SYSTEM_APP_FACTORY_VERSION'), 'system')
    assert.equal(by('SYSTEM_APP_UPDATED_VERSION', 'com.example.shop'), 'other')
    assert.equal(by(undefined, 'com.google.android.apps.work.clouddpc'), 'management')
    assert.equal(by('APPLICATION_SOURCE_UNSPECIFIED'), 'none')
  })

  it('keeps an app whose report is nonsense, because nonsense must not hide it', () => {
    const { installs, odd } = read({ packageName: 'a b\u202e', versionCode: -1, signingKeyCertFingerprints: ['zz'] }, 7)
    assert.deepEqual(
      installs.map(({ id, name }) => [id, name]),
      [
        [undefined, 'a b\u202e'],
        [undefined, undefined],
      ],
    )
    assert.deepEqual(
      odd.map(({ place, code, row }) => `${place} ${code} ${row}`),
      [
        'file 1 devices[0].applicationReports[0] bad_id kept',
        'file 1 devices[0].applicationReports[0] bad_version_code kept',
        'file 1 devices[0].applicationReports[0] bad_signer kept',
        'file 1 devices[0].applicationReports[1] no_app kept',
      ],
    )
  })

  it('says which phones do not tell of their apps, and counts what is gone', () => {
    const page = { devices: [device([]), device([{ ...report, state: 'REMOVED' }], 'enterprises/E1/devices/D2')] }
    const { installs, removed, reported, odd } = readAndroidManagement([json(page)], { at })
    assert.deepEqual([installs.length, removed, reported], [0, 1, ['D2']])
    assert.deepEqual(odd, [{ place: 'file 1 devices[0]', code: 'no_app_report', row: 'kept' }])
  })

  it('knows no list as whole while pages are missing', () => {
    const page = json({ devices: [device([report])], nextPageToken: 'x' })
    assert.deepEqual(readAndroidManagement([page], { at }).reported, [])
    assert.deepEqual(readAndroidManagement([page, json({})], { at }).reported, ['D1'])
  })

  it('is refused with a code where it is something else', () => {
    fails('NOT_JSON', () => readAndroidManagement([Buffer.from('{')], { at }))
    fails('NOT_RECOGNISED', () => readAndroidManagement([json({ value: [] })], { at }))
    fails('BAD_TIME', () => readAndroidManagement([json({})], { at: '22/11/2026' }))
  })
})

describe('what phones hold, from Intune', () => {
  const app = { id: 'x', displayName: 'Example Radio', version: '2.0', publisher: 'Example', platform: 'ios' }

  it('is by name only, a device at a time where Graph was asked for devices', () => {
    const value = [
      { ...app, deviceCount: 2, managedDevices: [{ id: 'D1' }, { id: 'D2' }] },
      { ...app, platform: 'windows', deviceCount: 900 },
      { ...app, platform: 'androidWorkProfile', deviceCount: 3 },
    ]
    const { installs, counts, elsewhere, reported } = readIntuneGraph([json({ value })], { at })
    assert.deepEqual(
      installs.map(({ device, id, name, installer }) => [device, id, name, installer]),
      [
        ['D1', undefined, 'Example Radio', undefined],
        ['D2', undefined, 'Example Radio', undefined],
      ],
    )
    assert.deepEqual([counts[0]?.devices, elsewhere, reported], [3, 1, ['D1', 'D2']])
  })

  it('is not whole where Graph counts more devices than it names', () => {
    const { reported, odd } = readIntuneGraph(
      [json({ value: [{ ...app, deviceCount: 200, managedDevices: [{ id: 'D1' }] }] })],
      { at },
    )
    assert.deepEqual([reported, odd[0]?.code], [[], 'count_differs'])
  })

  const csv = [
    'ApplicationName,ApplicationPublisher,ApplicationShortVersion,ApplicationVersion,DeviceId,DeviceName,Platform',
    'Example Radio,"Example, Ltd",2.0,2.0.1,D1,x,AndroidWorkProfile',
    'Example Radio,Example,,2.0.1,D2,x,iOS',
    'Editor,Example,1,1,D3,x,Windows',
    'Example Radio,Example,2.0,2.0.1,,x,iOS',
    'Example Radio,Example,2.0',
    '"Example Radio,Example,2.0,2.0.1,D4,x,iOS',
    'Example Radio,Example,2.0,2.0.1,D5,x,iOS',
  ].join('\r\n')

  it('comes as the zip of an export job; odd rows are left out with their lines, and the rest is read', () => {
    const zip = makeZip([{ name: 'AppInvRawData_1.csv', data: Buffer.from(csv) }])
    const { installs, odd, elsewhere, leftOut, rows, reported } = readIntuneExport([zip], { at })
    assert.deepEqual(
      installs.map(({ device, platform, publisher, versionName }) => [device, platform, publisher, versionName]),
      [
        ['D1', 'android', 'Example, Ltd', '2.0'],
        ['D2', 'ios', 'Example', '2.0.1'],
        ['D5', 'ios', 'Example', '2.0'],
      ],
    )
    assert.deepEqual(
      odd.map(({ place, code }) => `${place} ${code}`),
      ['file 1 line 5 no_device', 'file 1 line 6 wrong_number_of_cells', 'file 1 line 7 quote_open'],
    )
    assert.deepEqual([rows, elsewhere, leftOut, reported], [7, 1, 3, []])
  })

  it('comes as JSON too, as objects or as rows under a schema, or counted', () => {
    const Schema = ['ApplicationName', 'Platform', 'DeviceId'].map((Column) => ({ Column, PropertyType: 'String' }))
    const rows = readIntuneExport([json({ Schema, Values: [['Example Radio', 'IPad', 'D1']] })], { at })
    assert.deepEqual(rows.installs[0]?.platform, 'ios')
    const values = [{ ApplicationName: 'Example Radio', Platform: 'AndroidOSP', DeviceCount: 12 }]
    assert.equal(readIntuneExport([json({ values })], { at }).counts[0]?.devices, 12)
  })

  it('is refused where the archive lies, is a bomb, or holds more than one file', () => {
    const data = Buffer.alloc(4 << 20)
    fails('BAD_ARCHIVE', () => readIntuneExport([makeZip([{ name: 'a.csv', data: Buffer.alloc(64 << 20) }])], { at }))
    fails('BAD_ARCHIVE', () => readIntuneExport([makeZip([{ name: 'a.csv', data, declaredSize: 10 }])], { at }))
    fails('BAD_ARCHIVE', () => readIntuneExport([makeZip([{ name: 'a.csv', data: Buffer.from(csv), crc: 1 }])], { at }))
    fails('BAD_ARCHIVE', () => readIntuneExport([makeZip([{ name: 'a.csv' }, { name: 'b.csv' }])], { at }))
    fails('NOT_RECOGNISED', () => readIntuneExport([Buffer.from('a,b\n1,2')], { at }))
  })
})

describe('what phones hold, from elsewhere', () => {
  it('is read from Google Workspace', () => {
    const applications = [{ packageName: 'com.example.radio', versionCode: 20, permission: [] }]
    const mobiledevices = [
      { resourceId: 'R1', type: 'ANDROID', applications },
      { resourceId: 'R2', type: 'IOS_SYNC' },
    ]
    const { installs, odd } = readGoogleWorkspace([json({ mobiledevices })], { at })
    assert.deepEqual(
      [installs[0]?.device, installs[0]?.id, installs[0]?.installer],
      ['R1', 'com.example.radio', undefined],
    )
    assert.equal(odd[0]?.code, 'no_app_report')
  })

  it('is read from the answers of iPhones, with what did not come from the App Store', () => {
    const app = (id: string, more: string) => `<dict><key>Identifier</key><string>${id}</string>${more}</dict>`
    const plist = `<?xml version="1.0"?><plist version="1.0"><dict><key>UDID</key><string>U1</string>
      <key>Status</key><string>Acknowledged</string><key>InstalledApplicationList</key><array>
      ${app('com.example.radio', '<key>AppStoreVendable</key><true/><key>ShortVersion</key><string>2.0</string>')}
      ${app('com.example.test', '<key>BetaApp</key><true/>')}${app('com.example.own', '<key>AppStoreVendable</key><false/>')}
      ${app('com.apple.mobilephone', '<key>AppStoreVendable</key><false/>')}</array></dict></plist>`
    const { installs } = readAppleMdm([Buffer.from(plist)], { at })
    assert.deepEqual(
      installs.map(({ device, installer }) => [device, installer]),
      [
        ['U1', 'store'],
        ['U1', 'other'],
        ['U1', 'other'],
        ['U1', undefined],
      ],
    )
    fails('NOT_RECOGNISED', () => readAppleMdm([Buffer.from('<plist><array/></plist>')], { at }))
  })

  it('is read from any CSV through a mapping; a time without a zone is British, the first of the hour that comes twice', () => {
    const mapping = {
      separator: ';',
      platform: { column: 'OS' },
      columns: { device: 'Serial', id: 'Bundle ID', installer: 'From', firstSeen: 'Since' },
      installers: { 'app store': 'store' },
      whole: true,
    } as const
    const csv = [
      'serial;bundle id;from;since;os',
      'S1;com.example.radio;App Store;25/10/2026 01:30;iOS',
      'S1;com.example.chat;a friend;nonsense;iOS',
      'S2;com.example.chat;;;Symbian',
    ].join('\n')
    const { installs, odd } = readColumns([Buffer.from(csv)], mapping, { at })
    assert.deepEqual(
      installs.map(({ id, installer, firstSeen }) => [id, installer, firstSeen]),
      [
        ['com.example.radio', 'store', '2026-10-25T00:30:00.000Z'],
        ['com.example.chat', 'other', at],
      ],
    )
    assert.deepEqual(
      odd.map(({ place, code }) => `${place} ${code}`),
      ['file 1 line 3 bad_installer', 'file 1 line 3 bad_time', 'file 1 line 4 platform_unknown'],
    )
    fails('HEADINGS_MISSING', () => readColumns([Buffer.from('a;b\n')], mapping, { at }))
    fails('BAD_MAPPING', () => readColumns([], { ...mapping, columns: { device: 'x' } }, { at }))
  })

  it('is read or refused with a code, and no row is lost, whatever the bytes', () => fuzzImports({ numRuns: 300 }))
})

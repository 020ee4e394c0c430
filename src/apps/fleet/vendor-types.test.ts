import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { androidmanagement_v1 } from '@googleapis/androidmanagement'
import type {
  DetectedApp,
  GroupAssignmentTarget,
  IosGeneralDeviceConfiguration,
  MobileAppAssignment,
} from '@microsoft/microsoft-graph-types'
import { aPermitted, aRole, DAY } from './a-fleet.fixture.ts'
import { readAndroidManagement } from './import/android-management.ts'
import { readIntuneGraph } from './import/intune-graph.ts'
import { type AndroidApplication, type AndroidPolicy, androidPolicy } from './policy/android-policy.ts'
import { type IntuneAssignments, type IosAllowList, intunePlan } from './policy/intune-plan.ts'

// What runs here is little: the judge is tsc, which compares every shape with the vendor's own.

/** No member that the vendor does not know, at any depth. Members with an @ are OData's, which Graph's types leave out. */
type Unknown<Ours, Theirs> = Ours extends readonly (infer One)[]
  ? NonNullable<Theirs> extends readonly (infer Other)[]
    ? Unknown<One, Other>
    : 'no list'
  : Ours extends object
    ? {
        [Key in keyof Ours & string]: Key extends `@${string}`
          ? never
          : Key extends keyof NonNullable<Theirs>
            ? Unknown<Ours[Key], NonNullable<Theirs>[Key]>
            : Key
      }[keyof Ours & string]
    : never
type Nothing<T extends undefined> = T

export type NothingUnknown = [
  Nothing<Extract<Unknown<AndroidPolicy, androidmanagement_v1.Schema$Policy>, string> extends never ? undefined : 1>,
  Nothing<
    Extract<Unknown<AndroidApplication, androidmanagement_v1.Schema$ApplicationPolicy>, string> extends never
      ? undefined
      : 1
  >,
  Nothing<Extract<Unknown<IosAllowList, IosGeneralDeviceConfiguration>, string> extends never ? undefined : 1>,
  Nothing<
    Extract<
      Unknown<IntuneAssignments['body']['mobileAppAssignments'][number]['target'], GroupAssignmentTarget>,
      string
    > extends never
      ? undefined
      : 1
  >,
]

/** The judge itself: a misspelt member is found, also within another. */
export type Misspelt = Nothing<
  // @ts-expect-error
  Extract<
    Unknown<{ statusReportingSettings: { applicationReportEnabled: true } }, androidmanagement_v1.Schema$Policy>,
    string
  > extends never
    ? undefined
    : 1
>

test('E10: a policy for Android Management API is one by Google’s own types', () => {
  const made = androidPolicy(aRole(), [aPermitted()], DAY(2))
  assert('policy' in made)
  const policy: androidmanagement_v1.Schema$Policy = made.policy
  assert.deepEqual(Object.keys(policy).sort(), made.updateMask.split(',').sort())
})

test('E10: what goes to Intune is so by Microsoft’s own types', () => {
  const made = intunePlan([aRole()], [aPermitted(), aPermitted({ platform: 'ios' })], DAY(2))
  assert('roles' in made)
  const assignments: readonly MobileAppAssignment[] = made.assignments.flatMap((one) => one.body.mobileAppAssignments)
  const lists: readonly IosGeneralDeviceConfiguration[] = made.roles.map(({ ios }) => ios)
  assert.deepEqual([assignments.length, lists[0]?.appsVisibilityList?.length], [1, 1])
})

test('reports are read as the vendors’ own types have them', () => {
  const device = {
    name: 'enterprises/E1/devices/D1',
    policyName: 'enterprises/E1/policies/response',
    applicationReports: [
      {
        packageName: 'com.example.radio',
        displayName: 'Example Radio',
        versionName: '2.0',
        versionCode: 20,
        applicationSource: 'INSTALLED_FROM_PLAY_STORE',
        installerPackageName: 'com.android.vending',
        packageSha256Hash: 'c3'.repeat(32),
        signingKeyCertFingerprints: ['a1'.repeat(20)],
        state: 'INSTALLED',
        events: [{ eventType: 'INSTALLED', createTime: '2026-01-01T10:00:00Z' }],
        keyedAppStates: [],
      },
    ],
  } satisfies androidmanagement_v1.Schema$Device
  const page = { devices: [device] } satisfies androidmanagement_v1.Schema$ListDevicesResponse
  const detected = {
    id: 'x',
    displayName: 'Example Radio',
    version: '2.0',
    sizeInByte: 1,
    deviceCount: 1,
    publisher: 'Example',
    platform: 'androidDedicatedAndFullyManaged',
    managedDevices: [{ id: 'D1', operatingSystem: 'Android' }],
  } satisfies DetectedApp
  const json = (value: unknown) => [Buffer.from(JSON.stringify(value))]
  const at = DAY(2)
  const [a] = readAndroidManagement(json(page), { at }).installs
  const [b] = readIntuneGraph(json({ value: [detected] }), { at }).installs
  assert.deepEqual(
    [a?.device, a?.firstSeen, b?.device, b?.platform],
    ['D1', '2026-01-01T10:00:00.000Z', 'D1', 'android'],
  )
})

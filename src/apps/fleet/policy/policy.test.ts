import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { aPermitted, aRole, DAY } from '../a-fleet.fixture.ts'
import { androidPolicy } from './android-policy.ts'
import { intunePlan } from './intune-plan.ts'
import { diffPolicies } from './policy-diff.ts'
import { policySheet } from './sheet.ts'

const chat = aPermitted({ entry: 'chat', id: 'com.example.chat', intuneApp: 'chat', roles: ['response', 'office'] })
const withChat = aRole({ apps: [...aRole().apps, { entry: 'chat', install: 'available' }] })
const refusals = (made: object) =>
  'refused' in made
    ? (made.refused as { entry: string; code: string }[]).map(({ entry, code }) => `${entry} ${code}`)
    : []

describe('a role as a policy for Android', () => {
  it('E10: holds its apps and nothing else, from nowhere else, and no accessibility service', () => {
    const made = androidPolicy(aRole(), [aPermitted(), chat], DAY(2))
    assert.deepEqual('policy' in made && made.policy, {
      playStoreMode: 'WHITELIST',
      applications: [
        {
          packageName: 'com.example.radio',
          installType: 'FORCE_INSTALLED',
          defaultPermissionPolicy: 'PROMPT',
          permissionGrants: [{ permission: 'android.permission.RECORD_AUDIO', policy: 'DENY' }],
        },
      ],
      defaultPermissionPolicy: 'PROMPT',
      advancedSecurityOverrides: {
        untrustedAppsPolicy: 'DISALLOW_INSTALL',
        googlePlayProtectVerifyApps: 'VERIFY_APPS_ENFORCED',
        developerSettings: 'DEVELOPER_SETTINGS_DISABLED',
      },
      permittedAccessibilityServices: { packageNames: [] },
      microphoneAccess: 'MICROPHONE_ACCESS_USER_CHOICE',
      statusReportingSettings: {
        applicationReportsEnabled: true,
        applicationReportingSettings: { includeRemovedApps: true },
      },
    })
  })

  it('gives the microphone only where a rule gives it', () => {
    const permissions = [{ permission: 'android.permission.RECORD_AUDIO', grant: 'ask' }] as const
    const made = androidPolicy(
      aRole({ apps: [{ entry: 'radio', install: 'required', permissions }] }),
      [aPermitted()],
      DAY(2),
    )
    assert.deepEqual('policy' in made && made.policy.applications[0]?.permissionGrants, [
      { permission: 'android.permission.RECORD_AUDIO', policy: 'PROMPT' },
    ])
  })

  it('names a lowest version for twenty apps at most, and says for which it does not', () => {
    const many = Array.from({ length: 22 }, (_, at) =>
      aPermitted({ entry: `e${at}`, id: `com.example.a${at + 10}`, minimum: { versionCode: 5, since: DAY(1) } }),
    )
    const made = androidPolicy(
      aRole({ apps: many.map(({ entry }) => ({ entry, install: 'available' })) }),
      many,
      DAY(2),
    )
    assert.deepEqual('policy' in made && made.withoutMinimum, ['com.example.a30', 'com.example.a31'])
  })
})

describe('what nobody has assessed in time', () => {
  const refused = (...permitted: Parameters<typeof androidPolicy>[1]) =>
    refusals(androidPolicy(withChat, [chat, ...permitted], DAY(40)))

  it('E10: goes onto no phone, and the policy with it is not written out', () => {
    assert.deepEqual(refused(), ['radio not_in_catalogue'])
    assert.deepEqual(refused(aPermitted({ approved: DAY(41) })), ['radio not_approved_yet'])
    assert.deepEqual(refused(aPermitted({ withdrawn: DAY(40) })), ['radio withdrawn'])
    assert.deepEqual(refused(aPermitted({ assessedUntil: DAY(40) })), ['radio assessment_ended'])
    assert.deepEqual(refused(aPermitted({ roles: ['office'] })), ['radio not_for_role'])
    assert.deepEqual(refused(aPermitted({ id: '../x' })), ['radio bad_id'])
    assert.deepEqual(refused(aPermitted({ id: chat.id })), ['chat twice', 'radio twice'])
    assert.deepEqual(refused(aPermitted()), [])
  })

  it('may not listen in by an accessibility service either', () => {
    const made = androidPolicy(aRole({ accessibility: ['com.example.helper'] }), [aPermitted()], DAY(2))
    assert.deepEqual(refusals(made), ['com.example.helper accessibility_not_in_role'])
  })

  it('is in no export, whatever is asked for and when', () => {
    const day = fc.integer({ min: 1, max: 20 })
    const permitted = fc.record({
      entry: fc.constantFrom('radio', 'chat'),
      id: fc.constantFrom('a.b', 'a.c'),
      platform: fc.constantFrom('android' as const, 'ios' as const),
      from: day,
      until: day,
      out: fc.option(day),
    })
    fc.assert(
      fc.property(fc.array(permitted, { maxLength: 5 }), day, (given, now) => {
        const apps = given.map(({ from, until, out, ...app }) =>
          aPermitted({
            ...app,
            approved: DAY(from),
            assessedUntil: DAY(until),
            ...(out !== null && { withdrawn: DAY(out) }),
          }),
        )
        const good = new Set(
          given
            .filter(({ from, until, out }) => from <= now && now < until && (out === null || now < out))
            .map(({ platform, id }) => `${platform} ${id}`),
        )
        const android = androidPolicy(withChat, apps, DAY(now))
        const intune = intunePlan([withChat], apps, DAY(now))
        const told = [
          ...('policy' in android ? android.policy.applications.map((app) => `android ${app.packageName}`) : []),
          ...('roles' in intune
            ? intune.roles.flatMap(({ ios, managedGooglePlay }) => [
                ...ios.appsVisibilityList.map(({ appId }) => `ios ${appId}`),
                ...managedGooglePlay.map((id) => `android ${id}`),
              ])
            : []),
        ]
        for (const one of told) assert(good.has(one))
      }),
      { numRuns: 300 },
    )
  })
})

describe('roles for Intune', () => {
  const office = aRole({ role: 'office', apps: [{ entry: 'chat', install: 'required' }], groups: ['g-office'] })

  it('an app is assigned to the groups of every role at once, because one assignment replaces the other', () => {
    const made = intunePlan([withChat, office], [aPermitted(), chat], DAY(2))
    assert('roles' in made)
    assert.deepEqual(
      made.assignments.map(({ app, body }) => [
        app,
        body.mobileAppAssignments.map(({ intent, target }) => [target.groupId, intent]),
      ]),
      [
        ['00000000-0000-4000-8000-000000000001', [['00000000-0000-4000-8000-0000000000aa', 'required']]],
        [
          'chat',
          [
            ['00000000-0000-4000-8000-0000000000aa', 'available'],
            ['g-office', 'required'],
          ],
        ],
      ],
    )
    assert.deepEqual(made, intunePlan([office, withChat], [chat, aPermitted()], DAY(2)))
  })

  it('is refused as a whole where one role is', () => {
    assert.deepEqual(refusals(intunePlan([aRole(), office], [aPermitted()], DAY(2))), ['chat not_in_catalogue'])
    assert.deepEqual(refusals(intunePlan([aRole()], [aPermitted({ intuneApp: undefined })], DAY(2))), [
      'radio needs_intune_app',
    ])
  })
})

describe('a role for people', () => {
  it('is a table without formulas and a sheet without marks of its own, with the day on which it ends', () => {
    const made = policySheet(aRole(), [aPermitted({ name: '=cmd|"x", `y`' })], DAY(2))
    assert('csv' in made)
    assert.match(made.csv, /,"'=cmd\|""x"", `y`",/)
    assert.match(made.sheet, /=cmd\\\|"x", \\`y\\`/)
    assert.match(made.sheet, /on 2026-12-31: the first assessment/)
    assert.deepEqual(refusals(policySheet(aRole(), [], DAY(2))), ['radio not_in_catalogue'])
  })
})

describe('what would change', () => {
  it('is told by the names of apps, permissions and groups', () => {
    const policy = (role: typeof withChat) => {
      const made = androidPolicy(role, [aPermitted(), chat], DAY(2))
      return 'policy' in made ? made.policy : undefined
    }
    const after = policy(aRole({ microphone: 'disabled' }))
    assert.deepEqual(
      diffPolicies(policy(withChat), after).map(({ path, change }) => `${change} ${path}`),
      [
        'removed applications[com.example.chat].defaultPermissionPolicy',
        'removed applications[com.example.chat].installType',
        'removed applications[com.example.chat].packageName',
        'removed applications[com.example.chat].permissionGrants.',
        'removed applications[com.example.chat].permissionGrants[android.permission.RECORD_AUDIO].permission',
        'removed applications[com.example.chat].permissionGrants[android.permission.RECORD_AUDIO].policy',
        'changed microphoneAccess',
      ],
    )
  })

  it('tells no accessibility service at all from any', () => {
    const changes = diffPolicies({}, { permittedAccessibilityServices: { packageNames: [] } })
    assert.deepEqual(changes, [{ path: 'permittedAccessibilityServices.packageNames.', change: 'added', after: '[]' }])
  })

  it('is nothing between two that differ in order alone, and something between all others', () => {
    const app = fc.record({ packageName: fc.constantFrom('a', 'b', 'c'), installType: fc.constantFrom('x', 'y') })
    const apps = fc.uniqueArray(app, { selector: ({ packageName }) => packageName, maxLength: 3 })
    const sorted = (list: { packageName: string }[]) =>
      [...list].sort((a, b) => (a.packageName < b.packageName ? -1 : 1))
    fc.assert(
      fc.property(apps, apps, (a, b) => {
        assert.deepEqual(diffPolicies({ applications: a }, { applications: [...a].reverse() }), [])
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
        assert.equal(diffPolicies({ applications: a }, { applications: b }).length === 0, same)
      }),
    )
  })
})

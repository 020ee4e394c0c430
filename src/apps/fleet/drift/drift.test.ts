import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { aPermitted, aRole, anImport, anInstall, DAY, OTHER_SIGNER, SIGNER, someRules } from '../a-fleet.fixture.ts'
import { proposeAliases } from '../aliases.ts'
import { FleetError } from '../errors.ts'
import type { Install } from '../install.ts'
import { compareFleet } from './findings.ts'
import { NO_HOLDINGS, quietSince, takeIn } from './fleet-state.ts'
import type { Rules } from './judge.ts'
import { oracle, someHistory } from './oracle.fixture.ts'
import { aboveCohort } from './spread.ts'
import { detectionOf, fleetAfter, NO_FLEET, nextFleet } from './tickets.ts'

const findings = (install: Partial<Install>, rules: Partial<Rules> = {}, day = 10) =>
  compareFleet(
    takeIn(NO_HOLDINGS, [anImport(DAY(day), [anInstall(install)])]),
    someRules(rules),
    DAY(day),
  ).findings.map(({ kind, severity, reasons }) => `${kind} ${severity}: ${reasons.map(({ code }) => code).join(', ')}`)

describe('an app on a phone', () => {
  it('that is approved, assessed in time, of its role and as it was signed has nothing against it', () => {
    assert.deepEqual(findings({}), [])
  })

  it('E10: that nobody approved, or no longer, is found', () => {
    assert.deepEqual(findings({ id: 'com.example.game' }), ['unapproved high: not_in_catalogue'])
    assert.deepEqual(findings({}, { permitted: [aPermitted({ withdrawn: DAY(9) })] }), ['unapproved high: withdrawn'])
    assert.deepEqual(findings({}, { permitted: [aPermitted({ assessedUntil: DAY(10) })] }), [
      'unapproved high: assessment_ended',
    ])
  })

  it('that came with the phone needs no approval, unless it had one or can record calls', () => {
    const system = { id: 'com.example.dialler', installer: 'system', signers: [] } as const
    const { id } = system
    assert.deepEqual(findings(system), [])
    assert.deepEqual(findings(system, { grades: [{ platform: 'android', id, grade: 'A' }] }), [
      'recorder medium: may_record_calls, part_of_the_system',
    ])
    assert.deepEqual(
      findings({ ...system, id: 'com.example.radio' }, { permitted: [aPermitted({ withdrawn: DAY(9) })] }),
      ['unapproved high: withdrawn'],
    )
  })

  it('E10: that belongs to another role is found, and so is any on a phone of no role or of two', () => {
    assert.deepEqual(findings({}, { policies: [aRole({ apps: [] })] }), ['wrong_role medium: not_in_role'])
    assert.deepEqual(findings({}, { permitted: [aPermitted({ roles: ['office'] })] }), [
      'wrong_role medium: not_for_role',
    ])
    assert.deepEqual(findings({}, { roles: [] }), ['wrong_role medium: device_without_role'])
    const two = ['response', 'office'].map((role) => ({ device: 'phone-1', role }))
    assert.deepEqual(findings({}, { roles: two }), ['wrong_role medium: device_without_role'])
  })

  it('that came past the shop is found, except the force’s own', () => {
    assert.deepEqual(findings({ installer: 'other' }), ['side_loaded high: installer_other'])
    assert.deepEqual(findings({ installer: 'none' }), ['side_loaded high: installer_none'])
    assert.deepEqual(findings({ installer: 'other' }, { permitted: [aPermitted({ inHouse: true })] }), [])
    assert.deepEqual(findings({ installer: undefined }), [])
  })

  it('that somebody else signed is found; what has no digest of one kind is not compared, and that is counted', () => {
    assert.deepEqual(findings({ signers: [OTHER_SIGNER] }), ['signer_mismatch critical: other_signer'])
    const sha1 = [anImport(DAY(10), [anInstall({ signers: [`sha1:${'a1'.repeat(20)}`] })])]
    const compared = compareFleet(takeIn(NO_HOLDINGS, sha1), someRules(), DAY(10))
    assert.deepEqual([compared.findings, compared.signersNotCompared], [[], 1])
    assert.deepEqual(findings({}, { permitted: [aPermitted({ signers: [SIGNER.slice(7)] })] }), [])
  })

  it('that is too old is found, by its code or else by its name', () => {
    const minimum = (versionCode?: number, versionName?: string) => ({
      permitted: [aPermitted({ minimum: { versionCode, versionName, since: DAY(5) } })],
    })
    assert.deepEqual(findings({}, minimum(21)), ['old_version medium: below_minimum'])
    assert.deepEqual(findings({}, minimum(20)), [])
    assert.deepEqual(findings({ versionCode: undefined, versionName: '1.10' }, minimum(20, '1.9')), [])
    assert.deepEqual(findings({ versionCode: undefined, versionName: '1.8.9' }, minimum(20, '1.9')), [
      'old_version medium: below_minimum',
    ])
    assert.deepEqual(findings({ versionCode: undefined, versionName: 'beta' }, minimum(20, '1.9')), [
      'old_version low: version_unclear',
    ])
  })

  it('that two roles have is as old as the phone’s own role allows', () => {
    const of = (entry: string, role: string, versionCode: number) =>
      aPermitted({ entry, roles: [role], minimum: { versionCode, since: DAY(5) } })
    const permitted = [of('radio', 'response', 21), of('chat', 'office', 1)]
    assert.deepEqual(findings({}, { permitted }), ['old_version medium: below_minimum'])
  })

  it('that could record calls is found, unless that is what it was approved for', () => {
    const grades = (grade: 'A' | 'B' | 'C') => [{ platform: 'android', id: 'com.example.radio', grade }] as const
    assert.deepEqual(findings({}, { grades: grades('A') }), ['recorder critical: may_record_calls'])
    assert.deepEqual(findings({}, { grades: grades('B') }), ['recorder high: may_record_calls'])
    assert.deepEqual(findings({}, { grades: grades('C') }), [])
    assert.deepEqual(findings({}, { grades: grades('A'), permitted: [aPermitted({ mayRecord: true })] }), [])
  })

  it('of which only a name is known is unknown until somebody confirms which app it is, and then marked as such', () => {
    const named = { id: undefined, name: 'EXAMPLE  radio', publisher: 'Example' } as const
    const proposed = { platform: 'android', name: 'Example Radio', id: 'com.example.radio' } as const
    const confirmed = { ...proposed, confirmed: { by: 'u-17', at: DAY(2) } }
    assert.deepEqual(findings(named), ['unknown_app medium: name_only'])
    assert.deepEqual(findings(named, { aliases: [proposed] }), ['unknown_app medium: name_only'])
    assert.deepEqual(findings(named, { aliases: [confirmed] }), [])
    assert.deepEqual(findings(named, { aliases: [confirmed], permitted: [] }), [
      'unapproved high: known_by_name, not_in_catalogue',
    ])
    const other = { ...confirmed, id: 'com.example.other' }
    assert.deepEqual(findings(named, { aliases: [confirmed, other] }), ['unknown_app medium: name_only'])
    assert.deepEqual(findings(named, { aliases: [{ ...confirmed, publisher: 'Somebody' }] }), [
      'unknown_app medium: name_only',
    ])
    assert.deepEqual(findings({ ...named, name: 'Exаmple radio' }, { aliases: [confirmed] }), [
      'unknown_app medium: name_only',
    ])
    assert.deepEqual(
      proposeAliases([{ platform: 'android', name: 'example RADIO' }], [aPermitted()]).map(({ id, confirmed: by }) => [
        id,
        by,
      ]),
      [['com.example.radio', undefined]],
    )
  })
})

describe('a ticket', () => {
  const game = anInstall({ id: 'com.example.game' })
  const radio = anInstall()

  it('opens with its finding, has a deadline by how grave it is, and closes when a later list no longer has the app', () => {
    const { tickets } = fleetAfter([anImport(DAY(10), [radio, game]), anImport(DAY(12), [radio])], someRules())
    assert.deepEqual(
      tickets.map(({ opened, deadline, closed, because }) => ({ opened, deadline, closed, because })),
      [{ opened: DAY(10), deadline: DAY(13), closed: DAY(12), because: 'gone' }],
    )
  })

  it('stays open where the phone is not in the import or its list is not whole; quiet phones are told', () => {
    const partial = anImport(DAY(12), [radio], { reported: [] })
    const elsewhere = anImport(DAY(13), [anInstall({ device: 'phone-2' })])
    const { tickets, holdings } = fleetAfter([anImport(DAY(10), [game]), partial, elsewhere], someRules())
    assert.equal(tickets.find(({ finding }) => finding.app.endsWith('game'))?.closed, undefined)
    assert.deepEqual(
      quietSince(holdings, DAY(13)).map(({ device, at }) => [device, at]),
      [['phone-1', DAY(12)]],
    )
  })

  it('is settled where the app is still there and nothing is wrong with it any more', () => {
    const imports = [anImport(DAY(10), [radio]), anImport(DAY(12), [radio])]
    const { tickets } = fleetAfter(imports, someRules({ permitted: [aPermitted({ approved: DAY(11) })] }))
    assert.deepEqual(
      tickets.map(({ because }) => because),
      ['settled'],
    )
  })

  it('opens anew where what was gone comes back', () => {
    const imports = [anImport(DAY(10), [radio, game]), anImport(DAY(11), [radio]), anImport(DAY(12), [radio, game])]
    const { tickets } = fleetAfter(imports, someRules())
    assert.deepEqual(
      tickets.map(({ opened, closed }) => [opened, closed]),
      [
        [DAY(10), DAY(11)],
        [DAY(12), undefined],
      ],
    )
  })

  it('an import from before the last is refused', () => {
    const fleet = nextFleet(NO_FLEET, [anImport(DAY(10), [radio])], someRules())
    assert.throws(
      () => nextFleet(fleet, [anImport(DAY(9), [radio])], someRules()),
      (error) => error instanceof FleetError && error.code === 'OUT_OF_ORDER',
    )
  })
})

describe('the time to detect', () => {
  const DAY_MS = 86_400_000
  const game = anInstall({ id: 'com.example.game' })
  const times = (imports: Parameters<typeof fleetAfter>[0], rules = someRules()) =>
    fleetAfter(imports, rules)
      .tickets.map(detectionOf)
      .map(({ atLeastMs, atMostMs }) => [atLeastMs / DAY_MS, atMostMs === undefined ? undefined : atMostMs / DAY_MS])

  it('E11: of what a first import shows has no upper bound, because nobody had looked', () => {
    assert.deepEqual(times([anImport(DAY(10), [game])]), [[0, undefined]])
  })

  it('E11: is at most the time since the last look without it', () => {
    assert.deepEqual(times([anImport(DAY(10), [anInstall()]), anImport(DAY(14), [anInstall(), game])]), [[0, 4]])
  })

  it('E11: is exact where the source says when it was installed', () => {
    assert.deepEqual(times([anImport(DAY(10), [{ ...game, firstSeen: DAY(8), firstSeenSaid: true }])]), [[2, 2]])
  })

  it('E11: counts from the withdrawal of what was there before', () => {
    const rules = someRules({ permitted: [aPermitted({ withdrawn: DAY(11) })] })
    assert.deepEqual(times([anImport(DAY(10), [anInstall()]), anImport(DAY(14), [anInstall()])], rules), [[3, 3]])
  })
})

describe('an approved app on many phones', () => {
  it('E11: is told where it is on more than were approved, also where a source only counts', () => {
    const installs = [1, 2, 3].map((at) => anInstall({ device: `phone-${at}` }))
    const holdings = takeIn(NO_HOLDINGS, [anImport(DAY(10), installs)])
    const rules = (cohort: number, more = {}) => someRules({ permitted: [aPermitted({ cohort, ...more })] })
    assert.deepEqual(aboveCohort(holdings, rules(3)), [])
    assert.deepEqual(aboveCohort(holdings, rules(2)), [{ app: 'android com.example.radio', installed: 3, approved: 2 }])
    assert.equal(aboveCohort(holdings, rules(9, { withdrawn: DAY(2) }))[0]?.approved, 0)
    const counts = ['1.0', '2.0'].map((versionName) => ({
      platform: 'android' as const,
      name: 'Example Radio',
      versionName,
      devices: 40,
    }))
    const counted = takeIn(holdings, [anImport(DAY(11), [], { source: 'intune_export', counts })])
    const alias = { platform: 'android', name: 'example radio', id: 'com.example.radio' } as const
    const aliases = [{ ...alias, confirmed: { by: 'u-17', at: DAY(2) } }]
    assert.equal(aboveCohort(counted, { ...rules(50), aliases })[0]?.installed, 80)
  })
})

describe('drift', () => {
  it('is what a slow reading of the rules finds, whatever the order of imports, rows and rules', () => {
    fc.assert(
      fc.property(someHistory, ({ imports, rules, shuffled }) => {
        const fleet = fleetAfter(imports, rules)
        assert.deepEqual(
          fleet.tickets.map(({ finding: { device, app, kind }, opened, closed }) => ({
            device,
            app,
            kind,
            opened,
            closed,
          })),
          oracle(imports, rules),
        )
        assert.deepEqual(fleetAfter(shuffled.imports, shuffled.rules).tickets, fleet.tickets)
      }),
      { numRuns: 400 },
    )
  })
})

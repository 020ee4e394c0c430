import assert from 'node:assert/strict'
import { it } from 'node:test'
import { anImport, anInstall, DAY } from '../../apps/fleet/a-fleet.fixture.ts'
import { NO_HOLDINGS, takeIn } from '../../apps/index.ts'
import { decodeHoldings, encodeHoldings } from './holdings-file.ts'

it('what phones hold is read as it was written, whatever stands in names', () => {
  const odd = 'a\n"b"\u2028\u0000,é'
  const first = anImport(DAY(1), [
    anInstall(),
    anInstall({ device: odd, name: odd, publisher: undefined, versionCode: undefined, signers: [] }),
    anInstall({ device: 'x', id: undefined, installer: 'none', firstSeen: DAY(0), firstSeenSaid: true }),
  ])
  const second = anImport(DAY(2), [anInstall({ versionName: '3' })], {
    counts: [{ platform: 'ios', name: odd, devices: 7 }],
  })
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  for (const holdings of [NO_HOLDINGS, takeIn(NO_HOLDINGS, [first]), takeIn(takeIn(NO_HOLDINGS, [first]), [second])]) {
    const again = decodeHoldings(encodeHoldings(holdings))
    assert.deepEqual(
      plain([again.at, [...again.devices], [...again.counts]]),
      plain([holdings.at, [...holdings.devices], [...holdings.counts]]),
    )
  }
  assert.deepEqual(decodeHoldings(undefined), NO_HOLDINGS)
})

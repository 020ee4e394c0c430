import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { aGranted } from '../../src/server/pages/extraction/granted.fixture.ts'
import { journey, type Journey } from './browser.ts'
import { extracts, givesReceipt, looksAtTheirPhone, seesTheEnd } from './extracting.ts'

test('the device user changes their mind in the middle of an extraction: it stops, and nothing is left on the disk', async (t) => {
  const at = await journey(t, 'withdrawal')
  if (at === undefined) return
  const { deviceId, requestId } = await aGranted(at.service, { everything: true })
  const { exhibit } = await at.service.ops.store.db
    .selectFrom('devices')
    .select('exhibit')
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow()
  await at.phone('iPhone', { messages: 6000 })
  const before = onDisk(at)
  const operator = await at.person('ext510')
  await extracts(operator, 'iPhone', exhibit)
  const worker = at.otherWorker()
  await untilWriting(at, before)
  worker.hold()
  await operator.sees('Running')
  await operator.at(`Extraction from ${exhibit}`)

  // No receipt has been given yet, and so there is no page of their own: they say it to whoever is there.
  const officer = await at.person('pc4321')
  await officer.open(`/requests/${requestId}/agreement/withdraw`)
  await officer.at('They have changed their mind')
  await officer.choose('By telephone')
  await officer.press('Record it, and stop')
  await officer.at('They changed their mind')
  worker.goOn()

  await operator.sees('Nothing of it is left')
  await operator.at(`Extraction from ${exhibit}`)
  await operator.sees('The device user changed their mind.')
  assert.deepEqual(onDisk(at), before)
})

test('the device user withdraws on their own page after the extraction', async (t) => {
  const at = await journey(t, 'withdrawal-by-code')
  if (at === undefined) return
  const { deviceId, requestId } = await aGranted(at.service)
  const { exhibit } = await at.service.ops.store.db
    .selectFrom('devices')
    .select('exhibit')
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow()
  await at.phone('iPhone')
  const operator = await at.person('ext510')
  await extracts(operator, 'iPhone', exhibit)
  await at.worker()
  await seesTheEnd(operator, exhibit, 'not taken')
  const user = await at.stranger('the device user')
  await looksAtTheirPhone(user, await givesReceipt(operator))
  await user.tick('I withdraw my agreement')
  await user.press('Withdraw my agreement')
  await user.at('Your agreement is withdrawn')
  const withdrawn = await at.service.ops.store.db.selectFrom('withdrawals').select(['request_id', 'channel']).execute()
  assert.deepEqual(withdrawn, [{ request_id: requestId, channel: 'page' }])
})

function onDisk({ data }: Journey): string[] {
  return ['extracts', 'uploads'].flatMap((folder) =>
    readdirSync(join(data, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`),
  )
}

/** Waits until something is being written, and no longer: what comes next is to happen in the middle of it. */
async function untilWriting(at: Journey, before: readonly string[]): Promise<void> {
  for (let looks = 0; onDisk(at).length === before.length; looks++) {
    assert.ok(looks < 10_000, 'nothing was being written')
    await pause(2)
  }
}

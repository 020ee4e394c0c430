import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aGranted } from '../../src/server/pages/extraction/granted.fixture.ts'
import { journey } from './browser.ts'

const MINUTE = 60_000

test('a grant that runs out while somebody stands at the kiosk grants nothing any more', async (t) => {
  const at = await journey(t, 'expired')
  if (at === undefined) return
  const { ops, setNow } = at.service
  const now = new Date()
  const { deviceId } = await aGranted(at.service, { validUntil: new Date(now.getTime() + 2 * MINUTE) })
  const { exhibit } = await ops.store.db
    .selectFrom('devices')
    .select('exhibit')
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow()
  await at.phone('iPhone')
  const operator = await at.person('ext510')
  await operator.follow('Extractions')
  await operator.at('Extractions')
  await operator.follow(new RegExp(`^Extract from ${exhibit}`))
  await operator.provesWhoTheyAre()
  await operator.at(`Extract from ${exhibit}`)
  await operator.choose('iPhone')
  setNow(new Date(now.getTime() + 3 * MINUTE))
  await operator.refused(async () => {
    await operator.press('Start the extraction')
    await operator.sees('has run out')
  })
  await operator.looks('the authorisation has run out')
  assert.equal(await ops.store.db.selectFrom('extractions').select('id').executeTakeFirst(), undefined)
})

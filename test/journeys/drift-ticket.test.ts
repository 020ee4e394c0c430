import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDevicePage, CLOCK, RECORDER, type ReportedApp } from '../../src/actions/fleet/a-fleet.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

test('E11: a recorder on a phone is found by an import, seen to, and closed by the next import', {
  timeout: 600_000,
}, async (t) => {
  const at = await journey(t, 'drift-ticket')
  if (at === undefined) return
  await at.worker()
  const owner = await at.person('app410')
  await owner.follow('Phones')
  await owner.at('Phones')
  await owner.sees(/Nobody has brought in yet/)
  await owner.follow('which role each phone has')
  await owner.at('Which role each phone has')
  await owner.refused(() => owner.press('Hand in'))
  await owner.at('Which role each phone has')
  await owner.sees('There is a problem')
  await hands(owner, 'device,role,holder\nPHONE-1,response,pc4321\nPHONE-2,response,pc4322')
  await owner.sees(/It counts from the next import on/)

  await brings(owner, { 'PHONE-1': [RECORDER, CLOCK], 'PHONE-2': [CLOCK] })
  await owner.sees('2 opened, 0 closed')
  await owner.follow('See what phones should not hold')
  await owner.at('What phones should not hold')
  await owner.follow(/^Could record calls/)
  await owner.at(/Could record calls/)
  await owner.sees('PHONE-1')
  await owner.sees(/Do not have it deleted yet/)
  await owner.refused(() => owner.press('Save'))
  await owner.at(/Could record calls/)
  await owner.sees('There is a problem')
  await owner.choose('It was seen to')
  await owner.type('What was done, or a note', 'The phone was taken in, and what is on it is listed.')
  await owner.press('Save')
  await owner.sees(/It closes by itself when an import shows that it is gone/)

  // Whoever only looks sees the ticket, and has nothing to write.
  const officer = await at.person('dpo400')
  await officer.follow('Phones')
  await officer.follow(/^2$/)
  await officer.at('What phones should not hold')
  await officer.follow(/^Could record calls/)
  await officer.at(/Could record calls/)
  await officer.sees('The phone was taken in, and what is on it is listed.')
  assert.equal(await officer.page.getByRole('button', { name: 'Save' }).count(), 0)

  await brings(owner, { 'PHONE-1': [CLOCK], 'PHONE-2': [CLOCK] })
  await owner.sees('0 opened, 2 closed')
  await owner.follow('See what phones should not hold')
  await owner.sees('Nothing is open.')
  await owner.follow('Closed')
  await owner.follow(/^Could record calls/)
  await owner.sees(/the app is no longer there/)
})

/** Brings in an export by the pages, and waits until it was read behind them. */
async function brings(owner: Person, phones: Readonly<Record<string, readonly ReportedApp[]>>): Promise<void> {
  await owner.open('/fleet')
  await owner.press('Bring in an export')
  await owner.at('Bring in what phones hold')
  await owner.choose('Android Management API')
  await owner.choose('Just now')
  await owner.press('Continue')
  await owner.at('Export: Android Management API')
  await hands(owner, aDevicePage(phones))
  await owner.at('Export: Android Management API')
  await owner.press('Read it now')
  await owner.at('Export: Android Management API', { looking: false })
  // The page tells by itself what came of it.
  await owner.page.getByText('Taken in').waitFor({ timeout: 120_000 })
  await owner.at('Export: Android Management API')
  await owner.sees('Taken in')
}

async function hands(owner: Person, bytes: string | Buffer): Promise<void> {
  const file = { name: 'export', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
  await owner.page.locator('input[type=file]').setInputFiles(file)
  await owner.press('Hand in')
}

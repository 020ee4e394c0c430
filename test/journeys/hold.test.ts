import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anExtract } from '../../src/server/pages/review/an-extract.fixture.ts'
import { journey } from './browser.ts'

test('what is under a hold is not destroyed until somebody who may lifts it', async (t) => {
  const at = await journey(t, 'hold')
  if (at === undefined) return
  await anExtract(t, at.service, { messages: 100 })
  const records = await at.person('rec300')
  await records.follow('Retention')
  await records.at('What is held')
  await records.follow(/^AH\/1 in /)
  await records.at(/^AH\/1 in /)
  await records.press('Set a hold')
  await records.at(/^Set a hold on AH\/1/)
  await records.refused(() => records.press('Set the hold'))
  await records.at(/^Set a hold on AH\/1/)
  await records.sees('There is a problem')
  await records.choose('A civil claim')
  await records.type('What is it about?', 'Claim 26/0417 against the force.')
  await records.type('Day', '1')
  await records.type('Month', '3')
  await records.type('Year', String(new Date().getUTCFullYear() + 1))
  await records.press('Set the hold')
  await records.at(/^AH\/1 in /)
  await records.sees('Claim 26/0417 against the force.')
  assert.equal(await records.page.getByRole('button', { name: 'Propose its destruction' }).count(), 0)

  const owner = await at.person('iao310')
  await owner.follow('Retention')
  await owner.at('What is held')
  await owner.follow(/^AH\/1 in /)
  await owner.at(/^AH\/1 in /)
  await owner.follow('Lift this hold')
  await owner.provesWhoTheyAre()
  await owner.at('Lift this hold')
  await owner.type('Why is it no longer needed?', 'The claim was settled on Friday.')
  await owner.press('Lift the hold')
  await owner.at(/^AH\/1 in /)
  await owner.sees('Lifted')
})

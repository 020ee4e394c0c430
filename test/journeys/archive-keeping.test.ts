import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { aCase } from '../../src/actions/archive/keep/a-keep.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

const REASONS = {
  relevance: 'They may show when the demand was made, and that nobody threatened anybody after it.',
  necessity: 'No other record of these calls is left, and the trial has not begun.',
}

/** Sends a form that comes back with what is wrong in it. */
async function isSentBack(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}

test('E14: recordings are proposed for a case, approved by another, sealed into an extract, read there, and held as the case is', async (t) => {
  const at = await journey(t, 'archive-keeping')
  if (at === undefined) return
  const archive = await anArchive(at.service)
  const about = await aCase(archive.ops)

  const isla = await at.person('dis210')
  await isla.follow('Recordings')
  await isla.follow('Recordings of the negotiators')
  await isla.follow('Keep recordings for a case')
  await isla.at('Kept for cases')
  await isla.sees('Nothing of this archive is kept for a case, and nobody has proposed it.')
  await isla.press('Keep recordings for a case')
  await isla.provesWhoTheyAre()
  await isla.at('Which recordings are to be kept?')
  await isla.follow(/^Operation OP-2$/)
  await isla.at('Propose to keep recordings')
  await isSentBack(isla, 'Propose')
  await isla.at('Propose to keep recordings')
  await isla.sees('Enter what the recordings may show in the case')
  await isla.choose(new RegExp(about.reference))
  await isla.type('What may they show in the case?', REASONS.relevance)
  await isla.type('Why must they be kept for it?', REASONS.necessity)
  await isla.press('Propose')
  await isla.at(/^\d+ recordings? for case/)
  await isla.sees('An authorising officer decides, and sees it now.')
  const keep = new URL(isla.page.url()).pathname

  const carys = await at.person('insp77')
  await carys.follow(/^Decide whether .* kept for case/)
  await carys.provesWhoTheyAre()
  await carys.at(/^Decide: \d+ recordings? for case/)
  await carys.sees(REASONS.relevance)
  await isSentBack(carys, 'Record this decision')
  await carys.at(/^Decide: \d+ recordings? for case/)
  await carys.sees('Select whether they are kept for the case')
  await carys.choose('Yes, these and no others')
  await isSentBack(carys, 'Record this decision')
  await carys.at(/^Decide: \d+ recordings? for case/)
  await carys.type('Why is it necessary?', 'What was demanded, and when, is in dispute.')
  await carys.type('Why is it proportionate?', 'Only calls within the operation, and nobody else’s.')
  await carys.press('Record this decision')
  await carys.at(/^\d+ recordings? for case/)
  await carys.sees('Your approval is recorded and signed.')
  await carys.follow('The authorisation, with the reasons for it')
  await carys.at(/^Authorisation A\//)

  await isla.open(keep)
  await isla.at(/^\d+ recordings? for case/)
  await isla.sees('Being sealed')
  await at.worker()
  await isla.sees('The archive’s own copies are destroyed.')
  await isla.at(/^\d+ recordings? for case/)
  await isla.follow('How long it is held, and its review')
  await isla.at(/REC\/1/)

  const ada = await at.person('pc4321')
  await ada.open(`/cases/${about.id}`)
  await ada.at(`Case ${about.reference}`)
  await ada.sees('No device has been received.')
  await ada.goes(ada.page.locator('section[aria-labelledby=extractions] a').first())
  await ada.at('Recordings kept as REC/1')
  await ada.doesNotSee('receipt')
  const extract = new URL(ada.page.url()).pathname
  await ada.open(`${extract}/open`)
  await ada.provesWhoTheyAre()
  await ada.at('Open an extract')
  await ada.choose(/line of enquiry/i)
  await ada.press('Open the extract')
  await ada.open(`${extract}/review/calls`)
  await ada.at('Calls')
  const sounds = ada.page.locator('audio, a[download]')
  assert(await sounds.count(), 'each call has its sound, played or to be saved')

  const kit = await at.person('rec300')
  await kit.open('/retention')
  await kit.at('What is held')
  await kit.sees(about.reference)
  const nia = await at.person('dpo400')
  await nia.open(keep)
  await nia.at(/^\d+ recordings? for case/)
  await nia.sees('Kept for the case')
})

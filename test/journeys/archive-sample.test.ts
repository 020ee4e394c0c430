import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

const AGAIN = 'Check a sample before destruction'
const SAVE = 'Save and show the next'

/** Sends a form that comes back with what is wrong in it. */
async function isSentBack(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}

test('E14, E17: a sample is looked at to its end, places and days are written down, and a regulator is given the figures', async (t) => {
  const at = await journey(t, 'archive-sample')
  if (at === undefined) return
  const archive = await anArchive(at.service, { recordings: 12 })
  const page = (name: string) => `/archives/${archive.id}/${name}`

  const kit = await at.person('rec300')
  await kit.follow('Draw a sample of “Recordings of the negotiators”')
  await kit.at(AGAIN)
  await kit.press('Draw the sample')
  await kit.at(AGAIN)
  await kit.sees('Nobody yet')

  await t.test('by keyboard, one after the other; a wrong one is held', async () => {
    const isla = await at.person('dis210', { keyboard: true })
    await isla.follow('Look again at recordings of “Recordings of the negotiators”')
    await isla.at(AGAIN)
    await isla.press('Start')
    await isla.provesWhoTheyAre()
    await isla.at(/^Recording 1 of \d+$/)
    await isla.sees('Who held the phone, within a day')
    await isSentBack(isla, SAVE)
    await isla.at(/^Recording 1 of \d+$/)
    await isla.sees('Select whether it is right')
    await isla.choose('Wrong: it is tied to something')
    await isSentBack(isla, SAVE)
    await isla.sees('Enter what it is tied to, and how you know')
    await isla.type('What is it tied to, and how do you know?', 'A case of March 2018, which the export lacks.')
    await isla.press(SAVE)
    await isla.at(/^Recording 2 of \d+$/, { looking: false })
    await isla.choose('Right: it is tied to nothing')
    await isla.press(SAVE)
    await isla.at(/^Recording 3 of \d+$/, { looking: false })
    await isla.open(page('sample/recordings/1'))
    await isla.at(/^Recording 1 of \d+$/)
    await isla.sees('It was found wrong, and was put under a hold.')
  })

  await kit.open(page('sample'))
  await kit.at(AGAIN)
  await kit.press('Continue')
  await kit.provesWhoTheyAre()
  for (let number = 3; ; number++) {
    await kit.at(new RegExp(`^Recording ${number} of \\d+$`), { looking: false })
    const [, of] = /of (\d+)$/.exec(await kit.page.getByRole('heading', { level: 1 }).innerText()) ?? []
    await kit.choose('Right: it is tied to nothing')
    await kit.press(SAVE)
    if (number === Number(of)) break
  }
  await kit.at(AGAIN)
  await kit.sees(/1 of \d+ was wrong\. All that are tied to nothing were looked at\./)
  await kit.sees('Isla Crane (2)')
  await kit.open('/')
  await kit.at('Waiting for you')
  await kit.sees('Find out what the registers of “Recordings of the negotiators” lack')

  await t.test('places: what is said last counts, and what was said before stays', async () => {
    await kit.open(page('places'))
    await kit.at('Places where copies were, or may be')
    await kit.press('Add a place')
    await kit.at('Add a place')
    await isSentBack(kit, 'Save')
    await kit.at('Add a place')
    await kit.choose('Cloud storage, such as Google Drive, Dropbox, OneDrive or Nextcloud')
    await kit.type('What is it called?', 'Google Drive of the force')
    await kit.choose('Copies are still there')
    await kit.type('How is that known?', 'Listed by whoever administers it.')
    await kit.press('Save')
    await kit.at('Places where copies were, or may be')
    await kit.follow(/^Say what is found there now/)
    await kit.at('Say what is found there now')
    await kit.choose('Copies were there, and are gone')
    await kit.type('How is that known?', 'Deleted, and listed again a month later.')
    await kit.press('Save')
    await kit.at('Places where copies were, or may be')
    await kit.sees('Copies were there, and are gone')
    await kit.page.getByText('What was said before').click()
    await kit.sees('Listed by whoever administers it.')
  })

  const nia = await at.person('dpo400')
  await nia.open(page('timeline'))
  await nia.at('What happened, and who was told')
  await nia.press('Add what happened')
  await nia.at('Add what happened')
  await isSentBack(nia, 'Save')
  await nia.at('Add what happened')
  await nia.choose('The Information Commissioner was told')
  for (const [part, value] of [
    ['Day', '4'],
    ['Month', '3'],
    ['Year', '2020'],
  ] as const)
    await nia.type(part, value)
  await nia.type('What was done, or said?', 'By telephone, then in writing.')
  await nia.press('Save')
  await nia.at('What happened, and who was told')
  await nia.sees('4 March 2020: The Information Commissioner was told')
  await nia.follow('See the register of breaches')
  await nia.at('Breaches of personal data')

  await nia.open(page('statistics'))
  await nia.at('Figures for the regulator')
  await nia.follow('Give figures by hand')
  await nia.at('Give a figure by hand')
  await isSentBack(nia, 'Save')
  await nia.at('Give a figure by hand')
  await nia.choose('Downloads of the recorder')
  await nia.type('How many?', '1,024')
  await nia.type('How was it counted, and by whom?', 'The console of the shop, by the mobile team.')
  await nia.press('Save')
  await nia.at('Figures for the regulator')
  await nia.sees('1,024')
  await nia.sees('By telephone, then in writing.')

  const table = await nia.download(() => nia.page.getByRole('link', { name: 'Download as CSV' }).click())
  assert.equal(table.suggestedFilename(), 'archive-statistics.csv')
  const csv = readFileSync(await table.path(), 'utf8')
  assert.match(csv, /^What was found,downloads,Downloads of the recorder,,1024,/m)
  assert.match(csv, /^What was found,files,Recordings,,\d+,/m)
  assert.match(csv, /1 of \d+ was wrong\. All that are tied to nothing were looked at\./)
  const paper = await nia.download(() => nia.page.getByRole('link', { name: 'Download as PDF' }).click())
  assert.equal(paper.suggestedFilename(), 'archive-statistics.pdf')
  assert.equal(
    readFileSync(await paper.path())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  )
})

import { test } from 'node:test'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { unreadNamesIn } from '../../src/actions/archive/names/unread-names.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

for (const javaScriptEnabled of [true, false])
  test(`E14: names that no rule reads are marked, tried, proposed, and approved by somebody else${javaScriptEnabled ? '' : ', without JavaScript'}`, async (t) => {
    const at = await journey(t, javaScriptEnabled ? 'archive-names' : 'archive-names-without-javascript', {
      javaScriptEnabled,
    })
    if (at === undefined) return
    const archive = await anArchive(at.service, { recordings: 120 })
    await unreadNamesIn(archive.ops, archive.id)

    const kit = await at.person('rec300')
    await kit.follow('Recordings')
    await kit.follow('Recordings of the negotiators')
    await kit.follow('Teach the service to read file names')
    await kit.provesWhoTheyAre()
    await kit.at('File names that cannot be read yet')
    await kit.goes(kit.page.getByRole('link', { name: /^0\d•{9}-\d{8} \d\d\.\d\d [ES]$/ }).first())
    await kit.at('Mark the parts of a name')
    await isRefused(kit, 'Try it on the whole archive')
    await kit.at('Mark the parts of a name')
    await kit.pick(/^0\d•{9}/, 'Telephone number')
    await kit.pick(/^\d{8}/, 'Date: day, month, year')
    await kit.pick(/^\d\d$/, 'Hour', kit.page.locator('.govuk-form-group', { hasText: 'Characters 22 to 23' }))
    await kit.pick(/^\d\d$/, 'Minute', kit.page.locator('.govuk-form-group', { hasText: 'Characters 25 to 26' }))
    await kit.pick(/^[ES]$/, 'Direction of the call')
    await kit.press('Try it on the whole archive')
    await kit.at('Mark the parts of a name')
    await kit.sees(/^It reads \d+ of 1\d\d names$/)
    await kit.sees('What does each mark of the direction mean?')
    await isRefused(kit, 'Propose it')
    await kit.at('Mark the parts of a name')
    await kit.pick(
      'E',
      'Incoming',
      kit.page.locator('.govuk-form-group', { has: kit.page.locator('[id^=means-]') }).filter({ hasText: /^\s*E\s/ }),
    )
    await kit.pick(
      'S',
      'Outgoing',
      kit.page.locator('.govuk-form-group', { has: kit.page.locator('[id^=means-]') }).filter({ hasText: /^\s*S\s/ }),
    )
    await kit.press('Propose it')
    await kit.at('File names that cannot be read yet')
    await kit.sees('It is proposed.')

    const lena = await at.person('rec301')
    await lena.follow('Decide how file names of recordings are read')
    await lena.provesWhoTheyAre()
    await lena.at('Are file names to be read this way?')
    await isRefused(lena, 'Record this decision')
    await lena.at('Are file names to be read this way?')
    await lena.choose('Yes, read them this way')
    await lena.press('Record this decision')
    await lena.at('File names that cannot be read yet')
    await lena.sees('It is approved. File names are read this way from the next matching.')
    await lena.sees('The service can tell from every file name in this archive when the call was.')
  })

/** Sends a form that is not taken: the answer is there before anybody goes on. */
async function isRefused(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}

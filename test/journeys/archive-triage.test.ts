import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnArchive, anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { archiveOf } from '../../src/actions/archive/read-archive.ts'
import { withArchiveKeys } from '../../src/actions/archive/details.ts'
import { idKey, mark } from '../../src/recordings/index.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

const WHY = 'The unit was asked. Nobody knows of a call at that time.'

test('E14, E15: recordings are found by class and reason, one is opened after a proof, one is released, one is held; an owner says what theirs are', async (t) => {
  const at = await journey(t, 'archive-triage')
  if (at === undefined) return
  const archive = await anArchive(at.service, { recordings: 300 })
  await holds(archive, 'pc4321')

  const kit = await at.person('rec300')
  await kit.open(`/archives/${archive.id}`)
  await kit.follow('See recordings by class and reason')
  await kit.at('Recordings by class and reason')
  await kit.follow('Tied to nothing that is known')
  await kit.at('Tied to nothing that is known')
  await kit.sees(/No register ties it to anything/)
  await kit.follow('Next 50 recordings')
  await kit.at('Tied to nothing that is known')
  await kit.follow('First page')
  await kit.at('Tied to nothing that is known', { looking: false })
  await kit.goes(kit.page.locator('main li h2 a').first())
  await kit.provesWhoTheyAre()
  await kit.at('A recording')
  await kit.sees('Other party')
  await kit.doesNotSee('Decide on it')

  await kit.open(`/archives/${archive.id}/recordings?class=C`)
  await kit.at('Protected, and set apart')
  await kit.sees('Only the disclosure officer sees what is known of it.')
  await kit.goes(kit.page.locator('main li h2 a').first())
  await kit.at('A recording')
  await kit.sees('This call is protected.')
  await kit.doesNotSee(/^Other party$/)
  await kit.refused(async () => {
    await kit.open(`/archives/${archive.id}/recordings?phone=x`)
    await kit.sees('There is a problem')
  })
  await kit.at('Recordings')

  const isla = await at.person('dis210')
  await isla.at('Waiting for you')
  await isla.follow(/^Decide on \d+ recordings/)
  await isla.at('Recordings that wait for a decision')
  const unresolved = await one(archive, 'number_unknown')
  await isla.open(`/archives/${archive.id}/recordings/${unresolved}`)
  await isla.provesWhoTheyAre()
  await isla.at('A recording')
  await isla.sees('Neither the file nor the bill says who was on the other side.')
  await isla.press('Decide on it')
  await isla.at('Decide on a recording')
  await refused(isla, 'Save the decision')
  await isla.at('Decide on a recording')
  await isla.sees('Select what becomes of it')
  await isla.choose('Release it')
  await isla.type('Why?', WHY)
  await isla.press('Save the decision')
  await isla.at('A recording')
  await isla.sees('Released')
  await isla.sees(/The disclosure officer settled everything/)
  await isla.sees(WHY)

  const live = await one(archive, 'live_case')
  await isla.open(`/archives/${archive.id}/recordings/${live}/decision`)
  await isla.at('Decide on a recording')
  await isla.sees('It cannot be released while this is so. You can hold it.')
  await isla.type('Why must it be held?', 'The defence asked for it.')
  await isla.press('Hold it')
  await isla.at('A recording')
  await isla.sees('It is held.')
  await isla.open(`/archives/${archive.id}/recordings/${await one(archive, 'protected_number')}/decision`)
  await isla.at('Decide on a recording')
  await isla.choose('Release it')
  await isla.type('Why?', WHY)
  await refused(isla, 'Save the decision')
  await isla.at('Decide on a recording')
  await isla.sees('Confirm that the route for privileged and confidential material was followed')

  await kit.open(`/archives/${archive.id}/holds`)
  await kit.at('Holds on recordings')
  await kit.press('Set a hold')
  await kit.at('Set a hold on recordings')
  await refused(kit, 'Set the hold')
  await kit.at('Set a hold on recordings')
  await kit.choose('A phone')
  await kit.type('Which phone?', '9999')
  await kit.type('Why must it be held?', 'An inquest has been opened.')
  await refused(kit, 'Set the hold')
  await kit.at('Set a hold on recordings')
  await kit.sees('There is no such phone in this archive')
  await kit.type('Which phone?', '1')
  await kit.press('Set the hold')
  await kit.at('Holds on recordings')
  await kit.sees(/The hold is set\. .*under it/)
  await kit.follow(/^Lift this hold/)
  await kit.at('Lift a hold')
  await kit.type('Why does it no longer need to be held?', 'The inquest is over.')
  await kit.press('Lift the hold')
  await kit.at('Holds on recordings')
  await kit.sees('The inquest is over.')

  const ada = await at.person('pc4321')
  await ada.open('/account')
  await ada.at('Your account')
  await ada.follow('Say what the recordings are')
  await ada.at('Recordings of your phone')
  await ada.follow(/^Say what they are/)
  await ada.at('Say what the recordings of your phone are')
  await ada.type('Day', '31', ada.group('From which day? (optional)'))
  await refused(ada, 'Save your answer')
  await ada.at('Say what the recordings of your phone are')
  await ada.choose('Possibly evidence')
  await ada.type('Day', '', ada.group('From which day? (optional)'))
  await ada.press('Save your answer')
  await ada.at('Recordings of your phone')
  await ada.sees('You said: Possibly evidence.')
  const ben = await at.person('pc4322')
  await ben.open('/account')
  await ben.doesNotSee('Recordings of your phone')
  await kit.open(`/archives/${archive.id}`)
  await kit.sees(/Since the last matching something was given, stated, held or decided/)
})

/** A form that is refused, which the browser is right to complain of: it has done so when the page is there. */
async function refused(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}

/** The asset register has somebody as a holder of a phone. */
async function holds({ ops, id }: AnArchive, who: string): Promise<void> {
  await withArchiveKeys(ops, await archiveOf(ops, id), async ({ marks }) => {
    await ops.store.db
      .insertInto('archive_holders')
      .values({ archive_id: id, mark: mark(marks, 'holder', idKey(who)) })
      .execute()
  })
}

/** A recording that has this reason and no other. */
async function one({ ops, id }: AnArchive, code: string): Promise<string> {
  const rows = await ops.store.db
    .selectFrom('archive_items')
    .select(['id', 'codes'])
    .where('archive_id', '=', id)
    .where('follows', 'is', null)
    .execute()
  const found = rows.find(({ codes }) => codes.join() === code)
  assert(found, code)
  return found.id
}

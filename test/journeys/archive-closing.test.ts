import { test } from 'node:test'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { keepTheRest } from '../../src/actions/archive/close/a-closing.fixture.ts'
import { journey } from './browser.ts'

test('E14, H14: an archive of which nothing is left to decide is closed by two people, and says afterwards what stays', async (t) => {
  const at = await journey(t, 'archive-closing')
  if (at === undefined) return
  const archive = await anArchive(at.service, { recordings: 30 })
  const kit = await at.person('rec300')
  await kit.follow('Recordings')
  await kit.follow('Recordings of the negotiators')
  await kit.follow('Close the archive')
  await kit.provesWhoTheyAre()
  await kit.at('Close this archive')
  await kit.sees('It cannot be closed yet')
  await kit.sees('30 recordings neither kept for a case nor destroyed')

  await keepTheRest(archive)
  await kit.open(`/archives/${archive.id}/close`)
  await kit.at('Close this archive')
  await kit.refused(async () => {
    await kit.press('Propose to close it')
    await kit.sees('There is a problem')
  })
  await kit.at('Close this archive')
  await kit.tick('Nothing of this archive is needed any more')
  await kit.press('Propose to close it')
  await kit.sees('You proposed it. Somebody else has to approve it.')
  await kit.at('Close this archive')

  const moss = await at.person('iao310')
  await moss.open('/')
  await moss.follow('Decide whether “Recordings of the negotiators” is closed')
  await moss.provesWhoTheyAre()
  await moss.at('Close this archive')
  await moss.refused(async () => {
    await moss.press('Record this decision')
    await moss.sees('There is a problem')
  })
  await moss.at('Close this archive')
  await moss.choose('Yes, destroy its last key')
  await moss.press('Record this decision')
  await moss.sees('Your approval is recorded.')
  await moss.at('Close this archive')
  await at.worker()
  await moss.at('This archive is closed')
  await moss.follow('Recordings of the negotiators')
  await moss.at('Recordings of the negotiators')
  await moss.sees('What became of the recordings')
})

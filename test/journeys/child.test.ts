import { test } from 'node:test'
import { recordsAgreement, sends, servesNotice } from './agreeing.ts'
import { journey } from './browser.ts'
import { opensCase, receivesDevice, writesRequest } from './officer.ts'

test('a child’s phone: a parent is asked and agrees, and what the child thinks is asked and kept', async (t) => {
  const at = await journey(t, 'child')
  if (at === undefined) return
  const officer = await at.person('pc4321')
  await opensCase(officer, '42/101236/26', 'Sexual communication with a child', [])
  await receivesDevice(officer, {
    exhibit: 'AH/1',
    looksLike: 'Pink phone, sticker of a fox',
    user: 'Niamh Corrigan',
    age: 'Under 18',
    parent: 'Sinead Corrigan',
  })
  await officer.follow('Case 42/101236/26')
  await officer.at('Case 42/101236/26')
  await writesRequest(officer)
  await servesNotice(officer, { who: 'A parent or guardian' })
  await recordsAgreement(officer, {
    name: 'Sinead Corrigan',
    views:
      'She wants it to stop, and says that the other messages are hers. I asked her alone. It weighs much: she is 15.',
  })
  await sends(officer)

  const inspector = await at.person('insp77')
  await inspector.follow('Requests to decide')
  await inspector.at('Requests to decide')
  await inspector.follow(/^A\//)
  await inspector.at(/^Decide request /)
  await inspector.sees('She wants it to stop')
})

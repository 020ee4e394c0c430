import { test } from 'node:test'
import { anExtract } from '../../src/server/pages/review/an-extract.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'
import { opensExtract, searchesAndSetsApart } from './reviewing.ts'

test('what was set apart is seen by those alone who decide on it: excess by the disclosure officer, privilege by counsel', async (t) => {
  const at = await journey(t, 'set-apart')
  if (at === undefined) return
  await anExtract(t, at.service, { messages: 100 })
  const reviewer = await at.person('rev200')
  await opensExtract(reviewer, 'AH/1')
  await searchesAndSetsApart(reviewer, 'you', 'Taken in excess')
  await searchesAndSetsApart(reviewer, 'you', 'May be privileged')

  const disclosure = await at.person('dis210')
  await opensQueue(disclosure, /^Decide what becomes of excess in AH\/1/, {
    opens: 'Open what was taken in excess',
    purpose: 'To decide what becomes of material taken in excess',
    queue: 'What was taken in excess',
  })
  await disclosure.refused(() => disclosure.press('Keep apart, restricted'))
  await disclosure.at('What was taken in excess')
  await disclosure.sees('There is a problem')
  await disclosure.tick(/^Choose this /)
  await disclosure.press('Keep apart, restricted')
  await disclosure.at('What was taken in excess')
  await disclosure.sees('Decided: restricted')

  const counsel = await at.person('csl900')
  await opensQueue(counsel, /^Decide what is privileged in AH\/1/, {
    opens: 'Open what may be privileged',
    purpose: 'To decide whether material is privileged',
    queue: 'What may be privileged',
  })
  await counsel.tick(/^Choose this /)
  await counsel.press('Give back as not privileged')
  await counsel.at('What may be privileged')
  await counsel.sees('Nothing waits for a decision of yours.')
})

async function opensQueue(
  who: Person,
  waits: RegExp,
  { opens, purpose, queue }: { opens: string; purpose: string; queue: string },
): Promise<void> {
  await who.at('Waiting for you')
  await who.follow(waits)
  await who.provesWhoTheyAre()
  await who.at(opens)
  await who.choose(purpose)
  await who.press('Open the extract')
  await who.at(queue)
}

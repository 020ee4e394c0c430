import { test } from 'node:test'
import { askForApp } from '../../src/actions/index.ts'
import { giveRoles } from '../../src/actions/fleet/a-fleet.fixture.ts'
import { journey } from './browser.ts'

test('E9: an instruction is written, read, answered, and read anew after a change', { timeout: 600_000 }, async (t) => {
  const at = await journey(t, 'instruction')
  if (at === undefined) return
  const { ops } = at.service
  const app = await askForApp(ops, await at.service.actor('pc4322'), {
    app: 'Scene Notes',
    publisher: 'Example Notes Ltd',
    purpose: 'Notes of what witnesses say, at the scene.',
    why: 'Notes on paper are lost.',
    roles: ['response'],
    phones: 40,
  })
  await giveRoles(ops, await at.service.actor('app410'), { 'PHONE-1': ['response', 'pc4321'] })

  const owner = await at.person('app410')
  await owner.open(`/instructions/${app}/write`)
  await owner.at('Write the instruction on Scene Notes')
  await owner.refused(() => owner.press('Issue it'))
  await owner.at('Write the instruction on Scene Notes')
  await owner.sees('There is a problem')
  await owner.type('What must staff know?', 'Write what is needed.\n\nWrite nothing about health.')
  const question = owner.group('Question 1')
  await owner.type('Question', 'What do you write?', question)
  await owner.type('Answer 1', 'What is needed', question)
  await owner.type('Answer 2', 'Everything that you hear', question)
  await question.getByRole('checkbox').first().check()
  await owner.type('How many questions must be answered right?', '1')
  await owner.press('Issue it')
  await owner.at('Who has read the instruction on Scene Notes')
  await owner.sees(/0 of 1 person/)
  await owner.sees(/Ada Holt/)

  const officer = await at.person('pc4321')
  await officer.follow('Read the instruction on Scene Notes')
  await officer.at('Instruction on Scene Notes')
  await officer.refused(() => officer.press('Go on to the questions'))
  await officer.at('Instruction on Scene Notes')
  await officer.sees('There is a problem')
  await officer.tick('I have read this')
  await officer.press('Go on to the questions')
  await officer.at('Questions on Scene Notes')
  await officer.refused(() => officer.press('Send answers'))
  await officer.at('Questions on Scene Notes')
  await officer.sees('There is a problem')
  await officer.choose('Everything that you hear')
  await officer.press('Send answers')
  await officer.at('Questions on Scene Notes')
  await officer.sees(/0 of 1 are right/)
  await officer.choose('What is needed')
  await officer.press('Send answers')
  await officer.at('Instruction on Scene Notes')
  await officer.sees(/You have read it and answered its questions\./)

  await owner.open(`/instructions/${app}/readers`)
  await owner.sees(/1 of 1 person/)
  await owner.follow('Change the instruction')
  await owner.at('Write the instruction on Scene Notes')
  await owner.type('What must staff know?', 'Write what is needed, and nothing about health or belief.')
  await owner.press('Issue it anew')
  await owner.at('Who has read the instruction on Scene Notes')
  await owner.sees('Changed since')

  await officer.open('/')
  await officer.follow('Read the instruction on Scene Notes')
  await officer.sees(/You have read an earlier version/)

  // What should never have been on a phone is reported by whoever has it, without a name.
  await officer.follow('Report an app on your phone')
  await officer.at('Report an app on your phone')
  await officer.refused(() => officer.press('Report it'))
  await officer.at('Report an app on your phone')
  await officer.sees('There is a problem')
  await officer.type('What is the app called?', 'Another Call Recorder')
  await officer.choose('A phone of the force')
  await officer.choose('It is still there')
  await officer.choose('On the phone and in a cloud')
  await officer.choose('Nothing was deleted')
  await officer.choose('Yes', officer.group(/matter to an investigation/))
  await officer.choose(/^No, or it was not used/, officer.group('Were you told before not to use it?'))
  await officer.choose(/^No: this report does not name you/)
  await officer.press('Report it')
  await officer.at('You have reported it')
  await officer.sees(/Delete nothing/)

  const disclosure = await at.person('dis210')
  await disclosure.follow('See what follows from a report of Another Call Recorder')
  await disclosure.at('Another Call Recorder')
  await disclosure.sees('No name was given')
})

import type { Label, Person } from './person.ts'

/** What is told of a device, and of whoever uses it. */
export interface DeviceTold {
  readonly exhibit: string
  readonly looksLike: string
  readonly user: string
  readonly role?: string
  readonly age?: string
  /** who handed it over, where it was somebody else */
  readonly parent?: string
}

/** Opens a case and lets others in, each by staff number and what they do. */
export async function opensCase(
  officer: Person,
  reference: string,
  offence: string,
  members: readonly (readonly [id: string, capacity: Label])[],
): Promise<void> {
  await officer.follow('Cases')
  await officer.at('Cases')
  await officer.press('Open a case')
  await officer.at('Open a case')
  await officer.type('Reference', reference)
  await officer.type('Offence, or what happened', offence)
  await officer.press('Open the case')
  await officer.at(`Case ${reference}`)
  if (members.length === 0) return
  await officer.press('Change who is in it')
  for (const [id, capacity] of members) {
    await officer.at(`Who is in case ${reference}`)
    await officer.type('Staff number', id)
    await officer.choose(capacity)
    await officer.press('Let them in')
    await officer.sees('is in the case now.')
  }
  await officer.at(`Who is in case ${reference}`)
  await officer.follow('Back')
  await officer.at(`Case ${reference}`)
}

/** Receives a device, question by question. */
export async function receivesDevice(officer: Person, told: DeviceTold): Promise<void> {
  await officer.press('Receive a device')
  await officer.at('Which device is it?')
  await officer.choose('Phone')
  await officer.type('Exhibit mark', told.exhibit)
  await officer.type('What it looks like', told.looksLike)
  await officer.press('Continue')
  await officer.at('Who uses it?')
  await officer.type('Name of the person who ordinarily uses it', told.user)
  await officer.press('Continue')
  await officer.at('Who are they in this case?')
  await officer.choose(told.role ?? 'Victim')
  await officer.press('Continue')
  await officer.at('Can they decide for themselves?')
  await officer.choose(told.age ?? '18 or over')
  await officer.press('Continue')
  await officer.at('Who owns it?')
  await officer.choose('The person who uses it')
  await officer.press('Continue')
  await officer.at('Who handed it over?')
  await officer.choose(told.parent === undefined ? 'The person who uses it' : 'A parent or guardian')
  if (told.parent !== undefined)
    await officer.type('Their name, if it was a parent, a guardian or somebody else', told.parent)
  await officer.press('Continue')
  await officer.at('In what condition is it?')
  await officer.type('Condition', 'Switched on, locked. One corner of the screen is cracked.')
  await officer.press('Continue')
  await officer.at('What helps them to understand and to decide?')
  await officer.tick('Time to think before they answer')
  await officer.press('Continue')
  await officer.at('When was it handed over, and where is it now?')
  await officer.choose('Just now')
  await officer.type('Where is it now?', 'Front desk, locker 4')
  await officer.press('Continue')
  await officer.at('Check your answers')
  await officer.press('Receive the device')
  await officer.at(`Device ${told.exhibit}`)
}

/** The person whom the enquiry is about: a number that nobody has. */
export const SUSPECT = '07700 900123'

/** Writes a request through every page, up to the page on which everything is checked. */
export async function writesRequest(officer: Person): Promise<void> {
  await officer.press('Write a request')
  await officer.at(/Which device is it about\?$/)
  await officer.choose(/^AH\/1/)
  await officer.press('Start a request')
  await officer.at(/^Request /)
  await officer.follow('Legal power')
  await officer.at('Which legal power do you rely on?')
  await officer.choose('Handed over, with agreement asked for')
  await officer.type('Why this power, and not another?', 'She offered the phone, and is asked whether she agrees.')
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Purpose')
  await officer.at('What is the information for?')
  await officer.choose('To prevent, detect, investigate or prosecute crime')
  await officer.press('Save and continue')
  await addsLineOfEnquiry(officer)
  await triesOtherWays(officer)
  await asksForMessages(officer)
  await givesReasons(officer)
}

async function addsLineOfEnquiry(officer: Person): Promise<void> {
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Lines of enquiry')
  await officer.at('Add a line of enquiry')
  await officer.type(
    'What is to be shown or ruled out?',
    'The suspect arranged the meeting at the car park by message.',
  )
  await officer.choose('Either way')
  await officer.type(
    'Why is it believed to be on this device?',
    'She says that he wrote to her on it, and named his number.',
  )
  await officer.type('What is sought?', 'Messages and calls between the two of them in March.')
  await officer.type('Which facts make you believe it?', 'Her statement of this morning.')
  await officer.press('Save and continue')
  await officer.at('Lines of enquiry')
  await officer.press('Continue')
}

async function asksForMessages(officer: Person): Promise<void> {
  await officer.at(/^Request /, { looking: false })
  await officer.follow('What may be taken')
  await officer.at('What may be taken')
  await officer.press('Ask for something')
  await officer.at('What do you need to take?')
  await officer.choose(/^L1/)
  await officer.tick('Messages')
  await officer.tick('Calls')
  await officer.press('Save and continue')
  await officer.at('From which apps?')
  await officer.choose('Only some apps')
  await officer.tick('Text messages')
  await officer.tick('WhatsApp')
  await officer.tick('The phone’s own call list')
  await officer.press('Save and continue')
  await officer.at('From which time?')
  await officer.choose('Only between two days')
  await day(officer, 'First day', '1', '3', '2026')
  await day(officer, 'Last day', '24', '3', '2026')
  await officer.press('Save and continue')
  await officer.at('With which people?')
  await officer.choose('Only with certain people')
  await officer.type('Telephone numbers, e-mail addresses or account names, one on each line', SUSPECT)
  await officer.press('Save and continue')
  await officer.at('With which words in the text?')
  await officer.choose('Whatever they say')
  await officer.press('Save and continue')
  await officer.at('Made in which place?')
  await officer.choose('Wherever they were made')
  await officer.press('Save and continue')
  await officer.at('How many messages around each one?')
  await officer.choose('Some')
  await officer.type('How many before, and how many after?', '2')
  await officer.press('Save and continue')
  await officer.at('Are pictures and files themselves needed?')
  await officer.choose('Yes, pictures and files themselves are needed')
  await officer.press('Save and continue')
  await officer.at('What may be taken')
  await officer.press('Continue')
}

async function day(officer: Person, which: string, ...[d, m, y]: readonly [string, string, string]): Promise<void> {
  const group = officer.group(which)
  await officer.type('Day', d, group)
  await officer.type('Month', m, group)
  await officer.type('Year', y, group)
}

async function triesOtherWays(officer: Person): Promise<void> {
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Other ways of finding out')
  await officer.at('Could it be found out in another way?')
  for (let rung = 1; rung <= 6; rung++) {
    const group = officer.group(new RegExp(`^${rung}\\. `))
    await officer.pick('What became of it?', 'Not practicable', group)
    await officer.type('Why?', 'It does not show who wrote first, and when.', group)
  }
  await officer.press('Save and continue')
}

export async function givesReasons(officer: Person): Promise<void> {
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Other people on the phone')
  await officer.at('Who else is drawn in?')
  await officer.type(
    'Who they are likely to be, and what is done so that no more of them is taken than must be',
    'Nobody but the suspect, and whoever wrote just before or after in a group.',
  )
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Necessity')
  await officer.at('Why is it necessary?')
  await officer.type(
    'What could not be done without it',
    'The suspect denies having proposed the meeting. Nothing else shows who did.',
  )
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Proportionality')
  await officer.at('Why is it proportionate?')
  await officer.type(
    'How what is taken is weighed against what it is for',
    'One person and less than four weeks, out of years of messages.',
  )
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Excess information')
  await officer.at('Might more be taken than is sought?')
  await officer.choose('Yes, there is a risk')
  await officer.type(
    'What more, and why it cannot be avoided',
    'Two messages either side of each, so that it can be understood.',
  )
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Confidential information')
  await officer.at('Might confidential information be taken?')
  await officer.choose('Yes, there is a risk')
  await officer.tick('Legally privileged')
  await officer.type('How much of it is the device likely to hold?', 'A few messages about her solicitor.')
  await officer.type('How may it matter to the line of enquiry?', 'It does not. It is set apart as soon as it is seen.')
  await officer.type(
    'Why can it not be avoided?',
    'It may lie between the messages that are sought, and no word tells it from them.',
  )
  await officer.press('Save and continue')
  await officer.at(/^Request /, { looking: false })
  await officer.follow('Sensitive processing')
  await officer.at('Why may something sensitive be processed?')
  await officer.choose('The administration of justice')
  await officer.type(
    'Why is it strictly necessary?',
    'What was written can be proved by the messages themselves alone.',
  )
  await officer.type('Appropriate policy document', 'APD/7, version 3')
  await officer.press('Save and continue')
  await officer.at(/^Request /)
  await officer.follow('Check everything that was written')
  await officer.at('Check your answers')
}

import type { Person } from './person.ts'

/** Reviews what is held, and finds that it may go. */
export async function reviewsHolding(records: Person, exhibit: string): Promise<void> {
  await records.follow('Retention')
  await records.at('What is held')
  await records.follow(new RegExp(`^${exhibit} in `))
  await records.at(new RegExp(`^${exhibit} in `))
  await records.press('Review it')
  await records.at(new RegExp(`^Review ${exhibit}`))
  await records.choose('No', records.group('Is it relevant to the investigation?'))
  await records.choose('No', records.group('Must it be kept for the purposes of evidence?'))
  await records.choose('It is destroyed')
  await records.type('Why?', 'The complaint was withdrawn, nobody was charged, and it bears on nothing else.')
  await records.press('Record the review')
  await records.at(new RegExp(`^${exhibit} in `))
}

/** Proposes its destruction, proving anew who they are. */
export async function proposesDestruction(records: Person, exhibit: string): Promise<void> {
  await records.press('Propose its destruction')
  await records.provesWhoTheyAre()
  await records.at(new RegExp(`^Propose the destruction of ${exhibit}`))
  await records.type('Why is it to be destroyed?', 'The review decided so.')
  await records.press('Propose its destruction')
  await records.at(new RegExp(`^Destruction of ${exhibit}`))
}

/** The second person approves; the certificate says what became of it. */
export async function approvesDestruction(owner: Person, exhibit: string): Promise<void> {
  await owner.open('/')
  await owner.at('Waiting for you')
  await owner.follow(new RegExp(`^Decide on the destruction of ${exhibit}`))
  await owner.provesWhoTheyAre()
  await owner.at(new RegExp(`^Destruction of ${exhibit}`))
  await owner.tick('I have checked the reasons above. I know that nothing can bring it back.')
  await owner.press('Approve and destroy')
  await owner.at('Certificate of destruction')
}

/** Asks the log of a case, for a purpose that it may be asked for. */
export async function asksTheLog(auditor: Person, reference: string): Promise<void> {
  await auditor.follow('Oversight')
  await auditor.at('Oversight')
  await auditor.follow('Ask the log')
  await auditor.provesWhoTheyAre()
  await auditor.at('Ask the log')
  await auditor.choose('To verify that what was done was lawful')
  await auditor.type('Reference of the case', reference)
  await auditor.press('Ask the log')
  await auditor.at('What the log says')
}

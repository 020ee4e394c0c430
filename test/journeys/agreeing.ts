import { CODE_STEPS } from '../../src/actions/index.ts'
import type { Person } from './person.ts'

/** Who is asked to agree to what. */
export interface Asked {
  /** the words of the page on which they are chosen */
  readonly who: string
  /** their name, where it is not that of the device user */
  readonly name?: string
  /** what a child thinks */
  readonly views?: string
}

/** Serves the notice, from the page on which everything was checked. */
export async function servesNotice(officer: Person, { who }: Asked): Promise<void> {
  await officer.press('Serve the digital processing notice')
  await officer.at('The digital processing notice')
  await officer.choose(who)
  await officer.choose('English')
  await officer.press('Read the notice')
  await officer.at('Read the notice as they will')
  await officer.choose('On paper')
  await officer.choose('Handed over in person')
  await officer.press('Record that they have it')
  await officer.at('The notice is served')
}

/** Records that they agreed, question by question. */
export async function recordsAgreement(
  officer: Person,
  { name, views }: Pick<Asked, 'name' | 'views'> = {},
): Promise<void> {
  await officer.press('Record their answer')
  await officer.at('What did they answer?')
  await officer.choose('They agreed to all of it')
  await officer.press('Continue')
  await officer.at('Who agreed?')
  if (name !== undefined) await officer.type('Their name', name)
  await officer.press('Continue')
  await officer.at('How did they agree?')
  await officer.choose('In writing, on the notice or another paper')
  await officer.choose('Just now')
  await officer.press('Continue')
  if (views !== undefined) {
    await officer.at('What does the child think?')
    await officer.type('Their views, in their words', views)
    await officer.press('Continue')
  }
  await officer.at('Nobody may be pressed to agree')
  await officer.tick('They read the notice, or it was read to them, before they answered')
  await officer.tick('I put no undue pressure on them to hand over the device or to agree, and know of nobody who did')
  await officer.press('Continue')
  await officer.at('Check before you record it')
  await officer.tick('They have a copy of what was agreed')
  await officer.press('Record that they agreed')
  await officer.at('Agreement is recorded')
}

/** Sends the request for decision. */
export async function sends(officer: Person): Promise<void> {
  await officer.press('Check and send the request')
  await officer.at('Was the code of practice followed?')
  for (const { says } of CODE_STEPS) await officer.choose('Followed', officer.group(says))
  await officer.press('Save and continue')
  await officer.at('Check your answers')
  await officer.press('Send for decision')
  await officer.at(/^Request /)
  await officer.sees('Waiting for a decision')
}

/** Records that they did not agree: a normal end. */
export async function recordsRefusal(officer: Person, words: string): Promise<void> {
  await officer.press('Record their answer')
  await officer.at('What did they answer?')
  await officer.choose('They did not agree')
  await officer.press('Continue')
  await officer.at('They did not agree')
  await officer.type(/words/, words)
  await officer.press(/^Record/)
  await officer.at('The refusal is recorded')
}

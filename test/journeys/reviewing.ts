import assert from 'node:assert/strict'
import type { Person } from './person.ts'

/** Opens what was taken, for a purpose. */
export async function opensExtract(reviewer: Person, exhibit: string): Promise<void> {
  await reviewer.open('/')
  await reviewer.at('Waiting for you')
  await reviewer.follow(new RegExp(`^Review the extract from ${exhibit}`))
  await reviewer.provesWhoTheyAre()
  await reviewer.at('Open an extract')
  await reviewer.choose('To follow the line of enquiry that was authorised')
  await reviewer.press('Open the extract')
  await reviewer.at(`Extract ${exhibit}`)
}

/** Reads a conversation, tags a message in it, and writes a note on another. */
export async function readsConversation(reviewer: Person): Promise<void> {
  await reviewer.follow('Conversations')
  await reviewer.at('Conversations')
  await reviewer.goes(reviewer.page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').first())
  await reviewer.at(/./)
  await reviewer.tick(/^Choose this message/)
  await reviewer.press('Relevant')
  await reviewer.at(/./)
  await reviewer.sees('Relevant')
  await reviewer.follow(/^Open this message/)
  await reviewer.at(/^One /)
  await reviewer.type('Write a note', 'She answers within a minute.')
  await reviewer.choose('A fact')
  await reviewer.press('Save the note')
  await reviewer.at(/^One /)
  await reviewer.sees('She answers within a minute.')
}

/** Goes through the other ways of looking. */
export async function looksAround(reviewer: Person): Promise<void> {
  for (const place of ['Timeline', 'Calls', 'Contacts', 'Map'] as const) {
    await reviewer.follow(place)
    await reviewer.at(place)
  }
  await reviewer.follow('Pictures')
  await reviewer.at('Pictures, films and sounds')
}

/** Searches, and sets apart one of what was found. Gives its words. */
export async function searchesAndSetsApart(
  reviewer: Person,
  words: string,
  as: 'May be privileged' | 'Taken in excess' = 'May be privileged',
): Promise<void> {
  await reviewer.follow('Search')
  await reviewer.at('Search')
  await reviewer.type('Words', words)
  await reviewer.press('Search')
  await reviewer.sees(/^Found in/)
  await reviewer.at('Search')
  const before = await found(reviewer)
  await reviewer.tick(/^Choose this /)
  await reviewer.press(as)
  await reviewer.at('Search')
  assert.equal(await found(reviewer), before - 1, 'what was set apart is still there')
}

/** In how many records the words are, whether they stand on this page or on the next. */
async function found(reviewer: Person): Promise<number> {
  const said = /Found in ([\d,]+) record/.exec(await reviewer.said())?.[1] ?? ''
  return Number(said.replaceAll(',', ''))
}

/** Counsel decides on what was set apart, in their own queue. */
export async function decidesPrivilege(counsel: Person, exhibit: string): Promise<void> {
  await counsel.open('/')
  await counsel.at('Waiting for you')
  await counsel.follow(new RegExp(`^Decide what is privileged in ${exhibit}`))
  await counsel.provesWhoTheyAre()
  await counsel.at('Open what may be privileged')
  await counsel.choose('To decide whether material is privileged')
  await counsel.press('Open the extract')
  await counsel.at('What may be privileged')
  await counsel.tick(/^Choose this /)
  await counsel.press('Keep apart as privileged')
  await counsel.at('What may be privileged')
}

export async function closesExtract(reviewer: Person): Promise<void> {
  await reviewer.press('Close the extract')
  await reviewer.at(/./)
}

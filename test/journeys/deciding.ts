import type { Person } from './person.ts'

/** Opens the request that waits the longest. */
export async function opensRequest(inspector: Person): Promise<void> {
  await inspector.follow('Requests to decide')
  await inspector.at('Requests to decide')
  await inspector.follow(/^[A-Z]\//)
  await inspector.at(/^Decide request /)
}

/** Reads the whole request and grants it, proving anew who they are on the way. */
export async function grants(inspector: Person, until: Date): Promise<void> {
  await opensRequest(inspector)
  await inspector.follow('Grant it')
  await inspector.provesWhoTheyAre()
  await inspector.at('Grant the request')
  await inspector.type('Necessity', 'What the suspect denies stands in these messages alone.')
  await inspector.type('Proportionality', 'One person and less than four weeks. The rest stays closed.')
  await inspector.type('Day', String(until.getUTCDate()))
  await inspector.type('Month', String(until.getUTCMonth() + 1))
  await inspector.type('Year', String(until.getUTCFullYear()))
  await inspector.press('Grant and sign')
  await inspector.at('Granted')
}

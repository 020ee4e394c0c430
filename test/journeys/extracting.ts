import type { Label, Person } from './person.ts'

/** Starts an extraction from a phone that lies at the kiosk; `ends`: stays until the page says by itself that it is over. */
export async function extracts(operator: Person, phone: string, exhibit: string): Promise<void> {
  await operator.follow('Extractions')
  await operator.at('Extractions')
  await operator.follow(new RegExp(`^Extract from ${exhibit}`))
  await operator.provesWhoTheyAre()
  await operator.at(`Extract from ${exhibit}`)
  await operator.choose(phone)
  await operator.press('Start the extraction')
  await operator.at(`Extraction from ${exhibit}`)
}

/** Waits on the page of progress until it says how it ended. */
export async function seesTheEnd(operator: Person, exhibit: string, end: Label): Promise<void> {
  await operator.sees(end)
  await operator.at(`Extraction from ${exhibit}`)
}

/** Gives the device user the receipt on paper. Gives the code that stands on it. */
export async function givesReceipt(operator: Person): Promise<string> {
  await operator.follow('Give them the receipt')
  await operator.at('Give the device user the receipt')
  await operator.choose('On paper, by hand')
  await operator.press('Make the receipt')
  await operator.at('Receipt for the device user')
  const code = /\b[0-9A-Z]{4}(?:[ -][0-9A-Z]{4}){3}\b/.exec(await operator.said())?.[0]
  if (code === undefined) throw new Error('no code on the receipt')
  return code
}

/** Looks at what was taken, at home, by the code. */
export async function looksAtTheirPhone(user: Person, code: string): Promise<void> {
  await user.open('/my-phone')
  await user.at('My phone')
  await user.type('The code on your receipt', code)
  await user.press('Continue')
  await user.at('What was taken from your phone')
}

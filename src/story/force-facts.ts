import { changeProcessingFacts, type ForceFacts } from '../actions/index.ts'
import type { Teller } from './teller.ts'

const AT_FIRST: ForceFacts = {
  controller:
    'The Chief Constable of Calder Valley Police, Mill Street, Calderbridge. Telephone 01632 960100, information@calder-valley.example',
  officer:
    'Leila Aziz, data protection officer, at the same address. Telephone 01632 960101, dpo@calder-valley.example',
}

/** What Calder Valley Police says of itself in its record of processing. */
const NOW: ForceFacts = {
  ...AT_FIRST,
  joint: 'None. Calder Valley Police runs the service for itself alone.',
  recipients:
    'The prosecution and, through it, the court and the defence. Independent counsel. No supplier processes for the force.',
  transfers: 'None. Machines, backups and witnesses of the log are in the United Kingdom.',
  retention: 'The force’s schedule, version 1, approved by the information asset owner.',
  security:
    'Machines of the force in a room of its own; vetted staff; yearly training; a test by outsiders every year; backups restored every quarter.',
  policy:
    'APD-4, sensitive processing for law enforcement, version 2, reviewed in September. The data protection officer gives it to the Commissioner.',
  kept: 'Yes. What is held later than its review is looked at each month.',
}

/** Half a year ago who the controller is, and the rest when the data protection officer had asked for it. */
export async function saysOfItself(teller: Teller): Promise<void> {
  const owner = teller.who('iao012')
  teller.at(214)
  const seen = await changeProcessingFacts(teller.ops, owner, { seen: 0, facts: AT_FIRST })
  teller.at(213)
  await changeProcessingFacts(teller.ops, owner, { seen, facts: NOW })
}

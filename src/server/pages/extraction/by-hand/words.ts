import type { HandMethod, Present } from '../../../../actions/index.ts'

/** How a device can be looked at by hand, as it is asked and told. */
export const METHOD_WORDS: Readonly<Record<HandMethod, { readonly text: string; readonly hint: string }>> = {
  screen: {
    text: 'Looking at the screen',
    hint: 'Together with the device user wherever they can be there. Nothing is copied.',
  },
  photographs: { text: 'Photographing the screen', hint: 'With a camera of the force.' },
  screenshots: { text: 'Screenshots', hint: 'Made on the device, and sent from it to the force.' },
  'sim-card': { text: 'Reading the SIM card', hint: 'What stands on the card itself.' },
  'memory-card': {
    text: 'Looking through a memory card',
    hint: 'A copy of its files can be handed in instead: then only what is authorised is taken.',
  },
}

/** What is made by each: what is counted, and kept as an exhibit. */
export const MADE_WORDS: Readonly<Record<HandMethod, string>> = {
  screen: 'pictures',
  photographs: 'photographs',
  screenshots: 'screenshots',
  'sim-card': 'pictures or copies',
  'memory-card': 'pictures or copies',
}

export const PRESENT_WORDS: Readonly<Record<Present, string>> = {
  user: 'The device user',
  supporter: 'Somebody for the device user: a parent, a guardian, or another adult',
  interpreter: 'An interpreter or intermediary',
  investigator: 'An officer in the case',
  nobody: 'Nobody else',
}

/** What tells the device in hand from others. */
export const NAMED_WORDS = {
  serial: { text: 'Serial number', hint: 'As the device shows it, or as it stands on it. Do not copy it from a form.' },
  imei: { text: 'IMEI', hint: 'As the device shows it: dial *#06#, or look in its settings.' },
  exhibit: {
    text: 'Exhibit number on its label',
    hint: 'As it stands on the bag or label of the device in your hand.',
  },
} as const

import type { FigureByHand } from '../../../../actions/index.ts'
import type { Class } from '../../../../recordings/index.ts'

/** What is proposed for the recordings of a class. */
export const CLASS_WORDS: Readonly<Record<Class, string>> = {
  A: 'Made in an authorised operation',
  B: 'Possible evidence, or under a hold',
  C: 'Protected, and set apart',
  D: 'Not resolved',
  E: 'Tied to nothing that is known',
  F: 'Exact copies, which follow what they are copies of',
}

/** Figures that are given by hand: what they are, and what is asked. */
export const BY_HAND_WORDS: Readonly<Record<FigureByHand, { readonly says: string; readonly hint: string }>> = {
  downloads: {
    says: 'Downloads of the recorder',
    hint: 'As counted by the app store, or by what manages the phones.',
  },
  installs: {
    says: 'Phones with the recorder',
    hint: 'On how many phones it was, as counted by what manages the phones.',
  },
  trials: {
    says: 'Cases in which it may have affected a trial',
    hint: 'As the Crown Prosecution Service or the disclosure officer says.',
  },
  people_told: {
    says: 'People who were told',
    hint: 'Of those who were recorded. 0 if nobody was.',
  },
}

import type { Class } from '../../../recordings/index.ts'

/** What is proposed for the recordings of a class. */
export const CLASS_WORDS: Readonly<Record<Class, string>> = {
  A: 'made in an authorised operation: kept under it',
  B: 'possible evidence, or under a hold: kept until somebody decides',
  C: 'protected: set apart, looked at by nobody but by the route for that',
  D: 'not resolved: somebody has to look into it',
  E: 'tied to nothing that is known: proposed for destruction',
  F: 'a copy: becomes what its original becomes',
}

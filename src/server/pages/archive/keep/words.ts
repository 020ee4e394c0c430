import type { Keep } from '../../../../actions/index.ts'
import { hoursWords, monthWords, reasonWords } from '../recording-words.ts'
import { failureWords } from '../../extraction/words.ts'

/** Where recordings stand that are to be kept for a case. */
export const KEEP_WORDS: Readonly<Record<Keep['state'], { readonly text: string; readonly colour: string }>> = {
  proposed: { text: 'Waits for a decision', colour: 'yellow' },
  refused: { text: 'Refused', colour: 'red' },
  being_kept: { text: 'Being sealed', colour: 'blue' },
  kept: { text: 'Kept for the case', colour: 'green' },
  failed: { text: 'Not done', colour: 'red' },
}

const number = new Intl.NumberFormat('en-GB')

/** What is proposed, line by line: how many, of which phones, from when, how long, and what ties them. Never whose call. */
export function keepFacts(
  keep: Keep,
): { readonly key: string; readonly value: string; readonly list?: readonly string[] }[] {
  const { recordings, phones, months, lasting, codes } = keep
  const [first, last] = [months.toSorted()[0], months.toSorted().at(-1)]
  return [
    { key: 'For the case', value: `${keep.caseReference}, ${keep.offence}` },
    { key: 'Recordings', value: number.format(recordings) },
    {
      key: 'Phones',
      value:
        phones.length === 0
          ? 'Not known'
          : phones
              .toSorted((a, b) => a - b)
              .map((phone) => `phone ${phone}`)
              .join(', '),
    },
    {
      key: 'When',
      value:
        first === undefined || last === undefined
          ? 'Not known'
          : first === last
            ? monthWords(first)
            : `${monthWords(first)} to ${monthWords(last)}`,
    },
    { key: 'Length', value: lasting === 0 ? 'Not known' : `${hoursWords(lasting)} in all` },
    {
      key: 'What ties them',
      value: '',
      list: Object.entries(codes).flatMap(([code, count]) =>
        reasonWords([code]).map((says) =>
          count === recordings ? says : `${says} (${number.format(count)} of ${number.format(recordings)})`,
        ),
      ),
    },
  ]
}

/** Why what was approved was not done, and what comes next. */
export function whyNotKept(failure: string): readonly [what: string, next: string] {
  return OWN[failure] ?? failureWords(failure)
}

const OWN: Readonly<Record<string, readonly [string, string]>> = {
  NOT_WHOLE: [
    'Not every recording could be read as it was taken in.',
    'The archive holds what it held. Ask whoever runs the service to look at it, or to bring it back from a backup.',
  ],
  WRONG_DEVICE: [
    'What the archive holds is not what was approved.',
    'The archive holds what it held. Tell whoever runs the service, and propose what is to be kept anew.',
  ],
  NOT_IN_EXTRACT: [
    'The sealed extract was destroyed, or is not whole.',
    'The archive still holds the recordings. Decide again what becomes of them.',
  ],
  CANCELLED: ['Somebody stopped it, or ended the authorisation.', 'Ask the officer in the case why.'],
  EXPIRED: ['The authorisation ran out before it was done.', 'Propose anew what is to be kept.'],
}

import type { DecisionsTable, EndedBecause } from '../../../store/index.ts'

/** What became of a request, as pages say it. */
export const OUTCOME_WORDS: Readonly<Record<DecisionsTable['outcome'], string>> = {
  granted: 'Granted',
  narrowed: 'Less was offered than was asked',
  refused: 'Refused',
  returned: 'Returned for more',
}

/** Why a grant ended. */
export const ENDED_WORDS: Readonly<Record<EndedBecause, string>> = {
  'agreement-withdrawn': 'agreement was withdrawn',
  'no-longer-necessary': 'it was no longer necessary',
  mistake: 'it was a mistake',
  other: 'of another reason',
  expired: 'its time was over',
  varied: 'a later version was granted',
}

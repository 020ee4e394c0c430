import type { StandsAgainst } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import { recordingsWords } from '../recording-words.ts'

/** What stands against closing an archive, and where somebody sees to it. */
export const AGAINST_WORDS: Readonly<
  Record<StandsAgainst['code'], { readonly says: (number: number) => string; readonly path: string }>
> = {
  held: {
    says: (number) => `${recordingsWords(number)} neither kept for a case nor destroyed`,
    path: PATHS.archiveRecordings,
  },
  holds: { says: (number) => (number === 1 ? '1 hold' : `${number} holds`), path: PATHS.archiveHolds },
  batches: {
    says: (number) => (number === 1 ? '1 destruction that is not over' : `${number} destructions that are not over`),
    path: PATHS.archiveBatches,
  },
  keeps: {
    says: (number) => (number === 1 ? '1 proposal to keep recordings' : `${number} proposals to keep recordings`),
    path: PATHS.archiveKeeps,
  },
  at_work: { says: () => 'The service is still at work on it', path: PATHS.archive },
}

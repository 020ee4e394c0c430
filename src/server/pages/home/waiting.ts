import { batchesWaiting } from '../archive/batch/waiting.ts'
import { archivesToClose } from '../archive/close/waiting.ts'
import { waitingListenings } from '../archive/listening/waiting.ts'
import { waitingTemplates } from '../archive/names/waiting.ts'
import { recordingsToDecide } from '../archive/triage/waiting.ts'
import { casesToClose, casesWithNothingAsked, devicesHeldLong } from '../case/waiting.ts'
import type { Actor, Ops } from '../../../actions/index.ts'
import { lookedAtToRecord } from '../extraction/by-hand/waiting.ts'
import { grantsToExtract, receiptsToGive } from '../extraction/waiting.ts'
import { agreementsWaiting } from '../agreement/waiting.ts'
import { decisionsWaiting } from '../decision/waiting.ts'
import { appsToSeeTo } from '../app/waiting.ts'
import { findsWaiting } from '../find/waiting.ts'
import { fleetWaiting } from '../fleet/waiting.ts'
import { instructionsWaiting } from '../instruction/waiting.ts'
import { samplesToLookAt } from '../archive/sample/waiting.ts'
import { requestsToFinish } from '../request/waiting.ts'
import { reviewWaiting } from '../review/waiting.ts'
import { keepsWaiting } from '../archive/keep/waiting.ts'
import { retentionWaiting } from '../retention/waiting.ts'
import { selfReportsWaiting } from '../self-report/waiting.ts'

/** One thing that somebody has to do next. */
export interface Waiting {
  readonly text: string
  readonly hint: string
  readonly href: string
  readonly since: Date
  /** of what; absent = it waits */
  readonly sinceWhat?: string
  /** where only the day is known */
  readonly onDay?: true
  /** by when it is to be done */
  readonly due?: Date
}

/** Finds what waits for a person in one area. Each area adds its own; each must only tell what the person may see. */
export type WaitingList = (ops: Ops, actor: Actor, now: Date) => Promise<Waiting[]>

export const WAITING: readonly WaitingList[] = [
  grantsToExtract,
  lookedAtToRecord,
  receiptsToGive,
  devicesHeldLong,
  casesToClose,
  casesWithNothingAsked,
  requestsToFinish,
  agreementsWaiting,
  decisionsWaiting,
  findsWaiting,
  recordingsToDecide,
  keepsWaiting,
  retentionWaiting,
  batchesWaiting,
  archivesToClose,
  reviewWaiting,
  fleetWaiting,
  instructionsWaiting,
  selfReportsWaiting,
  waitingListenings,
  waitingTemplates,
  samplesToLookAt,
  appsToSeeTo,
]

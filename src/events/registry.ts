import { ACCESS_EVENTS } from './registry/access.ts'
import { APP_EVENTS, DPIA_EVENTS } from './registry/app.ts'
import { ARCHIVE_EVENTS } from './registry/archive.ts'
import { AUTHORISATION_EVENTS } from './registry/authorisation.ts'
import { BATCH_EVENTS } from './registry/batch.ts'
import { BREACH_EVENTS } from './registry/breach.ts'
import { BY_HAND_EVENTS } from './registry/by-hand.ts'
import { CASE_EVENTS } from './registry/case.ts'
import { EXTRACT_EVENTS } from './registry/extract.ts'
import { EXTRACTION_EVENTS } from './registry/extraction.ts'
import { FIND_EVENTS } from './registry/find.ts'
import { KEEP_EVENTS } from './registry/keep.ts'
import { FLEET_EVENTS } from './registry/fleet.ts'
import { INSTRUCTION_EVENTS } from './registry/instruction.ts'
import { LISTENING_EVENTS } from './registry/listening.ts'
import { NAME_EVENTS } from './registry/names.ts'
import { PROCESSING_EVENTS } from './registry/processing.ts'
import { RETENTION_EVENTS } from './registry/retention.ts'
import { SAMPLE_EVENTS } from './registry/sample.ts'
import { SERVICE_EVENTS } from './registry/service.ts'
import { TRIAGE_EVENTS } from './registry/triage.ts'
import type { DetailsOf, Kind } from './kind.ts'

/** The closed registry: every kind of event there is (integrity of the log, law row C-LOG). An act that is not here is not done. */
export const EVENTS = {
  ...CASE_EVENTS,
  ...AUTHORISATION_EVENTS,
  ...EXTRACTION_EVENTS,
  ...BY_HAND_EVENTS,
  ...EXTRACT_EVENTS,
  ...FIND_EVENTS,
  ...RETENTION_EVENTS,
  ...BREACH_EVENTS,
  ...BATCH_EVENTS,
  ...KEEP_EVENTS,
  ...PROCESSING_EVENTS,
  ...APP_EVENTS,
  ...DPIA_EVENTS,
  ...SAMPLE_EVENTS,
  ...FLEET_EVENTS,
  ...INSTRUCTION_EVENTS,
  ...ACCESS_EVENTS,
  ...ARCHIVE_EVENTS,
  ...TRIAGE_EVENTS,
  ...NAME_EVENTS,
  ...LISTENING_EVENTS,
  ...SERVICE_EVENTS,
} as const satisfies Readonly<Record<string, Kind>>

/** The name of a kind, `<thing>.<what happened>`. */
export type EventKind = keyof typeof EVENTS

/** What an event of a kind carries. */
export type Details<K extends EventKind> = DetailsOf<(typeof EVENTS)[K]['fields']>

/** All names, in the order of the registry. */
export const EVENT_KINDS = Object.keys(EVENTS) as readonly EventKind[]

/** Whether a word from outside names a kind. */
export function isEventKind(word: string): word is EventKind {
  return Object.hasOwn(EVENTS, word)
}

/** What the registry says of a kind, without the types of its fields. */
export function kindOf(kind: EventKind): Kind {
  return EVENTS[kind]
}

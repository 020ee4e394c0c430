/**
 * Recordings: archives of call recordings that should never have been made. Knows how recorders name and write their files,
 * what ties a recording to an operation, a case or a hold, and what may be proposed for it. Does not know people, the clock
 * or who decides, plays nothing and destroys nothing.
 * Invariant: what is not known is not guessed, and nothing that is tied to anything is ever proposed for destruction.
 */
export { type NameTemplate, TemplateError } from './archive/names/name-template.ts'
export type { Direction, NamedCall, NamedTime, Precision } from './archive/names/named-call.ts'
export { NameParser } from './archive/names/parse-name.ts'
export { type Confidence, type Recorder, RECORDERS } from './archive/names/recorders.ts'
export type { Audio, AudioFile, Container, Damage, State } from './archive/audio/audio.ts'
export { readAudio } from './archive/audio/read-audio.ts'
export { type InventoryItem, type InventorySummary, itemsOf, summaryOf } from './archive/inventory/inventory.ts'
export { createInventory, type FileKind } from './archive/inventory/inventory-store.ts'
export type { ExpectedRecording } from './archive/inventory/acr-database.ts'
export type { SidecarFacts } from './archive/inventory/sidecar.ts'
export { type InventoryProgress, takeInventory } from './archive/inventory/take-inventory.ts'

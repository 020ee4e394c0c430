/**
 * Report: says what was authorised, what was read and what was taken, so that a court, an authorising officer, a defence
 * expert and the device user can read it. Knows the container and its signed manifest. Does not know phones or sources, and
 * decides nothing.
 * Invariant: the same container gives the same bytes, and every number in it is counted or signed, never estimated.
 */
export * from './build-report.ts'
export type { Picture, ReportDocument } from './document.ts'
export * from './html/write-html.ts'
export * from './pdf/write-pdf.ts'
export { pictureOf } from './picture.ts'
export * from './report-error.ts'
export { type Shown, visible, visibleText } from './visible.ts'

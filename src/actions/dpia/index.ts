/** Data protection impact assessments: written, advised on, approved by two (law rows C25, C26, C29). */
export { adviseOnDpia } from './advise-dpia.ts'
export { againstApproving, APPROVED_PARTS, type ApprovedPart, approveDpia } from './approve-dpia.ts'
export { beginDpia, type BegunDpia, begunFaults, LARGEST_PIA } from './begin-dpia.ts'
export { commissionerAdvised, consultCommissioner, reviewViews } from './consult-on-dpia.ts'
export { decideAdvice } from './decide-advice.ts'
export type { AdviceRow } from './last-advice.ts'
export {
  DPIA_FORMS,
  type DpiaFile,
  type DpiaForm,
  type DpiaLine,
  exportDpia,
  readDpiaFile,
  readDpias,
} from './read-dpias.ts'
export { dpiasWaiting, type WaitingDpia } from './read-waiting-dpias.ts'
export { sendForAdvice } from './send-for-advice.ts'
export { DPIA_PARTS, type DpiaPart, isSigned, reviseDpia, writeDpia } from './write-dpia.ts'

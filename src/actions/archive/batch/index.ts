/** Batches of recordings: proposed, approved, matched again, destroyed and certified (law rows E14, H11, H14). */
export { type BatchFilter } from './choose-items.ts'
export { approveBatch, refusalFaults, refuseBatch, type SeenBatch } from './decide-batch.ts'
export { batchesLeftBehind, destroyBatch, finishBatches } from './destroy-batch.ts'
export { batchFaults, type BatchProposal, ONE_APPROVER, proposeBatch, readToPropose } from './propose-batch.ts'
export {
  type BatchInFull,
  batchesToDecide,
  readBatch,
  readBatches,
  type ReadBatch,
} from './read-batches.ts'
export { readCertificate, readLeaves, type SignedCertificate } from './read-certificate.ts'
export { finishedSample, type SampleResult } from './sample-result.ts'

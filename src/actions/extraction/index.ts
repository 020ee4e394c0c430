export { beginUpload } from './begin-upload.ts'
export { destroyAbandoned, takeBackUpload } from './destroy-upload.ts'
export { giveReceipt, RECEIPT_MANNERS, type ReceiptManner } from './give-receipt.ts'
export { leftBehind } from './left-behind.ts'
export { isReceiptCode, openReceipt, type Receipt, receiptOf } from './read-receipt.ts'
export { type Extraction, readExtraction, readProgress } from './read-extraction.ts'
export {
  listExtractions,
  type ListedExtraction,
  readStart,
  type WaitingGrant,
  waitingGrants,
  waitingReceipts,
} from './read-extractions.ts'
export { LARGEST_CHUNK, receiveChunk, type Received, uploadOf, uploadState } from './receive-chunk.ts'
export { contextOf, destroyedOf, leftOf, type Result, takenOf } from './result.ts'
export { type Ran, runExtraction } from './run-extraction.ts'
export { type Source, startExtraction } from './start-extraction.ts'
export { cancelExtraction, stopExtractions } from './stop-extraction.ts'
export { extractPath } from './extract-path.ts'
export type { Tool } from './take-extract.ts'

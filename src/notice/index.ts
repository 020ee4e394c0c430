/**
 * Notice: the words and papers that people are given: the digital processing notice, the answers to common questions, letters,
 * the receipt; and who may agree for whom. Knows plain language, the five parts of the Act's notice and the scope they must
 * equal. Does not know who was handed what, or when: it keeps nothing and decides nothing about a case.
 * Invariant: what a notice says is sought is made from the scope and can be checked against it, no paper is made with a part
 * empty that the law asks for, and agreement is never called by the name that data protection law has for something else.
 */
export * from './agreeing-person.ts'
export * from './equal.ts'
export * from './errors.ts'
export type { Force } from './force.ts'
export * from './html.ts'
export * from './ladder.ts'
export * from './letters.ts'
export * from './make-notice.ts'
export * from './paper.ts'
export * from './pdf.ts'
export { qrSvg } from './qr.ts'
export * from './questions.ts'
export * from './reading-age.ts'
export { receipt, type ReceiptOptions, type TakenInNumbers } from './receipt.ts'
export * from './receipt-by-hand.ts'
export { DEVICE_KINDS, type DeviceKind, type Language, LANGUAGES } from './say.ts'
export { scopeDigest } from './sought.ts'

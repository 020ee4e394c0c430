/**
 * Records: what can be found on a phone, where it stood, when it was and who was on the other side.
 * Knows the shapes, their canonical form and how to tell one person or instant from another.
 * Does not know files, law, or who may see what.
 * Invariant: the same facts give the same canonical bytes on every machine, in every time zone and locale.
 */
export * from './app-name.ts'
export * from './british-time.ts'
export * from './canonical.ts'
export * from './fold.ts'
export * from './id-key.ts'
export * from './kind.ts'
export * from './party.ts'
export * from './problem.ts'
export * from './record.ts'
export * from './time.ts'
export * from './words.ts'
export * from './written-day.ts'

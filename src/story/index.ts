/**
 * Story: a small force that does not exist, so that Peel can be tried. Knows its people and what has happened in their cases. Does not know any
 * way to do things but the actions that everybody uses.
 * Invariant: nobody in it exists, every number is from a range that is reserved for drama, and everything in it was done by an action and stands in the log.
 */
export * from './people.ts'
export { isTold, tellStory } from './tell.ts'
export type { StoryClock, StoryTool } from './teller.ts'

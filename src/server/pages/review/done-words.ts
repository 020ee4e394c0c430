import { TAGS } from '../../../actions/index.ts'
import { withQuery } from './filter-fields.ts'

type Say = (records: string, one: boolean) => string

/** What somebody did to records that they had ticked, by what its address calls it. */
const DONE = {
  removed: (records) => `A tag was taken away from ${records}.`,
  privileged: (records, one) =>
    `${records} ${one ? 'was' : 'were'} set apart for counsel. You cannot see ${one ? 'it' : 'them'} any more.`,
  excess: (records, one) =>
    `${records} ${one ? 'was' : 'were'} set apart as taken in excess. You cannot see ${one ? 'it' : 'them'} any more.`,
  'stays-privileged': (records, one) =>
    `You decided that ${records} ${one ? 'is' : 'are'} privileged. Whoever reviews the extract does not see ${one ? 'it' : 'them'}.`,
  'not-privileged': (records, one) =>
    `You decided that ${records} ${one ? 'is' : 'are'} not privileged. Whoever reviews the extract sees ${one ? 'it' : 'them'} again.`,
  destroy: (records, one) =>
    `You decided that ${records} ${one ? 'is' : 'are'} to be destroyed. Now ask for the destruction: a second person approves it.`,
  restrict: (records, one) =>
    `You decided that ${records} ${one ? 'stays' : 'stay'} apart. Whoever reviews the extract does not see ${one ? 'it' : 'them'}.`,
} as const satisfies Readonly<Record<string, Say>>

/** What was done without anything being ticked. How much a search set apart unread is not said (law row G1). */
const DONE_ALONE: Readonly<Record<string, string>> = {
  found: 'What this search found was set apart for counsel. You cannot see it any more.',
  noted: 'The note was sealed into this extract.',
}

export type Done = keyof typeof DONE

/** An address that says what was done, and to how many records; or which tag they were given. */
export function withDone(path: string, done: Done | 'nothing' | `tagged-${string}`, records: number): string {
  const [place = '', query] = path.split('?')
  return withQuery(place, { ...Object.fromEntries(new URLSearchParams(query)), records: records || undefined, done })
}

/** What the address says was done, in words; undefined where it says nothing that is known. */
export function doneWords({
  done = '',
  records = '',
}: Readonly<Record<string, string | undefined>>): string | undefined {
  if (Object.hasOwn(DONE_ALONE, done)) return DONE_ALONE[done]
  const count = /^[1-9]\d{0,5}$/.test(records) ? Number(records) : undefined
  if (count === undefined) return undefined
  const words = `${count.toLocaleString('en-GB')} ${count === 1 ? 'record' : 'records'}`
  if (Object.hasOwn(DONE, done)) return DONE[done as Done](words, count === 1)
  const tag = done.replace(/^tagged-/, '')
  if (tag === done || !Object.hasOwn(TAGS, tag)) return undefined
  return `${words} ${count === 1 ? 'was' : 'were'} tagged “${TAGS[tag as keyof typeof TAGS]}”.`
}

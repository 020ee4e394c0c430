import { EventError } from './errors.ts'
import { type Details, EVENTS, type EventKind, isEventKind, kindOf } from './registry.ts'

/** What is wrong with one member of an event's details. Never says what stood there. */
export interface DetailFault {
  readonly field: string
  readonly says: string
}

/**
 * Holds an event's details to its kind: every field that the registry asks for, no other, each of its form. Gives what is wrong,
 * nothing where all is well.
 */
export function checkDetails(kind: EventKind, details: unknown): DetailFault[] {
  if (typeof details !== 'object' || details === null || Array.isArray(details))
    return [{ field: '', says: 'the details are not an object' }]
  const { fields } = kindOf(kind)
  const faults: DetailFault[] = []
  for (const [name, field] of Object.entries(fields)) {
    const value: unknown = Object.hasOwn(details, name) ? (details as Record<string, unknown>)[name] : undefined
    if (value === undefined) {
      if (!field.optional) faults.push({ field: name, says: 'is missing' })
    } else if (!field.is(value)) faults.push({ field: name, says: `is not ${field.form}` })
  }
  const unknown = Object.keys(details).filter((name) => !Object.hasOwn(fields, name)).length
  // Their names are not said: they come from outside.
  if (unknown > 0) faults.push({ field: '', says: `there are ${unknown} members that this kind does not have` })
  return faults
}

/** Throws EventError `UNKNOWN_KIND` or `BAD_DETAILS` for an event that is not as the registry has it. */
export function assertEvent<K extends EventKind>(kind: K, details: unknown): asserts details is Details<K> {
  if (!isEventKind(kind))
    throw new EventError('UNKNOWN_KIND', 'there is no such kind of event', 'take one of the registry, or add it there')
  const [fault] = checkDetails(kind, details)
  if (fault)
    throw new EventError(
      'BAD_DETAILS',
      `${kind}: ${fault.field} ${fault.says}`.replace(/ {2,}/g, ' '),
      `it carries ${Object.keys(EVENTS[kind].fields).join(', ')}`,
    )
}

import { idKey } from '../records/index.ts'

/** Somebody in a document of this room, as the force knows them. */
export interface Person {
  /** the force's own id of them */
  readonly id: string
  readonly name: string
  /** what they are in the force, e.g. `data protection officer` */
  readonly role: string
}

/** Whether two are one person. Case, spaces and dashes do not make another; ids of nothing else are taken for one. */
export function isSamePerson(a: Pick<Person, 'id'>, b: Pick<Person, 'id'>): boolean {
  return idKey(a.id) === idKey(b.id)
}

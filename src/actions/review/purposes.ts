import { type Act, type Role, whoMay } from '../../access/index.ts'
import type { Compartment } from '../../review/index.ts'
import type { Actor } from '../ops.ts'

/** A reason for which an extract may be opened. */
export interface Purpose {
  /** as the log has it */
  readonly id: string
  /** how it is chosen */
  readonly says: string
  readonly hint: string
  readonly compartment: Compartment
  readonly roles: readonly Role[]
  /** whether it holds where processing is restricted: evidence, and the rights of whoever it is about (DPA 2018 s.47(3), law row C16) */
  readonly restricted?: true
  /** whether it holds after the agreement was withdrawn: what must be kept may be looked at only for why it is kept (law row B23) */
  readonly withdrawn?: true
  /** whether it holds while something else that came to light waits for a decision (law row G15) */
  readonly despiteFind?: true
}

/** The closed list. Who opens an extract says which it is; nothing else is a reason. That it is asked is the force's policy: section 62 no longer does. */
export const PURPOSES: readonly Purpose[] = [
  {
    id: 'line-of-enquiry',
    says: 'To follow the line of enquiry that was authorised',
    hint: 'Reading, searching and tagging what was taken for it.',
    compartment: 'main',
    roles: ['investigator', 'reviewer'],
  },
  {
    id: 'disclosure',
    says: 'To inspect and schedule material for disclosure',
    hint: 'The duty under the Criminal Procedure and Investigations Act 1996.',
    compartment: 'main',
    roles: ['investigator', 'disclosure_officer'],
    withdrawn: true,
  },
  {
    id: 'evidence',
    says: 'To prepare evidence for court',
    hint: 'Also where the extract is kept only because it is evidence.',
    compartment: 'main',
    roles: ['investigator', 'disclosure_officer'],
    restricted: true,
    withdrawn: true,
  },
  {
    id: 'rights-of-a-person',
    says: 'To answer somebody about their own data',
    hint: 'Access, rectification or erasure, under the Data Protection Act 2018.',
    compartment: 'main',
    roles: ['reviewer', 'disclosure_officer'],
    restricted: true,
    withdrawn: true,
  },
  {
    id: 'risk-to-life',
    says: 'To prevent an immediate risk to life',
    hint: 'Now, for somebody who can be named to a supervisor.',
    compartment: 'main',
    roles: ['investigator', 'reviewer'],
    restricted: true,
    withdrawn: true,
    despiteFind: true,
  },
  {
    id: 'privilege',
    says: 'To decide whether material is privileged',
    hint: 'Only what was set apart is shown.',
    compartment: 'privileged',
    roles: ['counsel'],
    restricted: true,
    withdrawn: true,
    despiteFind: true,
  },
  {
    id: 'excess',
    says: 'To decide what becomes of material taken in excess',
    hint: 'Only what was set apart is shown.',
    compartment: 'excess',
    roles: ['disclosure_officer'],
    restricted: true,
    withdrawn: true,
    despiteFind: true,
  },
]

/** The purposes for which somebody may open a compartment. */
export function purposesFor(actor: Actor, compartment: Compartment): readonly Purpose[] {
  return PURPOSES.filter(
    (purpose) => purpose.compartment === compartment && purpose.roles.some((role) => actor.roles.includes(role)),
  )
}

/** What the policy is asked before a compartment is opened. */
export const OPENING_ACT: Readonly<Record<Compartment, Act>> = {
  main: 'extract.open',
  privileged: 'extract.see_privileged',
  excess: 'extract.see_excess',
}

/** And of every page within it: what is open was opened behind a second factor. */
export const READING_ACT: Readonly<Record<Compartment, Act>> = {
  main: 'extract.tag',
  privileged: 'extract.see_privileged',
  excess: 'extract.see_excess',
}

/** The role in which somebody reads: the first of theirs that lets them. */
export function roleFor(actor: Actor, { compartment, roles }: Purpose): Role | undefined {
  const { members } = whoMay(OPENING_ACT[compartment])
  return actor.roles.find((role) => roles.includes(role) && members.includes(role))
}

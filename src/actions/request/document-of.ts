import { hash } from 'node:crypto'
import type { Agreement, Authorisation, AuthorisationPerson, AuthorisedDevice } from '../../authorisation/index.ts'
import { canonical } from '../../records/index.ts'
import { defined, type Draft, type Written } from './draft.ts'

/** What of a request its document is made of. */
export interface Documented {
  readonly reference: string
  readonly document: Draft
  readonly device: AuthorisedDevice
  /** grants under this reference before this version; `last` is the digest of the newest one's statement */
  readonly grants: { readonly count: number; readonly last?: string }
}

/** Who asks and who decides; before somebody has decided, nobody. */
export interface DocumentPeople {
  readonly requestedBy: AuthorisationPerson
  readonly authorisedBy?: AuthorisationPerson
}

/** Stands where the decision will write who decided: never a person, and of the least rank that may. */
export const UNDECIDED: AuthorisationPerson = { id: '(not yet decided)', name: '(not yet decided)', rank: 'inspector' }
/** Stands where the decision will write for how long. */
export const NOT_YET_VALID = { from: '9999-01-01T00:00:00Z', until: '9999-01-15T00:00:00Z' } as const

/**
 * Puts a request together as a peel-authorisation/1 document. Placeholders stand only for what comes with the decision: without `valid` and
 * `people.authorisedBy` it is a document to be checked and read, never one to be signed. What the request does not say yet is missing in it, so give it
 * to `checkDocument` before anything rests on it. A document counts grants where a request counts askings: its version is one more than the grants
 * under this reference, and it supersedes the last of them (law row B29).
 */
export function documentOf(
  { reference, document, device, grants }: Documented,
  agreement: Agreement | undefined,
  people: DocumentPeople,
  valid: Authorisation['valid'] = notYetValid(document),
): Authorisation {
  return defined({
    format: 'peel-authorisation/1',
    ...document,
    reference,
    version: grants.count + 1,
    supersedes: grants.last,
    device,
    agreement,
    valid,
    requested_by: people.requestedBy,
    authorised_by: people.authorisedBy ?? UNDECIDED,
  } as Authorisation)
}

/** Nothing that is granted outlasts the document that it rests on, and so does what stands for it until then. */
function notYetValid({ instrument }: Draft): Authorisation['valid'] {
  return instrument?.expires === undefined ? NOT_YET_VALID : { from: '1970-01-01T00:00:00Z', until: instrument.expires }
}

/** The digest of everything that was written, beliefs included: what the log says was asked. SHA-256, lower-case hex. */
export function digestOfWritten({ document, beliefs }: Written): string {
  return hash('sha256', canonical({ document, beliefs }), 'hex')
}

/** A person as documents name them. Police staff have no rank and say so. */
export function personOf({ id, name, rank }: { id: string; name: string; rank: string | null }): AuthorisationPerson {
  return { id, name, rank: rank ?? 'police staff' }
}

/** A device as documents name it. */
export function deviceOf(row: {
  exhibit: string
  description: string
  serial: string | null
  imei: string | null
  user_role: string
}): AuthorisedDevice {
  return defined({
    exhibit: row.exhibit,
    user_role: row.user_role as AuthorisedDevice['user_role'],
    description: row.description,
    serial: row.serial ?? undefined,
    imei: row.imei ?? undefined,
  })
}

/** An agreement as documents say it: PCSC Act 2022 ss.38 and 39. */
export function agreementOf(
  row: {
    given_by: string
    confirmed: 'written' | 'electronic' | 'oral'
    happened_at: Date
    copy_given_at: Date | null
    views_of_child: string | null
    why_no_other_person: string | null
  },
  noticeServed: Date,
  userIs: Agreement['user_is'],
): Agreement {
  return defined({
    by: row.given_by as Agreement['by'],
    user_is: userIs,
    notice_served: noticeServed.toISOString(),
    agreed: row.happened_at.toISOString(),
    confirmed: row.confirmed,
    copy_given: row.copy_given_at?.toISOString(),
    views_of_child: row.views_of_child ?? undefined,
    why_no_other_person: row.why_no_other_person ?? undefined,
  })
}

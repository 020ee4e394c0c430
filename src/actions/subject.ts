import { sql } from 'kysely'
import type { Where } from '../access/index.ts'
import type { Store } from '../store/index.ts'
import type { Actor } from './ops.ts'

/** What an act is about: everything that pages name belongs to a case. */
export interface Subject {
  readonly of: 'case' | 'device' | 'request' | 'extraction' | 'destruction' | 'keep'
  readonly id: string
}

/** The facts of a question about a subject. */
export interface Facts {
  readonly caseId: string
  readonly pseudonym: string
  readonly where: Where
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is written as ids are; what is not was never one of anything. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

/** What was found for somebody who looks at one page: theirs alone, and gone with it. */
const looking = new WeakMap<Actor, Map<string, Promise<Facts | undefined>>>()

/**
 * From here on the facts of a subject are gathered once for this actor, who must be of one visit that only looks: a page asks the policy of the same
 * thing for every link that it shows. Whoever acts is never among them: an act asks anew.
 */
export function onlyLooks(actor: Actor): void {
  looking.set(actor, new Map())
}

/** Gathers who did what before, in one question to the database. Undefined where there is no such thing. */
export function factsOf(store: Store, actor: Actor, subject: Subject): Promise<Facts | undefined> {
  const seen = looking.get(actor)
  if (seen === undefined) return gather(store, actor, subject)
  const key = `${subject.of} ${subject.id}`
  const found = seen.get(key) ?? gather(store, actor, subject)
  seen.set(key, found)
  return found
}

async function gather({ db }: Store, actor: Actor, { of, id }: Subject): Promise<Facts | undefined> {
  if (!isId(id)) return undefined
  // Whether there is such a thing and whether it is somebody's are one question: its time does not tell them apart.
  const found = await sql<Row & { member: boolean }>`
    SELECT f.*, EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = f.case_id AND m.person_id = ${actor.id}) AS member
    FROM (${CHAINS[of](id)}) f`.execute(db)
  const row = found.rows[0]
  if (row === undefined) return undefined
  return {
    caseId: row.case_id,
    pseudonym: row.pseudonym,
    where: {
      memberOf: row.member,
      stepUp: actor.stepUp,
      investigator: row.investigator,
      requestedBy: row.requested_by ?? undefined,
      authorisedBy: row.authorised_by ?? undefined,
      extractedBy: row.extracted_by ?? undefined,
      proposedBy: row.proposed_by ?? undefined,
      foundBy: row.found_by ?? undefined,
      purpose: (row.purpose as Where['purpose']) ?? undefined,
    },
  }
}

interface Row {
  readonly case_id: string
  readonly pseudonym: string
  readonly investigator: string
  readonly requested_by: string | null
  readonly authorised_by: string | null
  readonly extracted_by: string | null
  readonly proposed_by: string | null
  readonly found_by: string | null
  readonly purpose: string | null
}

// The officer in the case is whoever opened it. A power that is none of PCSC Act 2022 ss.37 to 41 asks for nobody of Schedule 3.
const COLUMNS = sql`
  c.id AS case_id, c.pseudonym, c.opened_by AS investigator,
  r.requested_by, d.decided_by AS authorised_by, e.queued_by AS extracted_by, x.proposed_by, f.found_by,
  CASE WHEN r.document->>'power' LIKE 'pcsc-%' THEN r.document->>'purpose' WHEN r.document->>'power' IS NOT NULL THEN 'another-power' END AS purpose`

// The grant of a request, and the last extraction under it.
const BESIDE = sql`
  LEFT JOIN LATERAL (SELECT decided_by FROM decisions WHERE request_id = r.id AND outcome = 'granted' ORDER BY decided_at DESC LIMIT 1) d ON true`
const NOTHING_FOUND = sql`LEFT JOIN LATERAL (SELECT NULL::text AS found_by) f ON true`
const LAST = sql`
  LEFT JOIN LATERAL (SELECT queued_by FROM extractions WHERE request_id = r.id ORDER BY queued_at DESC LIMIT 1) e ON true`

const CHAINS: Readonly<Record<Subject['of'], (id: string) => ReturnType<typeof sql<Row>>>> = {
  case: (id) => sql<Row>`
    SELECT c.id AS case_id, c.pseudonym, c.opened_by AS investigator, NULL AS requested_by, NULL AS authorised_by,
      NULL AS extracted_by, NULL AS proposed_by, NULL AS found_by, NULL AS purpose
    FROM cases c WHERE c.id = ${id}`,
  device: (id) => sql<Row>`
    SELECT c.id AS case_id, c.pseudonym, c.opened_by AS investigator, NULL AS requested_by, NULL AS authorised_by,
      NULL AS extracted_by, NULL AS proposed_by, NULL AS found_by, NULL AS purpose
    FROM devices v JOIN cases c ON c.id = v.case_id WHERE v.id = ${id}`,
  request: (id) => sql<Row>`
    SELECT ${COLUMNS} FROM requests r JOIN cases c ON c.id = r.case_id ${BESIDE} ${LAST}
    LEFT JOIN LATERAL (SELECT NULL::text AS proposed_by) x ON true ${NOTHING_FOUND} WHERE r.id = ${id}`,
  extraction: (id) => sql<Row>`
    SELECT ${COLUMNS} FROM extractions e JOIN requests r ON r.id = e.request_id JOIN cases c ON c.id = r.case_id ${BESIDE}
    LEFT JOIN LATERAL (SELECT proposed_by FROM destructions WHERE extraction_id = e.id AND refused_by IS NULL ORDER BY proposed_at DESC LIMIT 1) x ON true
    LEFT JOIN LATERAL (SELECT found_by FROM finds WHERE extraction_id = e.id AND decided_at IS NULL ORDER BY found_at DESC LIMIT 1) f ON true
    WHERE e.id = ${id}`,
  // Recordings that are to be kept for a case: who proposed it is who asked.
  keep: (id) => sql<Row>`
    SELECT c.id AS case_id, c.pseudonym, c.opened_by AS investigator, k.proposed_by AS requested_by, k.decided_by AS authorised_by,
      NULL AS extracted_by, k.proposed_by, NULL AS found_by, NULL AS purpose
    FROM recording_keeps k JOIN cases c ON c.id = k.case_id WHERE k.id = ${id}`,
  destruction: (id) => sql<Row>`
    SELECT ${COLUMNS} FROM destructions x JOIN extractions e ON e.id = x.extraction_id JOIN requests r ON r.id = e.request_id
    JOIN cases c ON c.id = r.case_id ${BESIDE} ${NOTHING_FOUND} WHERE x.id = ${id}`,
}

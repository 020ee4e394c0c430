import { AUTHORISATION_SCHEMA, type Fault, faultsOf } from '../../authorisation/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { digestOfWritten } from './document-of.ts'
import { mustBeTimeFor } from './late-part.ts'
import { type Answer, answered, clauseIds, type Written } from './draft.ts'

/** As long as any text of the document. */
export const LONGEST_TEXT = 4000

/** What the notice states: once it was served these stand, and another version asks anew (PCSC Act 2022 s.39(3), law row B29). */
const STATED: ReadonlySet<Answer['part']> = new Set([
  'power',
  'purpose',
  'line',
  'line_removed',
  'clause',
  'clause_removed',
])

/**
 * Saves one answer, and gives what is written then. Only while the request is written or was returned; and of a request whose notice was served nothing that the notice stated. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`REQUEST_…`, `NEW_VERSION_NEEDED`), NOT_VALID (`TEXT`, `NO_SUCH_CLAUSE`, `NO_SUCH_LINE`, `LINE_IN_USE`,
 * or the path of what the document's schema does not know).
 */
export async function savePart(
  ops: Ops,
  actor: Actor,
  { id, answer }: { id: string; answer: Answer },
): Promise<Written> {
  const about = await mustAllow(ops, actor, 'request.write', { of: 'request', id })
  return inTurn(ops, id, ['draft', 'returned', 'agreed'], async (request) => {
    mustBeTimeFor(request, answer.part)
    if (STATED.has(answer.part)) await mustBeUnstated(ops, id)
    const before = { document: request.document, beliefs: request.beliefs } as Written
    mustFit(before, answer)
    const after = answered(before, answer)
    mustBeKnown(after)
    await ops.journal.record({
      kind: 'request.written',
      actor: actor.id,
      case: about,
      details: { request: id, version: request.version, part: answer.part, document: digestOfWritten(after) },
    })
    await ops.store.db
      .updateTable('requests')
      .set({ document: JSON.stringify(after.document), beliefs: JSON.stringify(after.beliefs) })
      .where('id', '=', id)
      .execute()
    return after
  })
}

async function mustBeUnstated({ store }: Ops, id: string): Promise<void> {
  const notice = await store.db.selectFrom('notices').select('id').where('request_id', '=', id).executeTakeFirst()
  if (notice !== undefined)
    throw new ActionError(
      'NOT_NOW',
      'NEW_VERSION_NEEDED',
      'the notice has been served, and says what is sought and why',
      'make a new version: it needs a notice, an agreement and a decision of its own',
    )
}

/** What an answer refers to must be there. */
function mustFit(written: Written, answer: Answer): void {
  const { lines_of_enquiry: lines = [] } = written.document
  if ((answer.part === 'clause' || answer.part === 'clause_removed') && answer.id !== undefined)
    if (!clauseIds(written).includes(answer.id)) throw notThere('NO_SUCH_CLAUSE')
  if (answer.part === 'clause' && answer.change.line_of_enquiry !== undefined)
    if (!lines.some(({ id }) => id === answer.change.line_of_enquiry)) throw notThere('NO_SUCH_LINE')
  const line = answer.part === 'line' ? answer.line.id : answer.part === 'line_removed' ? answer.id : undefined
  if (line !== undefined && !lines.some(({ id }) => id === line)) throw notThere('NO_SUCH_LINE')
  if (answer.part === 'line_removed' && isServed(written, answer.id))
    throw new ActionError(
      'NOT_VALID',
      'LINE_IN_USE',
      'something is asked for on this line of enquiry',
      'take that out of the scope first',
    )
}

function isServed({ document, beliefs }: Written, line: string): boolean {
  const unfinished = Object.values(beliefs.unfinished ?? {}).map(({ clause }) => clause)
  return [...(document.scope ?? []), ...unfinished].some((clause) => clause.line_of_enquiry === line)
}

function notThere(reason: string): ActionError {
  return new ActionError('NOT_VALID', reason, 'this is no longer in the request', 'open the request again')
}

/** Nothing enters that the document could never hold; what is missing may be missing for now. */
function mustBeKnown({ document, beliefs }: Written): void {
  for (const [name, value] of Object.entries(document)) {
    const property = AUTHORISATION_SCHEMA.properties?.[name]
    const faults: Fault[] =
      property === undefined ? [] : faultsOf(value, { ...property, $defs: AUTHORISATION_SCHEMA.$defs })
    const [fault] = faults
    if (fault !== undefined)
      throw new ActionError('NOT_VALID', [name, ...fault.path].join('.'), `${name} ${fault.message}`, fault.hint)
  }
  for (const text of textsOf(beliefs))
    if (text.length > LONGEST_TEXT)
      throw new ActionError(
        'NOT_VALID',
        'TEXT',
        `a text has at most ${LONGEST_TEXT} characters`,
        'say it in fewer words',
      )
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
